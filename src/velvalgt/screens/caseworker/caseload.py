"""The cases of the caseworker or the unit by name, and a search for a citizen."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from velvalgt.apps.cases.queries import by_name
from velvalgt.apps.people.queries import search
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import Scope, SearchForm, cases_shown, shown

CASES_A_PAGE = 50


@for_role(Role.CASEWORKER)
def citizens(request: StaffRequest) -> HttpResponse:
    """The citizens of the cases; a POST searches for one, which is written in the log."""
    form, scope = SearchForm(request.POST or None), shown(request).scope
    context = {"form": form, "scope": scope, "scopes": Scope}
    if form.is_valid():
        name = form.cleaned_data["name"]
        context |= {"name": name, "found": search(name, at=request.at)}
    else:
        cases = by_name(cases_shown(scope, request.user))
        context["page"] = Paginator(cases, CASES_A_PAGE).get_page(request.GET.get("page"))
    status = 422 if form.errors else 200
    return render(request, "caseworker/citizens.html", context, status=status)
