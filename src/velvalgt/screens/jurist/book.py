"""The book of laws on the day: the ledgers and the rules in force, with how well each is known."""

from django.http import HttpResponse
from django.shortcuts import render

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@for_role(Role.JURIST)
def book(request: StaffRequest) -> HttpResponse:
    """The jurist's first page."""
    on = request.today
    touched = duties.touched()
    rules = [(rule, touched.get(rule.id, 0)) for rule in duties.rules_in_force(on)]
    context = {
        "on": on,
        "ledgers": duties.ledgers(request.user.tenant),
        "rules": sorted(rules, key=lambda line: -line[1]),
        "law_version": duties.law_version(),
    }
    return render(request, "jurist/book.html", context)
