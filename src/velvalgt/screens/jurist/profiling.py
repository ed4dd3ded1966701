"""Whether people may be weighed by expected gain: on what ground, recorded by whom, how long."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.priorities import queries as plans
from velvalgt.apps.priorities import services as priorities
from velvalgt.apps.priorities.models import ProfilingBasis
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.jurist.forms import Day, WithdrawalForm, in_time

NO_DAY = gettext_lazy("That is no day. Write it as 2026-11-23.")


class BasisForm(forms.Form):
    """The ground, the impact assessment and the period (hjemmel til profilering)."""

    legal_ground = forms.CharField(
        label=gettext_lazy("The paragraph and the act"),
        help_text=gettext_lazy("As you read them: what allows it, and for whom."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write the paragraph and the act.")},
    )
    assessment = forms.CharField(
        label=gettext_lazy("The impact assessment"),
        help_text=gettext_lazy("Its title or its number in your archive."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write which impact assessment.")},
    )
    assessed_on = forms.DateField(
        label=gettext_lazy("The day it was finished"),
        widget=Day,
        validators=[in_time],
        error_messages={"required": gettext_lazy("Choose the day."), "invalid": NO_DAY},
    )
    url = forms.URLField(
        label=gettext_lazy("Where people can read it"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("That is no address of a page.")},
    )
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=Day,
        validators=[in_time],
        error_messages={"required": gettext_lazy("Choose the first day."), "invalid": NO_DAY},
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("A year at most. Then it ends by itself."),
        widget=Day,
        validators=[in_time],
        error_messages={"required": gettext_lazy("Choose the last day."), "invalid": NO_DAY},
    )

    @property
    def draft(self) -> priorities.BasisDraft:
        """What is written, as the station takes it."""
        return priorities.BasisDraft(**self.cleaned_data)


@require_http_methods(["GET", "POST"])
@for_role(Role.JURIST)
def grounds(request: StaffRequest) -> HttpResponse:
    """What holds now and what held before; a POST records a new ground."""
    form = BasisForm(request.POST or None, initial={"starts_on": request.today})
    if form.is_valid():
        try:
            priorities.record_basis(
                draft=form.draft, on=request.today, by=request.user, at=request.at
            )
        except priorities.NotYoursToRecord as error:
            form.add_error(None, str(error))
        except priorities.DoesNotHold as error:
            form.add_error(error.about, str(error))
        else:
            return redirect("jurist:profiling")
    return _page(request, form, WithdrawalForm())


@require_POST
@for_role(Role.JURIST)
def ground_end(request: StaffRequest, basis_id: UUID) -> HttpResponse:
    """End a ground before its time, with a reason."""
    basis = get_object_or_404(ProfilingBasis, pk=basis_id)
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        try:
            priorities.end_basis(
                basis=basis, reason=form.cleaned_data["reason"], by=request.user, at=request.at
            )
        except priorities.NotYoursToRecord as error:
            form.add_error(None, str(error))
        else:
            return redirect("jurist:profiling")
    return _page(request, BasisForm(initial={"starts_on": request.today}), form)


def _page(request: StaffRequest, form: BasisForm, end_form: WithdrawalForm) -> HttpResponse:
    lines = plans.bases(request.today)
    context = {
        "form": form if form.is_bound else end_form,
        "basis_form": form,
        "end_form": end_form,
        "now": next((line for line in lines if line.holds), None),
        "later": [line for line in lines if not line.is_over and not line.holds],
        "over": [line for line in lines if line.is_over],
        "may_write": duties.oversees_everyone(),
    }
    status = 422 if form.errors or end_form.errors else 200
    return render(request, "jurist/profiling.html", context, status=status)
