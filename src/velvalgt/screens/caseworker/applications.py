"""Applications that wait for an answer: who wants what, and the form that says yes, no or asks."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.offers import queries, services
from velvalgt.apps.offers.choices import Outcome
from velvalgt.apps.offers.queries import ApplicationStory
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import Scope, cases_shown, shown

MOST_SHOWN = 100
PLACES: dict[type[Exception], str] = {
    services.LawMissing: "law",
    services.ReasonsMissing: "reasons",
}
"""Where on the form a refusal belongs; the others are about the answer itself."""


class AnswerForm(forms.Form):
    """An answer to an application (svar): yes, no, or a question to the citizen first."""

    outcome = forms.ChoiceField(
        label=_("What do you answer?"),
        choices=[
            (Outcome.GRANTED, _("Yes: grant it")),
            (Outcome.MORE_NEEDED, _("Hear the citizen first")),
            (Outcome.REFUSED, _("No: refuse it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    reasons = forms.CharField(
        validators=[no_cpr],
        label=_("Your words to the citizen"),
        help_text=_("The citizen reads the same words: why yes, why no, or what you ask."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write why, or what you ask.")},
    )
    law = forms.CharField(
        label=_("The paragraph it rests on"),
        max_length=120,
        required=False,  # a question rests on none yet
    )


@for_role(Role.CASEWORKER)
@require_GET
def applications(request: StaffRequest) -> HttpResponse:
    """The applications of the caseworker's or the unit's citizens that wait, the oldest first."""
    scope = shown(request).scope
    cases = cases_shown(scope, request.user)
    context = {
        "lines": queries.waiting_applications(cases, most=MOST_SHOWN),
        "scope": scope,
        "scopes": Scope,
    }
    return render(request, "caseworker/applications.html", context)


@for_role(Role.CASEWORKER)
@require_GET
def citizen_applications(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """What one citizen has applied for, and what they would like."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    context = {
        "citizen": citizen,
        "lines": queries.applications_of(citizen),
        "wished": queries.wish_list(citizen),
    }
    return render(request, "caseworker/citizen_applications.html", context)


@for_role(Role.CASEWORKER)
@require_GET
def application(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """One application: what the citizen wrote, what is known of the offer, and the form."""
    story = _visible(application_id)
    form = AnswerForm(initial={"law": story.line.application.offer.law})
    return render(request, "caseworker/application.html", _context(request, story, form))


@for_role(Role.CASEWORKER)
@require_POST
def answers(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """A POST answers an application; the citizen is told and gets a letter."""
    story, form = _visible(application_id), AnswerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        ruling = services.Ruling(Outcome(said["outcome"]), said["reasons"], said["law"])
        try:
            services.answer(
                application=story.line.application,
                ruling=ruling,
                today=request.today,
                by=request.user,
                at=request.at,
            )
        except (services.CannotAnswer, services.LettersMissing) as error:
            form.add_error(PLACES.get(type(error), "outcome"), str(error))
        else:
            return redirect("caseworker:application", application_id)
    context = _context(request, story, form)
    return render(request, "caseworker/application.html", context, status=422)


def _visible(application_id: UUID) -> ApplicationStory:
    story = queries.application_to_answer(application_id)
    if story is None:
        raise Http404
    return story


def _context(request: StaffRequest, story: ApplicationStory, form: AnswerForm) -> dict[str, Any]:
    application, start = story.line.application, story.line.application.start
    return {
        "story": story,
        "line": story.line,
        "application": application,
        "citizen": application.citizen,
        "offer": queries.lines_of([application.offer], request.today)[0],
        "seats": queries.seats_of([start.pk])[start.pk] if start else None,
        "form": form,
    }


urls = [
    path("applications/", applications, name="applications"),
    path("applications/<uuid:application_id>/", application, name="application"),
    path("applications/<uuid:application_id>/answers/", answers, name="answers"),
    path(
        "citizens/<uuid:citizen_id>/applications/",
        citizen_applications,
        name="citizen_applications",
    ),
]
