"""A citizen's self-steered agreement for the caseworker: agree, propose, end."""

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
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def agreement(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """How the agreement stands; a POST proposes one."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    form = TermsForm(request.POST if request.method == "POST" else None)
    if sent(
        form,
        lambda: services.propose_self_steering(
            citizen=citizen, terms=form.terms, hand=_hand(request)
        ),
    ):
        return redirect("caseworker:agreement", citizen_id)
    return _page(request, citizen, form)


@for_role(Role.CASEWORKER)
@require_POST
def agreement_reply(request: StaffRequest, citizen_id: UUID, agreement: UUID) -> HttpResponse:
    """Say yes or no to what the citizen proposes, or take the municipality's proposal back."""
    is_yes = request.POST.get("how") == "yes"
    return _do(
        request,
        agreement,
        citizen_id,
        lambda **about: services.answer_self_steering(**about, is_yes=is_yes),
    )


@for_role(Role.CASEWORKER)
@require_POST
def agreement_end(request: StaffRequest, citizen_id: UUID, agreement: UUID) -> HttpResponse:
    """End the agreement before its day."""
    return _do(request, agreement, citizen_id, services.end_self_steering)


def _do(
    request: StaffRequest, key: UUID, citizen_id: UUID, deed: Callable[..., object]
) -> HttpResponse:
    found = get_object_or_404(SelfSteering, citizen_id=citizen_id, pk=key)
    citizen = found.citizen
    try:
        deed(citizen=citizen, agreement=found, hand=_hand(request))
    except services.CannotAgree as error:
        return _page(request, citizen, TermsForm(), refusal=str(error))
    return redirect("caseworker:agreement", citizen_id)


def _page(
    request: StaffRequest, citizen: Citizen, form: TermsForm, refusal: str = ""
) -> HttpResponse:
    standing = agreement_of(citizen, request.today)
    context = {
        "citizen": citizen,
        "standing": standing,
        "waits_for_me": standing is not None and standing.waits_for(Side.MUNICIPALITY),
        "form": form,
        "refusal": refusal,
    }
    status = 422 if form.errors or refusal else 200
    return render(request, "caseworker/agreement.html", context, status=status)


def _hand(request: StaffRequest) -> Hand:
    return Hand(Side.MUNICIPALITY, request.user, request.at, request.today)


HERE = "citizens/<uuid:citizen_id>/plan/agreement/"
urls = [
    path(HERE, agreement, name="agreement"),
    path(f"{HERE}<uuid:agreement>/reply/", agreement_reply, name="agreement_reply"),
    path(f"{HERE}<uuid:agreement>/end/", agreement_end, name="agreement_end"),
]
