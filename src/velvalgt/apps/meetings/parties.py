"""Who takes part in a meeting of several, what it is about, and with which papers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from velvalgt.apps.cases.models import Document
from velvalgt.apps.meetings.choices import Attendance, Purpose, Way
from velvalgt.apps.meetings.models import AgendaItem, Meeting, MeetingQuerySet, Paper, Party
from velvalgt.apps.meetings.refusals import NotYours
from velvalgt.apps.meetings.types import type_of, types
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


@dataclass(frozen=True, slots=True)
class Seated:
    """When and where somebody takes part in a meeting of several; not about whom."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    way: Way
    attends: Attendance
    place: str
    room: str


def colleagues_of(meeting: Meeting) -> frozenset[UUID]:
    """Give the colleagues besides its caseworker who are needed at a meeting, by their keys."""
    if type_of(meeting.type).purpose != Purpose.CONFERENCE:
        return frozenset()
    here = Party.objects.filter(uid=meeting.uid, left_at=None, user__isnull=False)
    return frozenset(key for key in here.values_list("user_id", flat=True) if key)


def seat(meeting: Meeting, also: Collection[UUID], *, by: User | None, at: datetime) -> None:
    """Write that colleagues take part in a new meeting, before they are held for it.

    Raises:
        NotYours: nobody's hand calls colleagues together.
    """
    if not also:
        return
    if by is None:
        raise NotYours
    for user in User.objects.filter(pk__in=also).order_by("pk"):
        party_of(meeting, user, by, at)


def party_of(meeting: Meeting, user: User, by: User, at: datetime) -> Party:
    """Write that a colleague takes part, in the room where the meeting has one."""
    attends = Attendance.AFAR if meeting.way == Way.VIDEO else Attendance.THERE
    return Party.objects.create(
        tenant_id=meeting.tenant_id,
        citizen_id=meeting.citizen_id,
        uid=meeting.uid,
        user=user,
        name=user.name,
        attends=attends,
        added_by=by,
        added_at=at,
    )


def conferences() -> MeetingQuerySet:
    """Give the meetings of several that stand."""
    keys = [key for key, each in types().items() if each.purpose == Purpose.CONFERENCE]
    standing = Meeting.objects.standing().filter(type__in=keys)
    return standing.select_related("citizen", "caseworker", "unit", "place", "room")


def conference_of(uid: UUID, citizen: Citizen | None = None) -> Meeting | None:
    """Find a meeting of several as it stands; with a citizen, only one of theirs."""
    found = conferences().filter(uid=uid)
    return (found if citizen is None else found.filter(citizen=citizen)).first()


def conferences_of(citizen: Citizen) -> MeetingQuerySet:
    """Give a citizen's meetings of several, the latest first."""
    return conferences().filter(citizen=citizen).order_by("-starts_at", "pk")


def parties_of(meeting: Meeting) -> QuerySet[Party]:
    """Give who takes part besides the citizen and the caseworker."""
    return Party.objects.filter(uid=meeting.uid, left_at=None).order_by("added_at", "pk")


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """Give what a meeting is about, in the order in which it was written."""
    standing = AgendaItem.objects.filter(uid=meeting.uid, dropped_at=None)
    return standing.select_related("written_by").order_by("written_at", "pk")


def papers_of(meeting: Meeting) -> list[Document]:
    """Give the papers of a meeting that the reader may see."""
    added = Paper.objects.filter(uid=meeting.uid).values("document")
    return list(Document.objects.filter(pk__in=added).order_by("added_at", "pk"))


def seated(since: datetime) -> list[Seated]:
    """Give when and where whoever asks takes part in a meeting of several, the next one first."""
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_seated(%s)", [since])
        return [
            Seated(uid, begins, ends, Way(way), Attendance(attends), place, room)
            for uid, begins, ends, way, attends, place, room in cursor.fetchall()
        ]
