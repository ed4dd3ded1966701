"""Summoning a citizen who chose no time: a way and a time are found, and the letter is written."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Invitation
from velvalgt.apps.meetings.services import Wanted
from velvalgt.apps.messages.services import LettersMissing
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.web.templatetags.web import weekday

SHOWN = 12
"""How many times are shown at once: the first one of each hour."""


class SummonsForm(forms.Form):
    """The time to which a citizen is summoned."""

    starts_at = forms.CharField(
        label=_("Which time?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a time.")},
    )

    def __init__(self, data: Any, *, offered: Sequence[datetime]) -> None:
        super().__init__(data)
        widget = cast("forms.RadioSelect", self.fields["starts_at"].widget)
        times = [timezone.localtime(each) for each in offered]
        widget.choices = [
            (at.isoformat(), f"{weekday(at)}, {date_format(at, 'TIME_FORMAT')}") for at in times
        ]

    def clean_starts_at(self) -> datetime:
        """Read the time; whether it can be had is for the booking to say."""
        try:
            at = datetime.fromisoformat(self.cleaned_data["starts_at"])
        except ValueError as error:
            raise forms.ValidationError(_("Choose a time.")) from error
        return at if at.tzinfo else timezone.make_aware(at)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "POST"])
def summons(request: StaffRequest, citizen_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Find a time for a citizen who chose none, and write the letter."""
    invited = Invitation.objects.select_related("citizen")
    found = get_object_or_404(invited, citizen_id=citizen_id, pk=invitation_id)
    permitted = queries.permitted_ways(
        queries.type_of(found.type), duties_of(found.citizen, request.today)
    )
    ways = [Way(way) for way in found.ways if way in permitted]
    asked = request.GET.get("way", "")
    way = Way(asked) if asked in ways else next(iter(ways), None)
    if way is None:
        return _page(request, found, ways, None, SummonsForm(None, offered=[]))
    offered = _times(request, found, way)
    form = SummonsForm(request.POST if request.method == "POST" else None, offered=offered)
    if form.is_valid():
        try:
            services.summon(
                invitation=found,
                wanted=_wanted(found, way),
                starts_at=form.cleaned_data["starts_at"],
                permitted=permitted,
                by=request.user,
                at=request.moment,
            )
        except services.TimeTaken as taken:
            form = SummonsForm(None, offered=[slot.starts_at for slot in taken.nearest])
            return _page(request, found, ways, way, form, refusal=str(taken))
        except (services.CannotBook, LettersMissing) as error:
            form.add_error(None, str(error))
        else:
            return redirect("caseworker:invitations", citizen_id)
    return _page(request, found, ways, way, form)


def _page(
    request: StaffRequest,
    invitation: Invitation,
    ways: Sequence[Way],
    way: Way | None,
    form: SummonsForm,
    *,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "citizen": invitation.citizen,
        "invitation": invitation,
        "meeting_type": queries.type_of(invitation.type),
        "form": form,
        "ways": ways,
        "way": way,
        "refusal": refusal,
        "why_not": _why_not(invitation, request.today),
        "earliest": queries.first_day_to_summon_to(request.today),
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "caseworker/summons.html", context, status=status)


def _why_not(invitation: Invitation, today: date) -> str:
    """Why nobody may be summoned today; said before anybody tries."""
    why = queries.why_not_summoned(invitation.citizen, invitation.rule_id, today, today)
    return str(why.label) if why else ""


def _wanted(invitation: Invitation, way: Way) -> Wanted:
    return Wanted(
        queries.type_of(invitation.type), way, invitation.unit_id, invitation.caseworker_id
    )


def _times(request: StaffRequest, invitation: Invitation, way: Way) -> list[datetime]:
    """The first times for which a letter of today comes in good time."""
    earliest = queries.first_day_to_summon_to(request.today)
    free = queries.times_on_offer(
        invitation.citizen, _wanted(invitation, way), request.moment, is_staff=True
    )
    first_of_hour: dict[tuple[date, int], datetime] = {}
    for slot in free.slots():
        if slot.on >= earliest:
            first_of_hour.setdefault((slot.on, slot.starts_at.hour), slot.starts_at)
    return list(first_of_hour.values())[:SHOWN]


urls = [
    path(
        "citizens/<uuid:citizen_id>/invitations/<uuid:invitation_id>/summons/",
        summons,
        name="summons",
    )
]
