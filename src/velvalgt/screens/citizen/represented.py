"""Whom somebody stands in for: choosing one, and going on to that citizen's pages."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from velvalgt.apps.people.choices import PowerKind
from velvalgt.apps.people.queries import has_own_case, power_rules, represented_by
from velvalgt.apps.people.requests import (
    RepresentativeRequest,
    for_representative,
    step_in_for,
    step_out,
)


@for_representative
@require_http_methods(["GET", "POST"])
def represented(request: RepresentativeRequest) -> HttpResponse:
    """The citizens whom one may act for; a POST chooses one."""
    citizens = represented_by(request.user, request.at)
    keys = {str(citizen.pk) for citizen in citizens}
    if request.method == "POST":
        if request.POST.get("citizen") not in keys:
            raise Http404
        step_in_for(request, request.POST["citizen"])
        return redirect("citizen:home")
    step_out(request)
    context = {
        "represented": [
            (citizen, [(power, power_rules()[PowerKind(power.kind)]) for power in powers])
            for citizen, powers in citizens.items()
        ],
        "has_own_case": has_own_case(request.user, request.at),
    }
    return render(request, "citizen/represented.html", context)


urls = [path("represented/", represented, name="represented")]
