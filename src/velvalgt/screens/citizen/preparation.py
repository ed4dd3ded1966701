"""Preparing for the talk: a step a page, saved as one goes, skipped at will, on one sheet."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.queries import Asked, Preparation, outside_status_of, preparation_of
from velvalgt.apps.cases.requests import ContactForm, QuestionsForm, sent
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen

CONTACT = "contact"
LATER, OUT = "later", "out"
"""What the buttons say that keep the rest of a page for later, and take an answer out."""


@for_citizen(Area.PREPARATION)
@require_GET
def preparation(request: CitizenRequest) -> HttpResponse:
    """How far one is, what was said, and what happens elsewhere."""
    prepared = preparation_of(request.citizen)
    context = {
        "preparation": prepared,
        "steps": _steps(prepared),
        "status": outside_status_of(request.citizen, request.today),
        "answers": _address_of_answers(request),
    }
    return render(request, "citizen/preparation.html", context)


@for_citizen(Area.PREPARATION)
@require_http_methods(["GET", "POST"])
def preparation_step(request: CitizenRequest, step: str) -> HttpResponse:
    """One page of questions; a POST saves them and leads on."""
    prepared = preparation_of(request.citizen)
    page = prepared.at(step)
    if page is None:
        raise Http404
    form: ContactForm | QuestionsForm
    if step == CONTACT:
        form = ContactForm(request.POST or None, wish=prepared.wish)
    else:
        form = QuestionsForm(request.POST or None, asked=page.open)
    if request.method == "POST" and sent(form, lambda: _save(request, form)):
        return redirect(_after(prepared, step, request))
    context = {
        "page": page,
        "form": form,
        "number": 1 + prepared.steps.index(page),
        "of": len(prepared.steps),
        "is_contact": step == CONTACT,
        "answers": _address_of_answers(request),
        "onward": _after(prepared, step, request),
    }
    status = 422 if form.errors else 200
    return render(request, "citizen/preparation_step.html", context, status=status)


@for_citizen(Area.PREPARATION)
@require_http_methods(["GET", "POST"])
def preparation_answer(request: CitizenRequest, question: str) -> HttpResponse:
    """Change one answer, by one's own choice; a blank takes it out."""
    asked = preparation_of(request.citizen).asked(question)
    if asked is None:
        raise Http404
    form = QuestionsForm(request.POST or None, asked=[asked])

    if request.method == "POST" and sent(form, lambda: _change(request, asked, form)):
        return redirect("citizen:preparation")
    status = 422 if form.errors else 200
    return render(request, "citizen/preparation_answer.html", {"form": form}, status=status)


@for_citizen(Area.PREPARATION)
@require_GET
def preparation_sheet(request: CitizenRequest) -> HttpResponse:
    """All that was said, on one sheet to print and bring along."""
    return render(
        request, "citizen/preparation_sheet.html", {"preparation": preparation_of(request.citizen)}
    )


def _change(request: CitizenRequest, asked: Asked, form: QuestionsForm) -> None:
    takes_out = request.POST.get("how") == OUT
    services.change_answer(
        citizen=request.citizen,
        question=asked.question,
        given="" if takes_out else form.cleaned_data[asked.question.key],
        side=Side.CITIZEN,
        by=request.user,
        at=request.at,
    )


def _save(request: CitizenRequest, form: ContactForm | QuestionsForm) -> None:
    who: dict[str, Any] = {"citizen": request.citizen, "by": request.user, "at": request.at}
    skips_rest = request.POST.get("then") != LATER
    if isinstance(form, QuestionsForm):
        services.answer(
            **who,
            asked=form.questions,
            given=form.cleaned_data,
            skips_rest=skips_rest,
            side=Side.CITIZEN,
        )
    elif any(form.cleaned_data.values()):
        services.choose_contact(**who, wish=form.wish)
    elif skips_rest:
        services.skip_contact(**who, side=Side.CITIZEN)


def _after(prepared: Preparation, step: str, request: CitizenRequest) -> str:
    """Where to go from a page: the next one with something open, or back to the overview."""
    keys = [each.step.key for each in prepared.steps]
    onward = [each for each in prepared.steps[keys.index(step) + 1 :] if not each.is_done]
    if not onward or request.POST.get("then") == LATER:
        return reverse("citizen:preparation")
    return reverse("citizen:preparation_step", args=[onward[0].step.key])


def _steps(prepared: Preparation) -> list[dict[str, object]]:
    return [
        {
            "title": each.step.title,
            "address": reverse("citizen:preparation_step", args=[each.step.key]),
            "is_done": each.is_done,
        }
        for each in prepared.steps
    ]


def _address_of_answers(request: CitizenRequest) -> str:
    """Where an answer is changed, for whoever may."""
    may_act = Area.PREPARATION in request.standing.acts
    return f"{reverse('citizen:preparation')}answers/" if may_act else ""


urls = [
    path("preparation/", preparation, name="preparation"),
    path("preparation/sheet/", preparation_sheet, name="preparation_sheet"),
    path("preparation/steps/<slug:step>/", preparation_step, name="preparation_step"),
    path("preparation/answers/<slug:question>/", preparation_answer, name="preparation_answer"),
]
