"""Answering a suggestion: yes in one click, something else or later with a small form."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.services import HoldsCpr
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.choices import Because
from velvalgt.apps.priorities.models import Suggestion, SuggestionAnswer
from velvalgt.apps.priorities.queries import SuggestionLine
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.citizens import citizen_page
from velvalgt.screens.caseworker.forms import Page, page_named_in
from velvalgt.screens.caseworker.suggestion_forms import USUAL_WAIT, LaterForm, OtherForm
from velvalgt.screens.caseworker.worklist import worklist_page
from velvalgt.web.partials import render_part

FIELDS: dict[type[Exception], str] = {
    services.NotInTheFuture: "until",
    services.NotAReason: "because",
    services.NotAnotherOne: "choice",
    services.NoSuchEffort: "choice",
    services.CitizenSaidNo: "choice",
    HoldsCpr: "words",
}
"""Where on a form a refusal belongs; the others are about the whole."""

Answers = Callable[[], SuggestionAnswer]


class SeenForm(forms.Form):
    """Which suggestion was looked at when it was answered."""

    suggestion = forms.UUIDField()


@for_role(Role.CASEWORKER)
@require_POST
def acceptance(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """A POST takes what is suggested, with the usual reason."""
    suggestion = _seen(request, citizen_id)
    try:
        answer = services.accept(
            suggestion=suggestion, because=Because.FITS, words="", by=request.user, at=request.at
        )
    except services.CannotAnswer as error:
        page = citizen_page if page_named_in(request.POST) == Page.CITIZEN else worklist_page
        return page(request, suggestion.citizen, refusal=str(error))
    return _led_back(request, answer)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def other(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Choose something else; a POST keeps the choice with its reason."""
    line = _line(request, citizen_id)
    if line is None:
        return redirect("caseworker:suggestion", citizen_id)
    options = queries.choices_for(line.citizen, request.today)
    form = OtherForm(request.POST or None, line=line, options=options)

    def answer() -> SuggestionAnswer:
        return services.choose_other(
            suggestion=_seen(request, citizen_id),
            effort=form.chosen.effort,
            offer=form.chosen.offer,
            because=Because(form.cleaned_data["because"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=request.at,
        )

    return _form_page(request, line, form, answer)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def later(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Wait with it; a POST keeps until when, and why."""
    line = _line(request, citizen_id)
    if line is None:
        return redirect("caseworker:suggestion", citizen_id)
    form = LaterForm(request.POST or None, initial={"until": request.today + USUAL_WAIT})

    def answer() -> SuggestionAnswer:
        return services.postpone(
            suggestion=_seen(request, citizen_id),
            until=form.cleaned_data["until"],
            because=Because(form.cleaned_data["because"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=request.at,
        )

    return _form_page(request, line, form, answer)


def _line(request: StaffRequest, citizen_id: UUID) -> SuggestionLine | None:
    """What is suggested now; a link may be older than the plan."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    return queries.suggestion_for(citizen, request.today)


def _seen(request: StaffRequest, citizen_id: UUID) -> Suggestion:
    """The suggestion that the caseworker looked at."""
    sent = SeenForm(request.POST)
    key = sent.cleaned_data["suggestion"] if sent.is_valid() else None
    every = Suggestion.objects.select_related("citizen", "offer")
    return get_object_or_404(every, pk=key, citizen=citizen_id)


def _form_page(
    request: StaffRequest, line: SuggestionLine, form: forms.Form, answer: Answers
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            return _led_back(request, answer())
        except (services.CannotAnswer, services.NoSuchEffort, HoldsCpr) as error:
            form.add_error(FIELDS.get(type(error)), str(error))
    context = {
        "line": line,
        "citizen": line.citizen,
        "form": form,
        "page": page_named_in(request.POST or request.GET),
        "is_later": isinstance(form, LaterForm),
    }
    template = "caseworker/suggestion_form.html"
    return render_part(request, template, "form", context, 422 if form.errors else 200)


def _led_back(request: StaffRequest, answer: SuggestionAnswer) -> HttpResponse:
    """Back to where the caseworker stood, with what was answered; a reload answers nothing."""
    places = {
        Page.WORKLIST: reverse("caseworker:home"),
        Page.CITIZEN: reverse("caseworker:citizen", args=[answer.citizen_id]),
    }
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    query = urlencode({**kept, "answer": answer.pk})
    return redirect(f"{places[page_named_in(request.POST)]}?{query}")


HERE = "citizens/<uuid:citizen_id>/suggestion/"
urls = [
    path(f"{HERE}acceptance/", acceptance, name="acceptance"),
    path(f"{HERE}other/", other, name="suggestion_other"),
    path(f"{HERE}later/", later, name="suggestion_later"),
]
