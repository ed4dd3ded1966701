"""The safety note (sikkerhedsnotat): what meetings with a citizen need, for a time, and why."""

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.models import CaseQuerySet
from velvalgt.apps.cases.services import one_at_a_time
from velvalgt.apps.meetings.models import SafetyNote, SafetyNoteEnd
from velvalgt.apps.people.guarded import seal, unseal
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

LONGEST_MONTHS = 12
"""No note lasts longer without being written anew: a starting value of this program."""

TABLE, COLUMN = "meetings_safetynote", "why_sealed"


class CannotNote(Exception):
    """A note that cannot be as it is written; the message says why, `field` where."""

    field = ""


class AsksForNothing(CannotNote):
    """Neither two of the staff nor a room with an alarm is asked for."""

    field = "needs_two"


class BadReviewDay(CannotNote):
    """The review lies before tomorrow, or after the note's end."""

    field = "review_on"


class LastsTooLong(CannotNote):
    """The note would last longer than one may without being written anew."""

    field = "last_day"


@dataclass(frozen=True, slots=True)
class SafetyNeeds:
    """What meetings with a citizen need (sikkerhed), why, until when, and when to look again."""

    needs_two: bool
    needs_alarm: bool
    why: str
    review_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class SafetyTold:
    """A note that stands, with its reason opened."""

    note: SafetyNote
    why: str


@transaction.atomic
def write_safety_note(
    *, citizen: Citizen, needs: SafetyNeeds, by: User, on: date, at: datetime
) -> SafetyNote:
    """Write what meetings with a citizen need (sikkerhedsnotat); it takes the place of one before.

    Booking follows it at once and tells nobody why. It ends by itself.

    Args:
        citizen: with whom.
        needs: what, why, and for how long.
        by: who of the staff writes.
        on: today.
        at: now.

    Raises:
        AsksForNothing, BadReviewDay, LastsTooLong: it cannot be so.
    """
    _check(needs, on)
    one_at_a_time(citizen.pk)
    before = safety_note_of(citizen, on)
    if before is not None:
        if _says(before) == needs:
            return before.note
        _end(before.note, by, at)
    key = new_id()
    return SafetyNote.objects.create(
        id=key,
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        needs_two=needs.needs_two,
        needs_alarm=needs.needs_alarm,
        why_sealed=seal(needs.why, table=TABLE, column=COLUMN, pk=key),
        review_on=needs.review_on,
        ends_on=needs.ends_on,
        written_by=by,
        written_at=at,
    )


@transaction.atomic
def end_safety_note(*, note: SafetyNote, by: User, at: datetime) -> None:
    """End a note that is needed no more (revurdering); the second time nothing changes."""
    one_at_a_time(note.citizen_id)
    _end(note, by, at)


def safety_note_of(citizen: Citizen, on: date) -> SafetyTold | None:
    """Give the note that stands about a citizen; seen in case work in their unit alone."""
    note = _standing(on).filter(citizen=citizen).order_by("-written_at", "-pk").first()
    if note is None:
        return None
    return SafetyTold(note, unseal(bytes(note.why_sealed), table=TABLE, column=COLUMN, pk=note.pk))


def safety_reviews_due(cases: CaseQuerySet, on: date) -> list[SafetyNote]:
    """Give the notes about some cases' citizens that are to be looked at again by now."""
    due = _standing(on).filter(review_on__lte=on, citizen__in=cases.values("citizen_id"))
    return list(due.defer("why_sealed").select_related("citizen").order_by("review_on", "pk"))


def _standing(on: date) -> QuerySet[SafetyNote]:
    return SafetyNote.objects.filter(end__isnull=True, ends_on__gt=on)


def _says(told: SafetyTold) -> SafetyNeeds:
    note = told.note
    return SafetyNeeds(note.needs_two, note.needs_alarm, told.why, note.review_on, note.ends_on)


def _end(note: SafetyNote, by: User, at: datetime) -> None:
    SafetyNoteEnd.objects.get_or_create(
        note=note,
        defaults={
            "tenant_id": note.tenant_id,
            "citizen_id": note.citizen_id,
            "ended_by": by,
            "ended_at": at,
        },
    )


def _check(needs: SafetyNeeds, on: date) -> None:
    if not (needs.needs_two or needs.needs_alarm):
        raise AsksForNothing(_("Choose at least one of the two."))
    if not on < needs.review_on < needs.ends_on:
        raise BadReviewDay(_("Choose a day after today that is before the note ends."))
    if needs.ends_on > on + relativedelta(months=LONGEST_MONTHS):
        words = _("Choose a day within %(months)s months. The note can be written anew then.")
        raise LastsTooLong(words % {"months": LONGEST_MONTHS})
