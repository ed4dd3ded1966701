"""Who may act for the citizen: giving somebody a power, and ending it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area, PowerKind
from velvalgt.apps.people.models import GIVEN_BY_THE_CITIZEN, Power
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.people.services import CannotGivePower, Given


class PowerForm(forms.Form):
    """Whom the citizen lets act, how far and how long (give fuldmagt)."""

    kind = forms.ChoiceField(
        label=_("What may they do?"),
        choices=[(kind.value, kind.label) for kind in GIVEN_BY_THE_CITIZEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    name = forms.CharField(
        validators=[no_cpr],
        label=_("Their name"),
        max_length=200,
        error_messages={"required": _("Write a name.")},
    )
    last_day = forms.DateField(
        label=_("The last day"),
        help_text=_("Leave it empty if it should go on until you end it."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day.")},
    )


@for_citizen(Area.DATA)
@require_http_methods(["GET", "POST"])
def powers(request: CitizenRequest) -> HttpResponse:
    """The citizen's powers; a POST gives one, and its code is shown this once."""
    _refuse_to_pass_on(request)
    form, given = PowerForm(request.POST or None), None
    if form.is_valid():
        kind, last_day = PowerKind(form.cleaned_data["kind"]), form.cleaned_data["last_day"]
        try:
            given = journal.let_act(
                citizen=request.citizen,
                kind=kind,
                name=form.cleaned_data["name"],
                ends_on=last_day and last_day + timedelta(days=1),
                by=request.user,
                today=request.today,
                at=request.at,
            )
        except CannotGivePower as error:
            form.add_error("last_day", str(error))
        else:
            form = PowerForm()
    status = 422 if form.errors else 200
    return render(
        request, "citizen/data_powers.html", _context(request, form, given), status=status
    )


@for_citizen(Area.DATA)
@require_POST
def power_end(request: CitizenRequest, power_id: UUID) -> HttpResponse:
    """The end of a power that the citizen gave."""
    _refuse_to_pass_on(request)
    mine = Power.objects.filter(citizen=request.citizen, kind__in=GIVEN_BY_THE_CITIZEN)
    power = get_object_or_404(mine.select_related("citizen"), pk=power_id)
    receipt = journal.stop_acting(power=power, by=request.user, at=request.at)
    return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data_powers")


def _refuse_to_pass_on(request: CitizenRequest) -> None:
    """Nobody passes a power on, or takes another's away: the citizen does, or staff."""
    if request.method == "POST" and request.standing.is_by_power:
        raise PermissionDenied


def _context(request: CitizenRequest, form: PowerForm, given: Given | None) -> dict[str, Any]:
    standing = set(Power.objects.standing(request.at).filter(citizen=request.citizen))
    rules = people.power_rules()
    every = [(power, rules[PowerKind(power.kind)]) for power in people.powers_of(request.citizen)]
    return {
        "form": form,
        "given": given,
        "now": [(power, rule) for power, rule in every if power in standing],
        "before": [power for power, _rule in every if power not in standing],
        "rules": rules.values(),
    }


urls = [
    path("data/powers/", powers, name="data_powers"),
    path("data/powers/<uuid:power_id>/end/", power_end, name="data_power_end"),
]
