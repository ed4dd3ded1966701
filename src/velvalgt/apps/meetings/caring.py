"""Looking after a meeting for many: who moved up gets the seat, who was called off is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.services import one_at_a_time
from velvalgt.apps.meetings.booking import Hand
from velvalgt.apps.meetings.choices import Holding
from velvalgt.apps.meetings.enrolling import announce, end_enrolment, give_seat
from velvalgt.apps.meetings.holding import lock
from velvalgt.apps.meetings.models import Enrolment, GroupMeeting, Hold
from velvalgt.apps.meetings.refusals import BusyThen
from velvalgt.apps.meetings.seats import has_seat


def look_after(*, group_id: UUID, at: datetime) -> None:
    """Tell each of those enrolled what is new for them; twice tells them once."""
    group = GroupMeeting.objects.get(pk=group_id)
    care = _seat if group.cancelled_at is None else _call_off
    in_line = Enrolment.objects.filter(group=group, ended_at=None).order_by("enrolled_at", "pk")
    for key, citizen_id in in_line.values_list("pk", "citizen_id"):
        with transaction.atomic():
            one_at_a_time(citizen_id)
            lock([group.pk])
            still = Enrolment.objects.filter(pk=key, ended_at=None)
            enrolment = still.select_related("citizen", "group").first()
            if enrolment is not None:
                care(enrolment, at)


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
