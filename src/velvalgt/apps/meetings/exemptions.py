"""Who is not asked to a meeting now, and why (fritagelse): looked at whenever something is sent."""

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.queries import open_case_of, standing_of
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.models import Duty
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings.choices import Purpose
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.people.models import Citizen


class WhyNot(TextChoices):
    """Why somebody is not asked to a meeting, in words for whoever would ask."""

    DIED = "died", _("The citizen has died.")
    EMIGRATED = "emigrated", _("The citizen has left the country.")
    MOVED = "moved", _("The citizen has moved to another municipality.")
    NO_CASE = "no_case", _("The citizen has no open case here.")
    SICK = "sick", _("The citizen is reported sick.")
    ON_LEAVE = "on_leave", _("The citizen is on leave.")
    EXEMPT = "exempt", _("The law exempts the citizen for now.")
    LEFT_OUT = "left_out", _("The citizen is left out of interviews for now.")
    SUSPENDED = "suspended", _("The duty is on pause.")
    MET = "met", _("The duty is met already.")
    LAPSED = "lapsed", _("The duty has lapsed.")
    NOT_APPLICABLE = "not_applicable", _("The duty does not hold for this citizen.")
    NO_DUTY = "no_duty", _("No duty asks for this meeting, so nobody can be summoned to it.")

    @property
    def to_citizen(self) -> str:
        """The same in words for the citizen."""
        return str(_TO_CITIZEN.get(self, _("The law asks for no meeting now.")))


_TO_CITIZEN = {
    WhyNot.SICK: _("You are reported sick."),
    WhyNot.ON_LEAVE: _("You are on leave."),
    WhyNot.EXEMPT: _("You are exempt for now."),
    WhyNot.LEFT_OUT: _("You are left out of interviews for now."),
    WhyNot.MET: _("We have talked already."),
}

_OF_STATUS = {
    Status.EXEMPT: WhyNot.EXEMPT,
    Status.SUSPENDED: WhyNot.SUSPENDED,
    Status.LEFT_OUT: WhyNot.LEFT_OUT,
    Status.MET: WhyNot.MET,
    Status.LAPSED: WhyNot.LAPSED,
    Status.NOT_APPLICABLE: WhyNot.NOT_APPLICABLE,
}
_WAITS = {Status.UPCOMING, Status.OVERDUE}


def why_not_invited(citizen: Citizen, meeting_type: str, rule_id: str, on: date) -> WhyNot | None:
    """Say why a citizen is not invited or reminded on a day; None where they may be.

    Sick-pay follow-ups are about the sickness: to those the citizen is invited, too, and chooses
    a time and a way. Nobody is summoned to them.
    """
    is_about_sickness = type_of(meeting_type).purpose == Purpose.FOLLOW_UP
    why = _by_the_journal(citizen, on, also_sick=is_about_sickness)
    return why or (_by_the_duty(citizen, rule_id, on) if rule_id else None)


def why_not_summoned(citizen: Citizen, rule_id: str, on: date, meets_on: date) -> WhyNot | None:
    """Say why a citizen is not summoned on a day to a meeting on another; None where they may be.

    Neither the day of the letter nor that of the meeting may lie in sickness, leave, an exemption
    or a leave-out.

    Args:
        citizen: whom.
        rule_id: the duty that the meeting is to meet; without one nobody is summoned.
        on: today.
        meets_on: the day of the meeting.
    """
    for day in dict.fromkeys((on, meets_on)):
        if why := _by_the_journal(citizen, day):
            return why
    return _by_the_duty(citizen, rule_id, on) if rule_id else WhyNot.NO_DUTY


def _by_the_journal(citizen: Citizen, on: date, *, also_sick: bool = False) -> WhyNot | None:
    told = [entry for entry in standing_of(citizen) if entry.on <= on]
    gone = {Kind.DIED: WhyNot.DIED, Kind.EMIGRATED: WhyNot.EMIGRATED}
    for kind, why in gone.items():
        if any(entry.kind == kind for entry in told):
            return why
    case = open_case_of(citizen)
    if case is None or _has_moved(told, case.opened_on):
        return WhyNot.NO_CASE if case is None else WhyNot.MOVED
    if not also_sick and _is_sick(told, on):
        return WhyNot.SICK
    running = {entry.kind for entry in told if entry.until is None or entry.until > on}
    lasting = {
        Kind.LEAVE: WhyNot.ON_LEAVE,
        Kind.EXEMPTION: WhyNot.EXEMPT,
        Kind.LEAVE_OUT: WhyNot.LEFT_OUT,
    }
    return next((why for kind, why in lasting.items() if kind in running), None)


def _has_moved(told: Sequence[Entry], opened_on: date) -> bool:
    """Whether somebody moved after their case was opened; who came back got a new one."""
    return any(entry.kind == Kind.MOVED and entry.on > opened_on for entry in told)


def _is_sick(told: Sequence[Entry], on: date) -> bool:
    """From the day of the report to the day before the report of being well, newest first."""
    ill = next((e for e in told if e.kind == Kind.SICK_REPORT), None)
    if ill is None or (ill.until is not None and ill.until <= on):
        return False
    return not any(e.kind == Kind.WELL_REPORT and e.on >= ill.on for e in told)


def _by_the_duty(citizen: Citizen, rule_id: str, on: date) -> WhyNot | None:
    """Ask the duties, which are reckoned anew where facts, law or day have moved."""
    duties_of(citizen, on)
    stands = Duty.objects.of_citizen(citizen.pk).filter(rule_id=rule_id).order_by("-since")
    found = [Status(status) for status in stands.values_list("status", flat=True)]
    if not found:
        return WhyNot.NOT_APPLICABLE
    return None if _WAITS & {*found} else _OF_STATUS[found[0]]
