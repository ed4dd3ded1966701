"""The house as it stands: what came in, who works here, how far the log is sealed."""

from importlib.metadata import version

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from velvalgt.apps.audit import queries as audit
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.exchange import queries as exchange
from velvalgt.apps.staff import queries as staff
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role

RUNS_A_PAGE = 20


@for_role(Role.ADMINISTRATOR)
def house(request: StaffRequest) -> HttpResponse:
    """The administrator's first page."""
    page = Paginator(exchange.runs(), RUNS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "runs": [(run, exchange.reasons_of(run)) for run in page],
        "members": staff.members(request.at),
        "sealed": audit.sealed(),
        "version": version("velvalgt"),
        "law_version": duties.law_version(),
    }
    return render(request, "administrator/house.html", context)
