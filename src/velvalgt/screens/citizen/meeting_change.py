"""Changing a meeting: another time, by phone instead, or calling it off."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Change, Way, WhyCancelled
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.services import CannotBook, NotAgreedAnyMore, TimeTaken, TooLate, Wanted
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.meeting_picker import agreed_page, citizens_hand, pick, taken_page
from velvalgt.screens.citizen.meeting_wish import OWN, Bookable, Wish
from velvalgt.screens.citizen.meetings import found, meeting_page


class CancellationForm(forms.Form):
    """Why a meeting is called off (aflyse); no more is asked."""

    why = forms.ChoiceField(
        label=_("Why can you not come?"),
        choices=[
            (WhyCancelled.ILL.value, _("I am ill")),
            (WhyCancelled.CITIZEN.value, _("Something else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "POST"])
def meeting_time(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """Another time for a meeting; a POST moves it to the time in the address."""
    meeting = found(request, uid)
    if hasattr(meeting, "cancellation"):
        return meeting_page(request, meeting, str(NotAgreedAnyMore()))
    if not queries.may_be_changed(meeting, request.moment):
        return meeting_page(request, meeting, str(TooLate()))
    bookable = _bookable(request, meeting)

    def agree(wanted: Wanted, starts_at: datetime) -> Meeting:
        return services.move(
            meeting=meeting,
            wanted=wanted,
            starts_at=starts_at,
            permitted=bookable.permitted,
            hand=citizens_hand(request),
            change=Change.PLACE if starts_at == meeting.starts_at else Change.MOVED,
        )

    return pick(request, bookable, agree)


@for_citizen(Area.MEETINGS)
@require_POST
def meeting_phone(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """A meeting by phone instead: at the same time with the same people, else at one near it."""
    meeting = found(request, uid)
    bookable = _bookable(request, meeting)
    wish = Wish(bookable, Way.PHONE, OWN, meeting.has_companion, meeting.language)
    try:
        services.move(
            meeting=meeting,
            wanted=wish.wanted,
            starts_at=meeting.starts_at,
            permitted=bookable.permitted,
            hand=citizens_hand(request),
            change=Change.PLACE,
        )
    except TimeTaken as taken:
        return taken_page(request, wish, taken)
    except CannotBook as refusal:
        return meeting_page(request, meeting, str(refusal))
    return redirect(agreed_page(meeting))


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "POST"])
def meeting_cancellation(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """Calling a meeting off; a POST does, and leads to the meeting, which says so."""
    meeting = found(request, uid)
    form = CancellationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        why, hand = WhyCancelled(form.cleaned_data["why"]), citizens_hand(request)
        try:
            services.cancel(meeting=meeting, why=why, hand=hand)
        except CannotBook as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(reverse("citizen:meeting", args=[uid]))
    context = {
        "form": form,
        "meeting": meeting,
        "is_late": not queries.may_be_changed(meeting, request.moment),
    }
    status = 422 if form.errors else 200
    return render(request, "citizen/meeting_cancellation.html", context, status=status)


def _bookable(request: CitizenRequest, meeting: Meeting) -> Bookable:
    """What a meeting can become: of the same type, in the same team, by default with the same."""
    meeting_type = queries.type_of(meeting.type)
    lines = duties.duties_of(request.citizen, request.today)
    permitted = queries.permitted_ways(meeting_type, lines)
    return Bookable(meeting_type, permitted, meeting.unit, meeting.caseworker, meeting)


urls = [
    path("meetings/<uuid:uid>/time/", meeting_time, name="meeting_time"),
    path("meetings/<uuid:uid>/phone/", meeting_phone, name="meeting_phone"),
    path("meetings/<uuid:uid>/cancellation/", meeting_cancellation, name="meeting_cancellation"),
]
