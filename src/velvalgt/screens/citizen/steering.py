"""The self-steered agreement: for those who want little contact, with one click back in."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import SelfSteering
from velvalgt.apps.cases.queries import agreement_of
from velvalgt.apps.cases.requests import TermsForm, sent
from velvalgt.apps.cases.services import Hand
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


@for_citizen(Area.PLAN)
@require_http_methods(["GET", "POST"])
def agreement(request: CitizenRequest) -> HttpResponse:
    """How the agreement stands; a POST proposes one."""
    form = TermsForm(request.POST if request.method == "POST" else None)
    if sent(
        form,
        lambda: services.propose_self_steering(
            citizen=request.citizen, terms=form.terms, hand=_hand(request)
        ),
    ):
        return redirect("citizen:agreement")
    return _page(request, form)


@for_citizen(Area.PLAN)
@require_POST
def agreement_reply(request: CitizenRequest, agreement: UUID) -> HttpResponse:
    """Say yes or no to what the municipality proposes, or take one's own proposal back."""
    is_yes = request.POST.get("how") == "yes"
    found = get_object_or_404(SelfSteering, citizen=request.citizen, pk=agreement)
    return _do(
        request,
        lambda hand: services.answer_self_steering(
            citizen=request.citizen, agreement=found, is_yes=is_yes, hand=hand
        ),
    )


@for_citizen(Area.PLAN)
@require_POST
def agreement_end(request: CitizenRequest, agreement: UUID) -> HttpResponse:
    """The way back in: a POST ends the agreement at once and asks for a talk."""
    found = get_object_or_404(SelfSteering, citizen=request.citizen, pk=agreement)
    services.end_self_steering(citizen=request.citizen, agreement=found, hand=_hand(request))
    services.request_interview(
        citizen=request.citizen, today=request.today, by=request.user, at=request.at
    )
    return redirect("citizen:agreement")


def _page(request: CitizenRequest, form: TermsForm, refusal: str = "") -> HttpResponse:
    standing = agreement_of(request.citizen, request.today)
    context = {
        "standing": standing,
        "waits_for_me": standing is not None and standing.waits_for(Side.CITIZEN),
        "form": form,
        "refusal": refusal,
        "may_act": Area.PLAN in request.standing.acts,
    }
    status = 422 if form.errors or refusal else 200
    return render(request, "citizen/agreement.html", context, status=status)


def _do(request: CitizenRequest, deed: Callable[[Hand], object]) -> HttpResponse:
    try:
        deed(_hand(request))
    except services.CannotAgree as error:
        return _page(request, TermsForm(), refusal=str(error))
    return redirect("citizen:agreement")


def _hand(request: CitizenRequest) -> Hand:
    return Hand(Side.CITIZEN, request.user, request.at, request.today)


urls = [
    path("plan/agreement/", agreement, name="agreement"),
    path("plan/agreement/<uuid:agreement>/reply/", agreement_reply, name="agreement_reply"),
    path("plan/agreement/<uuid:agreement>/end/", agreement_end, name="agreement_end"),
]
