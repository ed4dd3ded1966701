"""A citizen on one page: what the law asks and why, the journal, and what can be done now."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.meetings import queries as meetings
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.queries import basis_on, suggestion_for
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import InterviewForm, Page, shown
from velvalgt.web.partials import render_part

WAITING = {Status.OVERDUE, Status.UPCOMING, Status.SUSPENDED}
"""What is not done: owed, or put on pause by the State."""


@for_role(Role.CASEWORKER)
def citizen(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The citizen's page for the caseworker; whoever is not visible is not found."""
    return citizen_page(request, get_object_or_404(Citizen, pk=citizen_id))


@for_role(Role.CASEWORKER)
def duty(request: StaffRequest, citizen_id: UUID, rule_id: str) -> HttpResponse:
    """Why one duty of a citizen is what it is: the words that the citizen reads, and the source."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    on = request.today
    try:
        explained = duties.explanation(citizen, rule_id, on)
    except KeyError as error:
        raise Http404 from error
    context = {"citizen": citizen, "explained": explained}
    return render_part(request, "caseworker/duty.html", "why", context)


def citizen_page(
    request: StaffRequest,
    citizen: Citizen,
    *,
    entry: Entry | None = None,
    rejected: InterviewForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Show a citizen, with what was just written or could not be."""
    on, asked = request.today, shown(request)
    lines = duties.duties_of(citizen, on)
    permitted = duties.permitted_forms(lines)
    context = {
        "on": on,
        "citizen": citizen,
        "age": citizen.age(on),
        "case": cases.open_case_of(citizen),
        "waiting": [line for line in lines if line.duty.status in WAITING],
        "settled": [line for line in lines if line.duty.status not in WAITING],
        "leave_out": duties.leave_out_of(citizen, on),
        "form": rejected or InterviewForm(permitted=permitted, on=on, page=Page.CITIZEN),
        "rejected": rejected,
        "refusal": refusal,
        "entry": entry or asked.entry,
        "entries": cases.journal_of(citizen),
        "spells": people.spells_of(citizen),
        "residence": people.residence_of(citizen, on),
        "wish": people.contact_wish_of(citizen),
        "reach": people.reachable_at(citizen),
        "safety": meetings.safety_note_of(citizen, on),
        "next_meeting": meetings.coming_meetings(citizen, request.moment).first(),
        "objection": cases.objection_to_profiling(citizen),
        "answer": asked.answer,
        "basis": basis_on(on),
        "suggested": suggestion_for(citizen, on),
    }
    status = 422 if rejected or refusal else 200
    return render_part(request, "caseworker/citizen.html", "work", context, status)
