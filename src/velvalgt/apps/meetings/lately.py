"""What came of a citizen's meetings of late, in one question: missed, or still to say a word of."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from velvalgt.apps.meetings.afterwards import ASKED_FOR
from velvalgt.apps.meetings.choices import MissedStep, Result
from velvalgt.apps.meetings.missing import OF_LATE
from velvalgt.apps.meetings.models import AfterMissed, ContactAnswer, Meeting, Outcome
from velvalgt.apps.people.models import Citizen


@dataclass(frozen=True, slots=True)
class Lately:
    """The newest meeting that was missed without a fair reason, and the newest to be asked about.

    `is_heard` tells that the citizen has told why they did not come.
    """

    missed: Meeting | None
    is_heard: bool
    to_answer: Meeting | None


def held_lately(citizen: Citizen, at: datetime) -> Lately:
    """Give what came of a citizen's meetings of late."""
    after = AfterMissed.objects.filter(meeting=OuterRef("meeting"))
    answered = ContactAnswer.objects.filter(meeting=OuterRef("meeting"))
    lately = Q(meeting__ends_at__gt=at - ASKED_FOR, meeting__ends_at__lte=at)
    missed = Q(result=Result.MISSED) & ~Exists(after.filter(step=MissedStep.FAIR))
    to_answer = Q(result=Result.HELD) & lately & ~Exists(answered)
    said = Outcome.objects.standing().filter(
        missed | to_answer, citizen=citizen, meeting__starts_at__gt=at - OF_LATE
    )
    told = said.annotate(is_heard=Exists(after.filter(step=MissedStep.HEARD)))
    newest_first = told.select_related("meeting").order_by("-meeting__starts_at", "pk")
    found: dict[str, Outcome] = {}
    for outcome in newest_first:
        found.setdefault(outcome.result, outcome)
    missing, held = found.get(Result.MISSED), found.get(Result.HELD)
    return Lately(
        missing.meeting if missing else None,
        bool(getattr(missing, "is_heard", False)),
        held.meeting if held else None,
    )
