"""The crisis switch: see what it touches, hold meetings from afar, meet in person again."""

from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import CrisisReason, Way
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.core.calendar import midnight

LONGEST = timedelta(days=92)
"""How long a crisis lasts at most; a longer one is switched on again, by somebody who looks."""
LOOKED_AFTER = timedelta(days=7)
"""How long a crisis that somebody ended stands on the page with what came of it."""
HOUSE = "house"
"""In place of a unit: all of them."""
NO_DAY = gettext_lazy("That is no day. Write it as 2026-11-23.")


def day(label: Any, missing: Any) -> forms.DateField:
    """A day, as the browser's own control wants it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages={"required": missing, "invalid": NO_DAY}
    )


class CrisisForm(forms.Form):
    """From when to when, where, how and why meetings are held from afar."""

    first_day = day(gettext_lazy("First day"), gettext_lazy("Choose the first day."))
    last_day = day(gettext_lazy("Last day"), gettext_lazy("Choose the last day."))
    unit = forms.ChoiceField(label=gettext_lazy("Where?"))
    way = forms.ChoiceField(
        label=gettext_lazy("How do we meet instead?"),
        choices=[(way.value, way.label) for way in (Way.PHONE, Way.VIDEO)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose phone or video.")},
    )
    why = forms.ChoiceField(
        label=gettext_lazy("Why? Citizens read this"),
        choices=CrisisReason,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why. Citizens are told.")},
    )

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data, initial={"first_day": on, "unit": HOUSE, "way": Way.PHONE.value})
        self.on, self.units = on, {str(unit.pk): unit for unit in queries.units_that_meet()}
        where = cast("forms.ChoiceField", self.fields["unit"])
        named = [(key, unit.name) for key, unit in self.units.items()]
        where.choices = [(HOUSE, _("The whole house")), *named]

    def clean(self) -> dict[str, Any]:
        """Check that the days are ahead, in order, and not too many."""
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and first < self.on:
            self.add_error("first_day", _("Choose today or a later day."))
        if first and last and last < first:
            self.add_error("last_day", _("Choose a last day that is not before the first."))
        elif first and last and last - first >= LONGEST:
            self.add_error("last_day", _("Choose at most three months. You can go on after that."))
        return given

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for, as the service wants it."""
        given = self.cleaned_data
        return {
            "unit": self.units.get(given["unit"]),
            "starts_at": midnight(given["first_day"]),
            "ends_at": midnight(given["last_day"] + timedelta(days=1)),
            "way": Way(given["way"]),
        }


@require_http_methods(["GET", "POST"])
@for_role(Role.MANAGER)
def crises(request: StaffRequest) -> HttpResponse:
    """What runs, and the form; a POST shows what it would touch, and a second one does it."""
    form = CrisisForm(request.POST or None, on=request.today)
    touched = None
    if form.is_valid():
        if "switch" in request.POST:
            services.switch_to_afar(
                tenant_id=request.user.tenant_id,
                why=CrisisReason(form.cleaned_data["why"]),
                by=request.user,
                at=request.moment,
                **form.asked,
            )
            return redirect("manager:crises")
        touched = queries.touched(**_from_now(form.asked, request.moment))
    return _page(request, form, touched)


def _from_now(asked: dict[str, Any], moment: datetime) -> dict[str, Any]:
    """Count only what is ahead."""
    return {**asked, "starts_at": max(asked["starts_at"], moment)}


def _page(request: StaffRequest, form: CrisisForm, touched: queries.Touched | None) -> HttpResponse:
    moment = request.moment
    running = queries.running_crises(moment)
    ended = queries.ended_crises(moment, moment - LOOKED_AFTER)
    context = {
        "form": form,
        "touched": touched,
        "running": [(each, queries.progress(each, moment)) for each in running],
        "ended": [(each, queries.progress(each, moment)) for each in ended],
    }
    return render(request, "manager/crises.html", context, status=422 if form.errors else 200)


@require_POST
@for_role(Role.MANAGER)
def end(request: StaffRequest, crisis_id: UUID) -> HttpResponse:
    """Meet in person again."""
    crisis = queries.crisis_of(request.user.tenant, crisis_id)
    if crisis is None:
        raise Http404
    services.end_crisis(crisis=crisis, by=request.user, at=request.moment)
    return redirect("manager:crises")


urls = [
    path("crisis/", crises, name="crises"),
    path("crisis/<uuid:crisis_id>/end/", end, name="end_of_crisis"),
]
