"""The cases of the caseworker or the unit, and a search for a citizen among the unit's."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.services import trace
from velvalgt.apps.cases.queries import cases_by_name
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import Scope, SearchForm, cases_shown, shown

CASES_A_PAGE = 50


@for_role(Role.CASEWORKER)
def citizens(request: StaffRequest) -> HttpResponse:
    """The citizens by name; a POST searches the unit's, which is written in the log."""
    form = SearchForm(request.POST or None)
    scope, name = shown(request).scope, ""
    if form.is_valid():
        scope, name = Scope.UNIT, form.cleaned_data["name"]
    found = Paginator(cases_by_name(cases_shown(scope, request.user), name), CASES_A_PAGE)
    if name:
        trace(action=Action.SEARCH, what="name", at=timezone.now(), count=found.count)
    context = {
        "form": form,
        "page": found.get_page(request.GET.get("page")),
        "scope": scope,
        "scopes": Scope,
        "name": name,
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/citizens.html", context, status=status)
