"""Who has looked at the citizen's case: when, from which unit, for what, how often."""

from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.db.models import TextChoices
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from velvalgt.apps.audit.queries import Look, looks_at
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.staff.models import Unit
from velvalgt.apps.staff.queries import units_by_id


class Period(TextChoices):
    """How far back the page looks."""

    MONTH = "month", _("the last 30 days")
    YEAR = "year", _("the last year")
    ALL = "all", _("all")


DAYS = {Period.MONTH: 30, Period.YEAR: 365}


@dataclass(frozen=True, slots=True)
class Line:
    """A look with the unit it came from."""

    look: Look
    unit: Unit | None


class PeriodForm(forms.Form):
    """How far back to look."""

    period = forms.ChoiceField(choices=Period, required=False)


@for_citizen(Area.DATA)
@require_GET
def looks(request: CitizenRequest) -> HttpResponse:
    """Who has looked, newest first; the citizen's own looks folded together."""
    form = PeriodForm(request.GET)
    form.is_valid()
    period = Period(form.cleaned_data.get("period") or Period.MONTH)
    units = units_by_id()
    found = looks_at(
        request.citizen.pk,
        own_user_id=request.citizen.user_id,
        since=_since(period, request.today),
    )
    lines = [Line(look, units.get(look.unit_id) if look.unit_id else None) for look in found]
    context = {
        "lines": [line for line in lines if not line.look.is_own],
        "own": [line for line in lines if line.look.is_own],
        "period": period,
        "periods": Period,
    }
    return render(request, "citizen/looks.html", context)


def _since(period: Period, today: date) -> date | None:
    return today - timedelta(days=DAYS[period]) if period in DAYS else None


urls = [path("looks/", looks, name="looks")]
