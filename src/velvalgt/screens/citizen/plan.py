"""My plan: goals, their steps and days, written by both sides and agreed by both."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.cases import requests as errands
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import PlanChange
from velvalgt.apps.cases.queries import last_visit, plan_of, templates
from velvalgt.apps.cases.services import Hand
from velvalgt.apps.meetings.queries import last_agreed
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


@for_citizen(Area.PLAN)
@require_GET
def plan(request: CitizenRequest) -> HttpResponse:
    """The plan, with what is new since one's last visit marked."""
    return _plan_page(request)


@for_citizen(Area.PLAN)
@require_http_methods(["GET", "POST"])
def plan_goals(request: CitizenRequest) -> HttpResponse:
    """Write a new goal with its first step."""
    ready = request.GET.get("ready", "")
    return _errand(request, lambda **who: errands.new_goal(**who, ready=ready))


@for_citizen(Area.PLAN)
@require_http_methods(["GET", "POST"])
def plan_goal(request: CitizenRequest, goal: UUID) -> HttpResponse:
    """Write a goal anew, say that it is reached, or take it out."""
    return _errand(request, lambda **who: errands.changed_goal(**who, key=goal))


@for_citizen(Area.PLAN)
@require_http_methods(["GET", "POST"])
def plan_steps(request: CitizenRequest, goal: UUID) -> HttpResponse:
    """Write one more step towards a goal."""
    ready = request.GET.get("ready", "")
    return _errand(request, lambda **who: errands.new_step(**who, goal=goal, ready=ready))


@for_citizen(Area.PLAN)
@require_http_methods(["GET", "POST"])
def plan_step(request: CitizenRequest, step: UUID) -> HttpResponse:
    """Write a step anew, or take it out."""
    return _errand(request, lambda **who: errands.changed_step(**who, key=step))


@for_citizen(Area.PLAN)
@require_http_methods(["GET", "POST"])
def plan_step_done(request: CitizenRequest, step: UUID) -> HttpResponse:
    """Mark a step as done; after the last one comes another, or the goal is reached."""
    return _errand(request, lambda **who: errands.finished_step(**who, key=step), done=step)


@for_citizen(Area.PLAN)
@require_POST
def plan_goal_end(request: CitizenRequest, goal: UUID) -> HttpResponse:
    """Close a goal: it is reached, or taken out."""
    is_reached = request.POST.get("how") == "reached"
    return _do(
        request,
        lambda hand: services.end_goal(
            citizen=request.citizen, key=goal, is_reached=is_reached, hand=hand
        ),
        done=goal if is_reached else None,
    )


@for_citizen(Area.PLAN)
@require_POST
def plan_step_removal(request: CitizenRequest, step: UUID) -> HttpResponse:
    """Take a step out of the plan."""
    return _do(
        request, lambda hand: services.drop_step(citizen=request.citizen, key=step, hand=hand)
    )


@for_citizen(Area.PLAN)
@require_POST
def plan_reply(request: CitizenRequest, change: UUID) -> HttpResponse:
    """Say yes or no to what the municipality suggests."""
    found = get_object_or_404(PlanChange, citizen=request.citizen, pk=change)
    is_yes = request.POST.get("how") == "yes"
    return _do(
        request,
        lambda hand: services.reply(
            citizen=request.citizen, change=found, is_yes=is_yes, hand=hand
        ),
    )


@for_citizen(Area.PLAN)
@require_GET
def plan_sheet(request: CitizenRequest) -> HttpResponse:
    """The plan on one sheet, to print and bring along."""
    context = {"plan": plan_of(request.citizen), "side": Side.CITIZEN}
    return render(request, "citizen/plan_sheet.html", context)


def _plan_page(request: CitizenRequest, refusal: str = "") -> HttpResponse:
    citizen, reader, on = request.citizen, request.user, request.today
    since = last_visit(citizen, reader, on)
    services.visit(citizen=citizen, visitor=reader, on=on, at=request.at)
    found = plan_of(citizen, reader=reader, since=since)
    context = {
        "plan": found,
        "waiting": found.waiting_for(Side.CITIZEN),
        "side": Side.CITIZEN,
        "address": reverse("citizen:plan"),
        "agreed": last_agreed(citizen),
        "refusal": refusal,
        "done": found.done_item(request.GET.get("done", "")),
        "on": on,
        "reads_only": Area.PLAN not in request.standing.acts,
    }
    return render(request, "citizen/plan.html", context, status=422 if refusal else 200)


def _errand(
    request: CitizenRequest, make: Callable[..., errands.Errand], done: UUID | None = None
) -> HttpResponse:
    """Show the form of an errand, or do what it asks for and lead back to the plan."""
    data = request.POST if request.method == "POST" else None
    try:
        errand = make(citizen=request.citizen, hand=_hand(request), data=data)
    except services.NotOpen as error:
        return _plan_page(request, refusal=str(error))
    if errands.sent(errand.form, errand.do):
        return _back(done)
    context = {
        "errand": errand,
        "form": errand.form,
        "templates": templates(),
        "back": reverse("citizen:plan"),
        "back_text": _("My plan"),
    }
    status = 422 if errand.form.errors else 200
    return render(request, "web/plan_errand.html", context, status=status)


def _do(
    request: CitizenRequest, deed: Callable[[Hand], object], done: UUID | None = None
) -> HttpResponse:
    """Do what one click asks for, or say on the plan why it cannot be done."""
    try:
        deed(_hand(request))
    except services.CannotChange as error:
        return _plan_page(request, refusal=str(error))
    return _back(done)


def _back(done: UUID | None) -> HttpResponse:
    address = reverse("citizen:plan")
    return redirect(f"{address}?done={done}" if done else address)


def _hand(request: CitizenRequest) -> Hand:
    return Hand(Side.CITIZEN, request.user, request.at, request.today)


urls = [
    path("plan/", plan, name="plan"),
    path("plan/sheet/", plan_sheet, name="plan_sheet"),
    path("plan/goals/", plan_goals, name="plan_goals"),
    path("plan/goals/<uuid:goal>/", plan_goal, name="plan_goal"),
    path("plan/goals/<uuid:goal>/end/", plan_goal_end, name="plan_goal_end"),
    path("plan/goals/<uuid:goal>/steps/", plan_steps, name="plan_steps"),
    path("plan/steps/<uuid:step>/", plan_step, name="plan_step"),
    path("plan/steps/<uuid:step>/done/", plan_step_done, name="plan_step_done"),
    path("plan/steps/<uuid:step>/removal/", plan_step_removal, name="plan_step_removal"),
    path("plan/changes/<uuid:change>/reply/", plan_reply, name="plan_reply"),
]
