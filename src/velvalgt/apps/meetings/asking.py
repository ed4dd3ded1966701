"""The questions about invitations: how far each is, what comes next, which letters are to post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.queries import DutyLine, rule_name
from velvalgt.apps.meetings.choices import InvitationState, TextSet, Way
from velvalgt.apps.meetings.exemptions import why_not_summoned
from velvalgt.apps.meetings.machine import LegalGround, machine
from velvalgt.apps.meetings.models import Invitation, InvitationStep, Meeting
from velvalgt.apps.meetings.stepping import CHOOSING
from velvalgt.apps.meetings.types import COUNTED, MeetingType, type_of
from velvalgt.apps.messages.choices import LetterWay
from velvalgt.apps.messages.queries import letter_goes_by
from velvalgt.apps.people.models import Citizen

POSTED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation as a page shows it: how far it is, and all its steps, newest first."""

    invitation: Invitation
    steps: tuple[InvitationStep, ...]
    meeting: Meeting | None

    @property
    def step(self) -> InvitationStep:
        """How far it is."""
        return self.steps[0]

    @property
    def state(self) -> InvitationState:
        """The state it is in."""
        return InvitationState(self.step.state)

    @property
    def type(self) -> MeetingType:
        """To which meeting."""
        return type_of(self.invitation.type)

    @property
    def waits_for_time(self) -> bool:
        """Whether a time can be chosen."""
        return self.state in CHOOSING

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for."""
        return machine().steps[self.state].ends

    @property
    def title(self) -> str:
        """What the citizen reads."""
        return str(machine().steps[self.state].title)

    @property
    def text(self) -> str:
        """What the citizen reads below it."""
        return str(machine().steps[self.state].text)

    @property
    def grounds(self) -> list[LegalGround]:
        """What the law says of this step; nothing where no duty asks."""
        return machine().grounds_of(self.state) if self.invitation.rule_id else []

    @property
    def ways(self) -> list[Way]:
        """The ways among which the citizen chooses."""
        return [Way(way) for way in self.invitation.ways]

    @property
    def duty(self) -> str:
        """The duty that it is to meet, by name; "" for none."""
        return rule_name(self.invitation.rule_id) if self.invitation.rule_id else ""


@dataclass(frozen=True, slots=True)
class LegalLetter:
    """An invitation or a summons that was written, and how it goes.

    `why_not` says why a summons of today is not to be posted after all; "" where it is.
    """

    step: InvitationStep
    way: LetterWay
    why_not: str = ""


def invitations_of(citizen: Citizen) -> list[InvitationLine]:
    """Give a citizen's invitations, the newest first, each with its steps."""
    sent = list(Invitation.objects.filter(citizen=citizen).order_by("-sent_at", "-pk"))
    if not sent:
        return []
    steps: dict[object, list[InvitationStep]] = {}
    taken = InvitationStep.objects.filter(citizen=citizen).select_related("document", "taken_by")
    for step in taken.order_by("-pk"):
        steps.setdefault(step.invitation_id, []).append(step)
    standing = Meeting.objects.standing().filter(citizen=citizen, invitation__isnull=False)
    booked = {each.invitation_id: each for each in standing.order_by("booked_at")}
    return [InvitationLine(each, tuple(steps[each.pk]), booked.get(each.pk)) for each in sent]


def open_invitation(citizen: Citizen) -> InvitationLine | None:
    """Give the newest invitation that waits for the citizen to choose a time."""
    return next((line for line in invitations_of(citizen) if line.waits_for_time), None)


def duty_to_meet(meeting_type: MeetingType, lines: Sequence[DutyLine]) -> str:
    """Give the duty that a meeting of a type would meet next; "" where none of ours waits.

    What the a-kasse owes alone is met there: the municipality calls nobody in for it.

    Args:
        meeting_type: which meeting.
        lines: the citizen's duties, as `duties.queries.duties_of` gives them.
    """
    if meeting_type.purpose not in COUNTED:
        return ""
    waiting = [
        line
        for line in lines
        if line.duty.status in {Status.UPCOMING, Status.OVERDUE}
        and line.forms
        and not line.is_right
        and line.is_ours
    ]
    soonest = min(
        waiting, key=lambda line: (line.is_quota, line.duty.due or date.max), default=None
    )
    return soonest.duty.rule_id if soonest else ""


def waiting_invitations() -> QuerySet[Invitation]:
    """Give those that wait for a time, each with its `state`, `deadline_on` and `taken_at`."""
    newest = InvitationStep.objects.filter(invitation=OuterRef("pk")).order_by("-pk")
    stands = Invitation.objects.annotate(
        state=Subquery(newest.values("state")[:1]),
        deadline_on=Subquery(newest.values("deadline_on")[:1]),
        taken_at=Subquery(newest.values("taken_at")[:1]),
    )
    return stands.filter(state__in=CHOOSING).select_related("citizen").order_by("sent_at", "pk")


def coming_summonses(at: datetime) -> QuerySet[Meeting]:
    """Give the meetings to come to which citizens are summoned."""
    coming = Meeting.objects.standing().filter(text_set=TextSet.SUMMONS, starts_at__gt=at)
    return coming.select_related("citizen", "invitation").order_by("starts_at", "pk")


def letters_to_post(at: datetime) -> int:
    """Count the invitations and summonses of the last days that hold and somebody has to post."""
    return _written(at).count()


def coming_types(at: datetime) -> dict[str, int]:
    """Give how many meetings of each type are to come."""
    coming = Meeting.objects.standing().filter(starts_at__gt=at).values_list("type")
    return dict(coming.annotate(many=Count("pk")).order_by("type"))


def legal_letters(at: datetime) -> list[LegalLetter]:
    """Give the invitations and summonses of the last days with how each letter goes, newest first.

    Those who read here see the letters of their own citizens alone. What no longer holds is left
    out: a summons whose time was changed or called off, an invitation that nobody has to answer.
    """
    named = _written(at).select_related("citizen", "document", "invitation")
    ordered = named.order_by("-taken_at", "-pk")
    return [LegalLetter(step, letter_goes_by(step.citizen), _why_not(step, at)) for step in ordered]


def _written(at: datetime) -> QuerySet[InvitationStep]:
    """The steps of the last days whose letters hold; a summons with when one meets."""
    written = InvitationStep.objects.filter(document__isnull=False, taken_at__gt=at - POSTED_WITHIN)
    later = InvitationStep.objects.filter(invitation=OuterRef("invitation")).filter(
        Q(taken_at__gt=OuterRef("taken_at"))
        | Q(taken_at=OuterRef("taken_at"), pk__gt=OuterRef("pk"))
    )
    stands = Meeting.objects.standing().filter(
        invitation=OuterRef("invitation"),
        text_set=TextSet.SUMMONS,
        booked_at__lte=OuterRef("taken_at"),
    )
    summoned = Q(state=InvitationState.SUMMONED)
    holds = written.alias(
        is_past=Exists(later),
        is_excused=Exists(later.filter(state=InvitationState.EXCUSED)),
    ).annotate(meets_at=Subquery(stands.order_by("-booked_at").values("starts_at")[:1]))
    holds = holds.exclude(summoned & Q(is_past=True)).exclude(summoned & Q(meets_at=None))
    return holds.exclude(~summoned & Q(is_excused=True))


def _why_not(step: InvitationStep, at: datetime) -> str:
    """Why a summons of today is not posted: what was told of the citizen after it was written."""
    today = timezone.localdate(at)
    if step.state != InvitationState.SUMMONED or timezone.localdate(step.taken_at) != today:
        return ""
    meets_on = timezone.localdate(step.meets_at)  # type: ignore[attr-defined]
    why = why_not_summoned(step.citizen, step.invitation.rule_id, today, meets_on)
    return str(why.label) if why else ""
