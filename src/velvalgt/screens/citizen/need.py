"""What decides how much contact the citizen gets, and the objection to profiling."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases import services as journal
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.queries import contact_wish_of
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.priorities import queries as plans


@for_citizen(Area.DATA)
@require_GET
def need(request: CitizenRequest) -> HttpResponse:
    """What is used to decide contact and effort, and what never is."""
    citizen, on = request.citizen, request.today
    context = {
        "asked": [line for line in duties.duties_of(citizen, on) if not line.is_right],
        "left_out": duties.leave_out_of(citizen, on),
        "wish": contact_wish_of(citizen),
        "answers": [each for each in cases.need_profile_of(citizen) if each.said],
        "assessed": cases.need_assessment_of(citizen),
        "flags": cases.flags_of(citizen, on),
        "objection": cases.objection_to_profiling(citizen),
        "basis": plans.basis_on(on),
        "line": plans.suggestion_for(citizen, on),
        "nos": plans.nos_in_words(citizen),
    }
    return render(request, "citizen/data_need.html", context)


@for_citizen(Area.DATA)
@require_POST
def objection(request: CitizenRequest) -> HttpResponse:
    """The citizen's objection to profiling: a POST makes it, or takes it back."""
    if "back" in request.POST:
        receipt = journal.allow_profiling(citizen=request.citizen, by=request.user, at=request.at)
    else:
        receipt = journal.object_to_profiling(
            citizen=request.citizen, today=request.today, by=request.user, at=request.at
        )
    return redirect("citizen:receipt", receipt.pk) if receipt else redirect("citizen:data_need")


urls = [
    path("data/need/", need, name="data_need"),
    path("data/need/objection/", objection, name="data_objection"),
]
