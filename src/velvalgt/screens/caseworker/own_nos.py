"""What a citizen does not want, written by the caseworker on the citizen's word."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.services import HoldsCpr
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.models import OwnNo
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.suggestion_forms import NoForm


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def own_nos(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """What the citizen has said no to; a POST writes one more."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    options = queries.may_be_refused(citizen, request.today)
    form = NoForm(request.POST or None, options=options)
    if request.method == "POST" and form.is_valid():
        try:
            services.say_no(
                citizen=citizen,
                effort=form.chosen.effort,
                offer=form.chosen.offer,
                words=form.cleaned_data["words"],
                side=Side.MUNICIPALITY,
                by=request.user,
                at=request.at,
            )
        except (services.NoSuchEffort, HoldsCpr) as error:
            form.add_error(None, str(error))
        else:
            return redirect("caseworker:own_nos", citizen_id)
    context = {"citizen": citizen, "nos": queries.nos_in_words(citizen), "form": form}
    return render(request, "caseworker/own_nos.html", context, status=422 if form.errors else 200)


@for_role(Role.CASEWORKER)
@require_POST
def own_no_end(request: StaffRequest, citizen_id: UUID, own_no: UUID) -> HttpResponse:
    """A POST takes a no back, on the citizen's word."""
    said = OwnNo.objects.select_related("citizen", "offer")
    found = get_object_or_404(said, pk=own_no, citizen=citizen_id)
    try:
        services.take_no_back(own_no=found, side=Side.MUNICIPALITY, by=request.user, at=request.at)
    except services.TheCitizensOwn as refusal:
        raise Http404 from refusal  # the page has no button for it
    return redirect("caseworker:own_nos", citizen_id)


HERE = "citizens/<uuid:citizen_id>/own-nos/"
urls = [
    path(HERE, own_nos, name="own_nos"),
    path(f"{HERE}<uuid:own_no>/end/", own_no_end, name="own_no_end"),
]
