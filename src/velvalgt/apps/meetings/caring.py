"""Looking after a meeting for many: who moved up gets the seat, who was called off is told."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings.booking import Hand
from velvalgt.apps.meetings.choices import Holding
from velvalgt.apps.meetings.enrolling import announce, end_enrolment, give_seat
from velvalgt.apps.meetings.holding import lock
from velvalgt.apps.meetings.models import Enrolment, GroupMeeting, Hold
from velvalgt.apps.meetings.one_by_one import Errand, one_by_one
from velvalgt.apps.meetings.refusals import BusyThen
from velvalgt.apps.meetings.seats import has_seat, places_of


def look_after(*, tenant_id: UUID, group_id: UUID, at: datetime) -> None:
    """Tell each of those enrolled what is new for them; twice tells them once.

    Raises:
        NotAllDone: some could not be told now.
    """
    with acting(tenant_id, SYSTEM, Purpose.CASE_WORK):
        group = GroupMeeting.objects.get(pk=group_id)
        in_line = Enrolment.objects.filter(group=group, ended_at=None).order_by("enrolled_at", "pk")
        enrolled = list(in_line.values_list("pk", "citizen_id"))
    one_by_one(tenant_id, [Errand(_care_for, *each) for each in enrolled], at)


def neglected_groups(at: datetime) -> list[UUID]:
    """Give the meetings of which somebody moved up, or was called off, and no job has told them."""
    standing = Enrolment.objects.filter(ended_at=None)
    called_off = standing.filter(group__cancelled_at__isnull=False)
    found = set(called_off.values_list("group_id", flat=True))
    held = Hold.objects.in_force().filter(
        group=OuterRef("group"), resource=OuterRef("citizen"), kind=Holding.CITIZEN
    )
    coming = standing.filter(group__in=GroupMeeting.objects.coming(at))
    waiting = dict(coming.filter(~Exists(held)).values_list("pk", "group_id"))
    places = places_of(list(waiting))
    return sorted(found | {group for key, group in waiting.items() if places[key] == 0})


def _care_for(key: UUID, at: datetime) -> None:
    known = Enrolment.objects.filter(pk=key, ended_at=None).select_related("citizen", "group")
    enrolment = known.first()
    if enrolment is None:
        return
    lock([enrolment.group_id])  # after the citizen, as where somebody enrols
    enrolment.group.refresh_from_db()
    (_seat if enrolment.group.cancelled_at is None else _call_off)(enrolment, at)


def _seat(enrolment: Enrolment, at: datetime) -> None:
    """Give the seat to whoever moved up; who is busy by now leaves it to the next."""
    group = enrolment.group
    held = Hold.objects.in_force().filter(group=group, kind=Holding.CITIZEN)
    if at >= group.starts_at or not has_seat(enrolment):
        return
    if held.filter(resource=enrolment.citizen_id).exists():
        return
    hand = Hand(None, at, is_staff=True)
    try:
        give_seat(enrolment)
    except BusyThen:
        end_enrolment(enrolment, at=at)
        announce(enrolment, hand, _("A seat was free, but you have another meeting then"))
    else:
        announce(enrolment, hand, _("There is a seat for you"))


def _call_off(enrolment: Enrolment, at: datetime) -> None:
    end_enrolment(enrolment, at=at)
    announce(enrolment, Hand(None, at, is_staff=True), _("A meeting is called off"))
