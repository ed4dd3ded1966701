"""A citizen's plan for the caseworker: the municipality's side of what both write and agree on."""

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
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@for_role(Role.CASEWORKER)
@require_GET
def plan(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The plan, with what is new since one's last visit marked."""
    return _plan_page(request, _citizen(citizen_id))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def plan_goals(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Suggest a goal with its first step."""
    ready = request.GET.get("ready", "")
    return _errand(request, citizen_id, lambda **who: errands.new_goal(**who, ready=ready))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def plan_goal(request: StaffRequest, citizen_id: UUID, goal: UUID) -> HttpResponse:
    """Suggest other words for a goal, that it is reached, or that it is taken out."""
    return _errand(request, citizen_id, lambda **who: errands.changed_goal(**who, key=goal))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def plan_steps(request: StaffRequest, citizen_id: UUID, goal: UUID) -> HttpResponse:
    """Promise a step, or suggest one."""
    ready = request.GET.get("ready", "")
    return _errand(
        request, citizen_id, lambda **who: errands.new_step(**who, goal=goal, ready=ready)
    )


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def plan_step(request: StaffRequest, citizen_id: UUID, step: UUID) -> HttpResponse:
    """Suggest other words for a step, or that it is taken out."""
    return _errand(request, citizen_id, lambda **who: errands.changed_step(**who, key=step))


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def plan_step_done(request: StaffRequest, citizen_id: UUID, step: UUID) -> HttpResponse:
    """Mark a step as done; after the last one comes another, or the goal is reached."""
    return _errand(request, citizen_id, lambda **who: errands.finished_step(**who, key=step))


@for_role(Role.CASEWORKER)
@require_POST
def plan_goal_end(request: StaffRequest, citizen_id: UUID, goal: UUID) -> HttpResponse:
    """Suggest that a goal is reached, or taken out."""
    is_reached = request.POST.get("how") == "reached"
    return _do(
        request,
        citizen_id,
        lambda **who: services.end_goal(**who, key=goal, is_reached=is_reached),
    )


@for_role(Role.CASEWORKER)
@require_POST
def plan_step_removal(request: StaffRequest, citizen_id: UUID, step: UUID) -> HttpResponse:
    """Suggest that a step is taken out."""
    return _do(request, citizen_id, lambda **who: services.drop_step(**who, key=step))


@for_role(Role.CASEWORKER)
@require_POST
def plan_reply(request: StaffRequest, citizen_id: UUID, change: UUID) -> HttpResponse:
    """Say yes or no to what the citizen suggests."""
    found = get_object_or_404(PlanChange, citizen_id=citizen_id, pk=change)
    is_yes = request.POST.get("how") == "yes"
    return _do(
        request, citizen_id, lambda **who: services.reply(**who, change=found, is_yes=is_yes)
    )


def _plan_page(request: StaffRequest, citizen: Citizen, refusal: str = "") -> HttpResponse:
    reader, on = request.user, request.today
    since = last_visit(citizen, reader, on)
    services.visit(citizen=citizen, visitor=reader, on=on, at=request.at)
    found = plan_of(citizen, reader=reader, since=since)
    context = {
        "citizen": citizen,
        "plan": found,
        "waiting": found.waiting_for(Side.MUNICIPALITY),
        "side": Side.MUNICIPALITY,
        "address": reverse("caseworker:plan", args=[citizen.pk]),
        "agreed": last_agreed(citizen),
        "refusal": refusal,
        "on": on,
    }
    status = 422 if refusal else 200
    return render(request, "caseworker/plan.html", context, status=status)


def _errand(
    request: StaffRequest, citizen_id: UUID, make: Callable[..., errands.Errand]
) -> HttpResponse:
    """Show the form of an errand, or do what it asks for and lead back to the plan."""
    citizen = _citizen(citizen_id)
    data = request.POST if request.method == "POST" else None
    try:
        errand = make(citizen=citizen, hand=_hand(request), data=data)
    except services.NotOpen as error:
        return _plan_page(request, citizen, refusal=str(error))
    if errands.sent(errand.form, errand.do):
        return redirect("caseworker:plan", citizen_id)
    context = {
        "errand": errand,
        "form": errand.form,
        "templates": templates(),
        "back": reverse("caseworker:plan", args=[citizen_id]),
        "back_text": _("Plan of %(name)s") % {"name": citizen.name},
    }
    status = 422 if errand.form.errors else 200
    return render(request, "web/plan_errand.html", context, status=status)


def _do(request: StaffRequest, citizen_id: UUID, deed: Callable[..., object]) -> HttpResponse:
    """Do what one click asks for, or say on the plan why it cannot be done."""
    citizen = _citizen(citizen_id)
    try:
        deed(citizen=citizen, hand=_hand(request))
    except services.CannotChange as error:
        return _plan_page(request, citizen, refusal=str(error))
    return redirect("caseworker:plan", citizen_id)


def _citizen(citizen_id: UUID) -> Citizen:
    return get_object_or_404(Citizen, pk=citizen_id)


def _hand(request: StaffRequest) -> Hand:
    return Hand(Side.MUNICIPALITY, request.user, request.at, request.today)


HERE = "citizens/<uuid:citizen_id>/plan/"
urls = [
    path(HERE, plan, name="plan"),
    path(f"{HERE}goals/", plan_goals, name="plan_goals"),
    path(f"{HERE}goals/<uuid:goal>/", plan_goal, name="plan_goal"),
    path(f"{HERE}goals/<uuid:goal>/end/", plan_goal_end, name="plan_goal_end"),
    path(f"{HERE}goals/<uuid:goal>/steps/", plan_steps, name="plan_steps"),
    path(f"{HERE}steps/<uuid:step>/", plan_step, name="plan_step"),
    path(f"{HERE}steps/<uuid:step>/done/", plan_step_done, name="plan_step_done"),
    path(f"{HERE}steps/<uuid:step>/removal/", plan_step_removal, name="plan_step_removal"),
    path(f"{HERE}changes/<uuid:change>/reply/", plan_reply, name="plan_reply"),
]
