"""A citizen's invitations: invite, see how far each is, ask no more."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.queries import standing_of
from velvalgt.apps.duties.queries import DutyLine, duties_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Invitation
from velvalgt.apps.meetings.queries import InvitationLine, MeetingType
from velvalgt.apps.messages.services import LettersMissing
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


class InviteForm(forms.Form):
    """To what a citizen is invited, and in which ways they may meet."""

    type = forms.ChoiceField(label=_("Which meeting?"), widget=forms.RadioSelect)
    ways = forms.MultipleChoiceField(
        label=_("Among which ways may the citizen choose?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way.")},
    )

    def __init__(
        self, data: Any, *, types: Sequence[MeetingType], permitted: Sequence[frozenset[Way]]
    ) -> None:
        ways = [way for way in Way if any(way in some for some in permitted)]
        initial = {"type": types[0].key if types else "", "ways": [way.value for way in ways]}
        super().__init__(data, initial=initial)
        type_field = cast("forms.ChoiceField", self.fields["type"])
        type_field.choices = [(each.key, str(each.name)) for each in types]
        ways_field = cast("forms.MultipleChoiceField", self.fields["ways"])
        ways_field.choices = [(way.value, capfirst(way.label)) for way in ways]


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def invitations(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """A citizen's invitations; a POST sends one."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    lines, known = duties_of(citizen, request.today), queries.invitations_of(citizen)
    types = _types_to_invite_to(citizen, lines, known)
    permitted = {each.key: queries.permitted_ways(each, lines) for each in types}
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        types=types,
        permitted=list(permitted.values()),
    )
    if form.is_valid() and _invited(request, citizen, form, lines):
        return redirect("caseworker:invitations", citizen.pk)
    context = {"citizen": citizen, "form": form, "lines": known, "can_invite": bool(types)}
    status = 422 if form.errors else 200
    return render(request, "caseworker/invitations.html", context, status=status)


@for_role(Role.CASEWORKER)
@require_POST
def end(request: StaffRequest, citizen_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Ask a citizen to this meeting no more; where it went on meanwhile, the page shows it."""
    found = get_object_or_404(Invitation, citizen_id=citizen_id, pk=invitation_id)
    with suppress(services.NotThatStep):
        services.excuse(invitation=found, by=request.user, at=request.moment)
    return redirect("caseworker:invitations", citizen_id)


def _invited(
    request: StaffRequest, citizen: Citizen, form: InviteForm, lines: list[DutyLine]
) -> bool:
    """Invite as the form says, or have the form say why not."""
    meeting_type = queries.type_of(form.cleaned_data["type"])
    ways = tuple(Way(way) for way in form.cleaned_data["ways"])
    try:
        services.invite(
            citizen=citizen,
            asked=services.Asked(meeting_type, ways, queries.duty_to_meet(meeting_type, lines)),
            permitted=queries.permitted_ways(meeting_type, lines),
            by=request.user,
            at=request.moment,
        )
    except services.NoWays as error:
        form.add_error("ways", str(error))
    except (services.CannotBook, LettersMissing) as error:
        form.add_error(None, str(error))
    else:
        return True
    return False


def _types_to_invite_to(
    citizen: Citizen, lines: list[DutyLine], known: list[InvitationLine]
) -> list[MeetingType]:
    """The types that the citizen may book and to which no invitation is under way."""
    open_ones = {line.invitation.type for line in known if not line.is_over}
    types = queries.types_for_citizen(citizen, standing_of(citizen), lines, booked_by="caseworker")
    return [each for each in types if each.key not in open_ones and "citizen" in each.booked_by]


HERE = "citizens/<uuid:citizen_id>/invitations/"
urls = [
    path(HERE, invitations, name="invitations"),
    path(f"{HERE}<uuid:invitation_id>/end/", end, name="invitation_end"),
]
