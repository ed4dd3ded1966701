"""Tine's Monday: whom the law cannot let wait, what came in, which cohorts a ledger still owes."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse

from velvalgt.apps.audit.actor import current
from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import CaseQuerySet, Entry
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties.queries import WorkLine
from velvalgt.apps.meetings import queries as meetings
from velvalgt.apps.messages.queries import waiting_answers
from velvalgt.apps.offers import queries as offers
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import (
    InterviewForm,
    Page,
    Scope,
    cases_shown,
    meetings_shown,
    shown,
)
from velvalgt.screens.caseworker.suggestions import waiting
from velvalgt.web.partials import render_part

APPLICATIONS_SHOWN = 5
MEETINGS_SHOWN = 10
SUGGESTIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the worklist with the form that records an interview from it."""

    work: WorkLine
    form: InterviewForm


@for_role(Role.CASEWORKER)
def worklist(request: StaffRequest) -> HttpResponse:
    """The caseworker's first page."""
    return worklist_page(request)


def worklist_page(
    request: StaffRequest,
    citizen: Citizen | None = None,
    *,
    entry: Entry | None = None,
    rejected: InterviewForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    """Show the worklist, with what was just written or could not be."""
    asked = shown(request)
    on = request.today
    caseload = cases_shown(asked.scope, request.user)
    lines = duties.pressing(cases=caseload, on=on)
    context = {
        "on": on,
        "rows": [_row(work, on) for work in lines],
        "rejected": rejected,
        "refusal": refusal,
        "citizen": citizen,
        "entry": entry or asked.entry,
        "outcome": asked.outcome,
        "answer": asked.answer,
        "waiting": waiting(caseload, on, SUGGESTIONS_SHOWN),
        "meetings": _meetings(request, asked.scope),
        "scope": asked.scope,
        "scopes": Scope,
        "answers": waiting_answers(caseload, request.at),
        "arrived": cases.arrived(cases=caseload, on=on),
        "plans": _plans(caseload, on),
        "corrections": people.open_corrections(caseload.values("citizen_id")),
        "ledgers": duties.owed_cohorts(request.user.tenant),
        "caseload": caseload.count(),
        "seated": meetings.seated(request.moment),
        "applications": offers.waiting_applications(caseload, most=APPLICATIONS_SHOWN),
        "left": meetings.meetings_left_in_person(current().unit_id, request.moment),
        "letters": meetings.letters_to_post(request.moment),
        "safety_reviews": meetings.safety_reviews_due(caseload, on),
    }
    status = 422 if rejected or refusal else 200
    return render_part(request, "caseworker/worklist.html", "work", context, status)


def _row(work: WorkLine, on: date) -> Row:
    key, permitted = work.line.duty.pk, work.line.forms
    return Row(work, InterviewForm(permitted=permitted, on=on, page=Page.WORKLIST, key=key))


def _meetings(request: StaffRequest, scope: Scope) -> dict[str, object]:
    """Of which meetings somebody has to say what came of them, and who comes later today."""
    user, at = request.user, request.moment
    is_mine = scope == Scope.MINE
    mine = meetings.meetings_led_by(user.pk) if is_mine else meetings_shown(scope, user)
    return {
        "waiting": meetings.without_a_word(mine, at, MEETINGS_SHOWN),
        "coming": meetings.later_today(mine, at, MEETINGS_SHOWN),
        "most": MEETINGS_SHOWN,
    }


def _plans(caseload: CaseQuerySet, on: date) -> dict[str, object]:
    """What waits of the plans: expired agreements, agreements and proposals to answer."""
    return {
        "expired": cases.expired_on_benefit(caseload, on),
        "agreements": cases.agreements_waiting(caseload, Side.MUNICIPALITY, on),
        "proposals": cases.proposals_waiting(caseload, Side.MUNICIPALITY),
    }
