"""Choosing a time, in three pages with one address: how, when, and the button that agrees on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from velvalgt.apps.meetings import queries
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.services import CannotBook, Hand, TimeTaken, Wanted
from velvalgt.apps.people.requests import CitizenRequest
from velvalgt.screens.citizen.meeting_times import times, week_of
from velvalgt.screens.citizen.meeting_wish import Bookable, When, Wish, WishForm

Agree = Callable[[Wanted, datetime], Meeting]
"""What books a time, or moves a meeting to it."""


@dataclass(frozen=True, slots=True)
class Picker:
    """One choice of a time: what can be asked for, the form, and the wish as far as it is said."""

    bookable: Bookable
    form: WishForm
    wish: Wish | None

    @classmethod
    def of(cls, request: CitizenRequest, bookable: Bookable) -> "Picker":
        """Read the wish from the address; a meeting that is moved begins as it is agreed."""
        asked = request.GET if "way" in request.GET else None
        languages = queries.interpreted_languages()
        form = WishForm(asked, bookable=bookable, languages=languages)
        if form.is_valid():
            return cls(bookable, form, Wish.of(bookable, form.cleaned_data))
        is_known = asked is None and bookable.meeting and bookable.initial["way"]
        return cls(bookable, form, Wish.of(bookable, bookable.initial) if is_known else None)

    @property
    def context(self) -> dict[str, object]:
        """What all three pages tell."""
        return {
            "form": self.form,
            "wish": self.wish,
            "bookable": self.bookable,
            "meeting": self.bookable.meeting,
        }


def pick(request: CitizenRequest, bookable: Bookable, agree: Agree) -> HttpResponse:
    """Show the page that comes next; a POST agrees on the time in the address."""
    picker, when = Picker.of(request, bookable), When.read(request.GET)
    wish, is_sent = picker.wish, request.method == "POST"
    if wish is None:
        status = 422 if picker.form.is_bound or is_sent else 200
        return render(request, "citizen/meeting_wish.html", picker.context, status=status)
    if when.at is None:
        return _offer(request, picker, wish, status=422 if is_sent else 200)
    if not is_sent:
        return render(request, "citizen/meeting_agree.html", picker.context | {"at": when.at})
    try:
        meeting = agree(wish.wanted, when.at)
    except TimeTaken as taken:
        return taken_page(request, wish, taken)
    except CannotBook as refusal:
        return _offer(request, picker, wish, status=422, refusal=str(refusal))
    return redirect(agreed_page(meeting))


def taken_page(request: CitizenRequest, wish: Wish, taken: TimeTaken) -> HttpResponse:
    """Say that somebody else was first, with the nearest times as buttons that agree at once."""
    nearest = wish.for_slots(taken.nearest)
    context = {"wish": nearest, "refusal": str(taken), "times": times(taken.nearest, nearest)}
    return render(request, "citizen/meeting_taken.html", context, status=409)


def agreed_page(meeting: Meeting) -> str:
    """Where one comes after a time was agreed on: the meeting's page, which says so."""
    return f"{reverse('citizen:meeting', args=[meeting.uid])}?agreed"


def citizens_hand(request: CitizenRequest) -> Hand:
    """Whoever sits at the citizen's pages books as the citizen does, by the citizen's rules."""
    return Hand(by=request.user, at=request.moment, is_staff=False)


def _offer(
    request: CitizenRequest, picker: Picker, wish: Wish, *, status: int, refusal: str = ""
) -> HttpResponse:
    """Show the times on offer; the time that is agreed already is not among them."""
    meeting, when = picker.bookable.meeting, When.read(request.GET)
    offered = queries.times_on_offer(request.citizen, wish.wanted, request.moment, besides=meeting)
    same = (meeting.starts_at, meeting.way) if meeting else None
    slots = [slot for slot in offered.slots() if (slot.starts_at, wish.way) != same]
    context = {"week": week_of(slots, wish, when), "refusal": refusal, "is_one_day": when.day}
    return render(request, "citizen/meeting_times.html", picker.context | context, status=status)
