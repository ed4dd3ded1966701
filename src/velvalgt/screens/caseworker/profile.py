"""The citizen's preparation, the need profile, and how the caseworker sees the need."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import NeedLevel, Side
from velvalgt.apps.cases.queries import (
    Asked,
    need_assessments_of,
    need_profile_of,
    preparation_of,
)
from velvalgt.apps.cases.requests import QuestionsForm, no_cpr, sent
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


class AssessmentForm(forms.Form):
    """How a caseworker sees a citizen's need (behovsvurdering): four plain choices, own words."""

    level = forms.ChoiceField(
        label=_("How do you see the need?"),
        choices=NeedLevel,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    assessment = forms.CharField(
        validators=[no_cpr],
        label=_("In your own words"),
        help_text=_("The citizen reads the same words."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence.")},
    )


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
    return _profile_page(request, citizen, asked, form, AssessmentForm())


@for_role(Role.CASEWORKER)
@require_POST
def assessments(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """A POST says how the caseworker sees the citizen's need."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    form = AssessmentForm(request.POST)

    def assess() -> None:
        services.assess_need(
            citizen=citizen,
            level=NeedLevel(form.cleaned_data["level"]),
            words=form.cleaned_data["assessment"],
            by=request.user,
            at=request.at,
        )

    if sent(form, assess):
        return redirect("caseworker:profile", citizen_id)
    asked = need_profile_of(citizen)
    questions = QuestionsForm(None, asked=[each for each in asked if each.is_open])
    return _profile_page(request, citizen, asked, questions, form)


def _profile_page(
    request: StaffRequest,
    citizen: Citizen,
    asked: Sequence[Asked],
    form: QuestionsForm,
    assessment: AssessmentForm,
) -> HttpResponse:
    """The citizen's answers beside the caseworker's own assessment."""
    context = {
        "citizen": citizen,
        "settled": [each for each in asked if not each.is_open],
        "form": form,
        "address": reverse("caseworker:profile", args=[citizen.pk]),
        "assessed": list(need_assessments_of(citizen)),
        "assessment": assessment,
    }
    status = 422 if form.errors or assessment.errors else 200
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
    path(f"{HERE}profile/assessments/", assessments, name="assessments"),
    path(f"{HERE}profile/<slug:question>/", profile_answer, name="profile_answer"),
]
