"""Suggestions with everything behind them: one citizen's, all that wait, and the ground."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.cases.models import CaseQuerySet
from velvalgt.apps.cases.queries import objection_to_profiling
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities import queries
from velvalgt.apps.priorities.models import ProfilingBasis
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.citizens import WAITING
from velvalgt.screens.caseworker.forms import Scope, cases_shown, shown

A_PAGE = 25


class AfterForm(forms.Form):
    """Where the page before ended: a suggestion, or a place in the order of work."""

    after = forms.UUIDField(required=False)
    place = forms.IntegerField(required=False, min_value=0)


@for_role(Role.CASEWORKER)
@require_GET
def suggestion(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """What is suggested for a citizen, why, how sure it is, what else there is, from where."""
    citizen, on = get_object_or_404(Citizen, pk=citizen_id), request.today
    line = queries.suggestion_for(citizen, on)
    context: dict[str, Any] = {
        "citizen": citizen,
        "line": line,
        "basis": _ground(on),
        "objection": objection_to_profiling(citizen),
        "nos": queries.nos_in_words(citizen),
    }
    if line is not None:
        asked = duties.duties_of(citizen, on)
        context |= {
            "asked": [each for each in asked if each.duty.status in WAITING and not each.is_right],
            "studies": queries.studies_behind(line, on),
            "a_week": queries.what_a_week_is(citizen, on),
            "run": line.suggestion.run,
            "on": on,
        }
    return render(request, "caseworker/suggestion.html", context)


@for_role(Role.CASEWORKER)
@require_GET
def suggestions(request: StaffRequest) -> HttpResponse:
    """All that wait for an answer; without a ground for profiling, whose turn it is."""
    asked = shown(request)
    after = AfterForm(request.GET)
    said = after.cleaned_data if after.is_valid() else {}
    context = {
        "scope": asked.scope,
        "scopes": Scope,
        "waiting": waiting(
            cases_shown(asked.scope, request.user),
            request.today,
            A_PAGE,
            after=said.get("after"),
            place=said.get("place") or 0,
        ),
    }
    return render(request, "caseworker/suggestions.html", context)


def waiting(
    cases: CaseQuerySet, on: date, most: int, after: UUID | None = None, place: int = 0
) -> dict[str, Any]:
    """What waits for an answer in some cases; whose turn it is where no ground holds."""
    basis = _ground(on)
    lines = queries.suggestions_of(cases, on, most + 1, after) if basis else []
    turns = [] if basis else queries.work_order(cases, most + 1, place)
    return {
        "basis": basis,
        "lines": lines[:most],
        "turns": turns[:most],
        "has_more": len(lines) + len(turns) > most,
    }


@for_role(Role.CASEWORKER)
@require_GET
def ground(request: StaffRequest) -> HttpResponse:
    """On what ground people are weighed by expected gain, recorded by whom, until when."""
    context = {"basis": _ground(request.today)}
    return render(request, "caseworker/ground.html", context)


def _ground(on: date) -> ProfilingBasis | None:
    """The ground that holds, as it was recorded."""
    line = queries.basis_on(on)
    return line.basis if line else None


urls = [
    path("suggestions/", suggestions, name="suggestions"),
    path("citizens/<uuid:citizen_id>/suggestion/", suggestion, name="suggestion"),
    path("profiling-ground/", ground, name="ground"),
]
