"""A rule with all that is known of it, and one citizen's duty followed to its rule and source."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.jurist.wording import clauses

CITIZENS_A_PAGE = 20


@for_role(Role.JURIST)
def rule(request: StaffRequest, rule_id: str) -> HttpResponse:
    """One rule: text, groups, clock, parameters, doubt, examples, and whom it touches today."""
    try:
        found = duties.rule_in_book(rule_id)
    except KeyError as error:
        raise Http404 from error
    touched = Paginator(duties.duties_of_rule(rule_id), CITIZENS_A_PAGE)
    context = {
        "found": found,
        "rule": found.rule,
        "clauses": clauses(found.rule.params),
        "cases": [(case, clauses(case.params)) for case in found.rule.cases],
        "dispensations": duties.dispensations_of(found.rule, request.today),
        "page": touched.get_page(request.GET.get("page")),
        "on": request.today,
    }
    return render(request, "jurist/rule.html", context)


@for_role(Role.JURIST)
def duty(request: StaffRequest, rule_id: str, citizen_id: UUID) -> HttpResponse:
    """One citizen's duty: the words that the citizen reads, and the way to the source."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    on = request.today
    try:
        explained = duties.explanation(citizen, rule_id, on)
    except KeyError as error:
        raise Http404 from error
    context = {"citizen": citizen, "on": on, "explained": explained, "rule": explained.rule}
    return render(request, "jurist/duty.html", context)
