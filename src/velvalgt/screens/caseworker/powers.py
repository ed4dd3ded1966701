"""Who may act for a citizen: what staff records after seeing a proof, and ends."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people import queries as people
from velvalgt.apps.people import services
from velvalgt.apps.people.choices import PowerKind
from velvalgt.apps.people.models import GIVEN_BY_THE_CITIZEN, Citizen, Power
from velvalgt.apps.people.services import Given
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import Day

PLACES = {"ends_on": "last_day", "proof_seen_on": "proof_seen_on", "proof": "proof", "kind": "kind"}


class RecordedPowerForm(forms.Form):
    """A power that was proved to us (fuldmagt, repræsentation)."""

    kind = forms.ChoiceField(
        label=_("Which power?"),
        choices=[
            (each.value, each.label) for each in PowerKind if each not in GIVEN_BY_THE_CITIZEN
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    name = forms.CharField(
        validators=[no_cpr],
        label=_("Who has it?"),
        max_length=200,
        error_messages={"required": _("Write a name.")},
    )
    proof = forms.CharField(
        label=_("What have you seen?"),
        help_text=_("Such as the decision of the Agency of Family Law and its number."),
        max_length=300,
        error_messages={"required": _("Write what you have seen.")},
    )
    proof_seen_on = forms.DateField(
        label=_("Seen on"), widget=Day, error_messages={"required": _("Choose a day.")}
    )
    last_day = forms.DateField(
        label=_("The last day"),
        help_text=_("Custody ends by itself when the citizen turns 18."),
        widget=Day,
        required=False,
    )


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def powers(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The citizen's powers; a POST records one, and its code is shown this once."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    form, given = RecordedPowerForm(request.POST or None), None
    if form.is_valid():
        given = _recorded(request, citizen, form)
    standing = set(Power.objects.standing(request.at).filter(citizen=citizen))
    every, rules = people.powers_of(citizen), people.power_rules()
    context = {
        "citizen": citizen,
        "form": RecordedPowerForm(initial={"proof_seen_on": request.today}) if given else form,
        "given": given,
        "now": [(each, rules[PowerKind(each.kind)]) for each in every if each in standing],
        "before": [each for each in every if each not in standing],
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/powers.html", context, status=status)


def _recorded(request: StaffRequest, citizen: Citizen, form: RecordedPowerForm) -> Given | None:
    said = form.cleaned_data
    try:
        return services.give_power(
            citizen=citizen,
            kind=PowerKind(said["kind"]),
            name=said["name"],
            proof=said["proof"],
            proof_seen_on=said["proof_seen_on"],
            ends_on=said["last_day"] and said["last_day"] + timedelta(days=1),
            by=request.user,
            today=request.today,
            at=request.at,
        )
    except services.CannotGivePower as error:
        form.add_error(PLACES[error.field], str(error))
        return None


@for_role(Role.CASEWORKER)
@require_POST
def power_end(request: StaffRequest, citizen_id: UUID, power_id: UUID) -> HttpResponse:
    """The end of a power, whoever gave it."""
    its = Power.objects.select_related("citizen").filter(citizen_id=citizen_id)
    services.end_power(power=get_object_or_404(its, pk=power_id), by=request.user, at=request.at)
    return redirect("caseworker:powers", citizen_id)


urls = [
    path("citizens/<uuid:citizen_id>/powers/", powers, name="powers"),
    path("citizens/<uuid:citizen_id>/powers/<uuid:power_id>/end/", power_end, name="power_end"),
]
