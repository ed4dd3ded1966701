"""Meetings for many: what comes, whether there is a seat, and one button to join or leave."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import Enrolment
from velvalgt.apps.meetings.queries import GroupLine
from velvalgt.apps.meetings.services import Hand
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


@for_citizen(Area.MEETINGS)
@require_GET
def groups(request: CitizenRequest) -> HttpResponse:
    """The meetings for many that are open to the citizen, the next one first."""
    return _page(request)


@for_citizen(Area.MEETINGS)
@require_POST
def enrolment(request: CitizenRequest, group_id: UUID) -> HttpResponse:
    """A POST enrols the citizen; beyond the seats they wait in line."""
    return _do(request, group_id, services.enrol)


@for_citizen(Area.MEETINGS)
@require_POST
def end_of_enrolment(request: CitizenRequest, group_id: UUID) -> HttpResponse:
    """A POST takes the citizen off again."""
    return _do(request, group_id, services.leave_group)


def _do(
    request: CitizenRequest, group_id: UUID, deed: Callable[..., Enrolment | None]
) -> HttpResponse:
    line = queries.group_of(group_id, request.moment)
    if line is None:
        raise Http404
    hand = Hand(by=request.user, at=request.moment, is_staff=False)
    try:
        deed(citizen=request.citizen, group=line.group, hand=hand)
    except services.CannotBook as error:
        return _page(request, refusal=str(error))
    return redirect(f"{reverse('citizen:groups')}?done={group_id}")


def _page(request: CitizenRequest, refusal: str = "") -> HttpResponse:
    meant_for = {line.duty.target_group for line in duties_of(request.citizen, request.today)}
    lines = queries.coming_groups(request.citizen, request.moment, meant_for)
    context = {
        "lines": lines,
        "done": _done(request, lines),
        "refusal": refusal,
        "may_act": Area.MEETINGS in request.standing.acts,
    }
    return render(request, "citizen/groups.html", context, status=409 if refusal else 200)


def _done(request: CitizenRequest, lines: list[GroupLine]) -> GroupLine | None:
    """The meeting about which the citizen has just done something."""
    key = request.GET.get("done")
    return next((line for line in lines if str(line.group.pk) == key), None)


urls = [
    path("groups/", groups, name="groups"),
    path("groups/<uuid:group_id>/enrolment/", enrolment, name="enrolment"),
    path("groups/<uuid:group_id>/enrolment/end/", end_of_enrolment, name="end_of_enrolment"),
]
