"""The citizen's preparation on one sheet, and the need profile, filled in together at the talk."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.queries import Asked, need_profile_of, preparation_of
from velvalgt.apps.cases.requests import QuestionsForm, sent
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role

LATER, OUT = "later", "out"
"""What the buttons say that keep the rest for another time, and take an answer out."""


@for_role(Role.CASEWORKER)
@require_GET
def preparation(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """What the citizen has said, on one sheet."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    context = {"citizen": citizen, "preparation": preparation_of(citizen), "on": request.today}
    return render(request, "caseworker/preparation.html", context)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def profile(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The need profile with who wrote what; a POST saves what the two say together."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    asked = need_profile_of(citizen)
    form = QuestionsForm(
        request.POST if request.method == "POST" else None,
        asked=[each for each in asked if each.is_open],
    )

    def save() -> None:
        services.answer(
            citizen=citizen,
            asked=form.questions,
            given=form.cleaned_data,
            skips_rest=request.POST.get("then") != LATER,
            side=Side.MUNICIPALITY,
            by=request.user,
            at=request.at,
        )

    if sent(form, save):
        return redirect("caseworker:profile", citizen_id)
    context = {
        "citizen": citizen,
        "settled": [each for each in asked if not each.is_open],
        "form": form,
        "address": reverse("caseworker:profile", args=[citizen_id]),
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/profile.html", context, status=status)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def profile_answer(request: StaffRequest, citizen_id: UUID, question: str) -> HttpResponse:
    """Change one answer of the profile, with the citizen; what was said before is kept."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    asked = _asked(citizen, question)
    form = QuestionsForm(request.POST if request.method == "POST" else None, asked=[asked])

    def change() -> None:
        takes_out = request.POST.get("how") == OUT
        services.change_answer(
            citizen=citizen,
            question=asked.question,
            given="" if takes_out else form.cleaned_data[question],
            side=Side.MUNICIPALITY,
            by=request.user,
            at=request.at,
        )

    if sent(form, change):
        return redirect("caseworker:profile", citizen_id)
    context = {"citizen": citizen, "form": form}
    status = 422 if form.errors else 200
    return render(request, "caseworker/profile_answer.html", context, status=status)


def _asked(citizen: Citizen, question: str) -> Asked:
    found = (each for each in need_profile_of(citizen) if each.question.key == question)
    asked = next(found, None)
    if asked is None:
        raise Http404
    return asked


HERE = "citizens/<uuid:citizen_id>/"
urls = [
    path(f"{HERE}preparation/", preparation, name="preparation"),
    path(f"{HERE}profile/", profile, name="profile"),
    path(f"{HERE}profile/<slug:question>/", profile_answer, name="profile_answer"),
]
