"""After somebody did not come (udeblivelse): people find out why, in order; nothing is automatic.

No step sanctions anybody, and none recommends it. What is told to those who decide about the
benefit are facts alone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.cases.services import SAME_CLICK, one_at_a_time
from velvalgt.apps.meetings.choices import MissedStep, Result, TextSet, Way
from velvalgt.apps.meetings.machine import machine
from velvalgt.apps.meetings.models import AfterMissed, Meeting, Outcome
from velvalgt.apps.meetings.refusals import NotMissed, NotYet, SaySomething
from velvalgt.apps.meetings.stepping import reason_was_fair
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.staff.models import User

JUDGED = {MissedStep.FAIR, MissedStep.NOT_FAIR}
LONGEST = 1000
OF_LATE = timedelta(days=60)
ENOUGH_TRIES = 2
"""After so many attempts to reach somebody one may go on without their word; a starting value."""


def was_missed(meeting: Meeting) -> bool:
    """Whether the standing word is that the citizen did not come."""
    standing = Outcome.objects.standing().filter(meeting__uid=meeting.uid)
    return standing.filter(result=Result.MISSED).exists()


def done_after(meeting: Meeting) -> list[AfterMissed]:
    """Give what was done after a missed meeting, in order."""
    done = AfterMissed.objects.filter(meeting=meeting).select_related("done_by")
    return list(done.order_by("done_at", "pk"))


def steps_open(meeting: Meeting, done: Sequence[AfterMissed]) -> list[MissedStep]:
    """Give the steps that may be taken now, what comes next first.

    A fair reason ends it, however late it is heard; what the citizen tells after a judgement is
    judged anew. Nothing is handed over before the citizen was sought and heard, or sought twice,
    and was told of rights and duties; and nothing of a talk to which nobody was summoned.
    """
    taken = [MissedStep(each.step) for each in done]
    tries, is_heard = taken.count(MissedStep.CONTACTED), MissedStep.HEARD in taken
    if MissedStep.FAIR in taken:
        return []
    if not tries and not is_heard:
        return [MissedStep.CONTACTED, MissedStep.HEARD]
    if not is_heard and tries < ENOUGH_TRIES:
        return [MissedStep.HEARD, MissedStep.CONTACTED]
    if not _is_judged(taken):
        return [MissedStep.FAIR, MissedStep.NOT_FAIR, MissedStep.HEARD]
    if MissedStep.GUIDED not in taken:
        return [MissedStep.GUIDED, MissedStep.FAIR]
    if MissedStep.HANDED_OVER in taken or not may_be_handed_over(meeting):
        return [MissedStep.FAIR]
    return [MissedStep.CONTACTED] if not tries else [MissedStep.HANDED_OVER, MissedStep.FAIR]


def may_be_handed_over(meeting: Meeting) -> bool:
    """Whether the citizen was summoned; what was only booked or invited to has no such end."""
    return meeting.text_set == TextSet.SUMMONS


def hand_over_was_wrong(meeting: Meeting) -> bool:
    """Whether it was handed over that the citizen did not come, and another word stands now."""
    standing = Outcome.objects.standing().filter(meeting__uid=meeting.uid)
    if not standing.filter(result__in=[Result.HELD, Result.EXCUSED]).exists():
        return False
    told = AfterMissed.objects.filter(meeting__uid=meeting.uid, step=MissedStep.HANDED_OVER)
    return told.exists()


def tell_of_wrong_hand_over(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Tell the citizen that what was handed over was wrong."""
    with override(language_of(meeting.citizen)):
        title = _("We were wrong to note that you did not come to the talk")
        tell(citizen=meeting.citizen, occasion=Occasion.INTERVIEW, title=title, by=by, at=at)


def _is_judged(taken: Sequence[MissedStep]) -> bool:
    """Whether the reason was judged after the last word of the citizen."""
    judging = {*JUDGED, MissedStep.HEARD}
    newest = next((step for step in reversed(taken) if step in judging), None)
    return newest in JUDGED


def guidance_words() -> str:
    """Give the words in which somebody is told of rights and duties, with their paragraphs."""
    told = machine().guidance
    return "\n".join(f"{ground.says} ({ground.paragraph})" for ground in told)


def facts_to_hand_over(meeting: Meeting, done: Sequence[AfterMissed]) -> str:
    """Give what may be told to those who decide about the benefit: facts, and no opinion."""
    starts_at = timezone.localtime(meeting.starts_at)
    facts = [
        _("Meeting: %(day)s at %(time)s, %(way)s. Asked for by: %(words)s.")
        % {
            "day": date_format(starts_at, "DATE_FORMAT"),
            "time": date_format(starts_at, "TIME_FORMAT"),
            "way": Way(meeting.way).label,
            "words": TextSet(meeting.text_set).label,
        }
    ]
    told = {MissedStep.CONTACTED, MissedStep.HEARD, MissedStep.NOT_FAIR, MissedStep.GUIDED}
    for each in done:
        if each.step in told:
            label = capfirst(MissedStep(each.step).label)
            words = "" if each.step == MissedStep.GUIDED else f": {each.words}"
            day = date_format(timezone.localtime(each.done_at), "DATE_FORMAT")
            facts.append(f"{day}. {label}{words}")
    return "\n".join(facts)[:LONGEST]


@transaction.atomic
def follow_up_missed(
    *, meeting: Meeting, step: MissedStep, words: str, by: User, at: datetime
) -> AfterMissed:
    """Take a step after a missed meeting (følge op på udeblivelse); a second click takes one.

    Args:
        meeting: the one that was missed, as it stood.
        step: what was done.
        words: what was tried, said, judged or told, in a sentence.
        by: who did it; the citizen alone tells why by themself, with `tell_why`.
        at: when.

    Raises:
        NotMissed: nobody has noted that the citizen did not come.
        NotYet: other steps come before this one.
        SaySomething: there are no words.
    """
    one_at_a_time(meeting.citizen_id)
    words = words.strip()
    if not was_missed(meeting):
        raise NotMissed
    if not words:
        raise SaySomething
    done = done_after(meeting)
    same = [each for each in done if (each.step, each.words) == (step, words)]
    if same and at - same[-1].done_at < SAME_CLICK:
        return same[-1]
    if step not in steps_open(meeting, done):
        raise NotYet(_("Other steps come first. Look at what has been done by now."))
    return _take(meeting, step, words, by, at)


@transaction.atomic
def tell_why(*, meeting: Meeting, words: str, by: User, at: datetime) -> AfterMissed:
    """Tell why one did not come (sige hvorfor), by the citizen or somebody for them, at any time.

    Raises:
        NotMissed: nobody has noted that the citizen did not come.
        SaySomething: there are no words.
    """
    one_at_a_time(meeting.citizen_id)
    words = words.strip()
    if not was_missed(meeting):
        raise NotMissed
    if not words:
        raise SaySomething
    said = AfterMissed.objects.filter(meeting=meeting, step=MissedStep.HEARD, words=words)
    if (before := said.filter(done_at__gt=at - SAME_CLICK).first()) is not None:
        return before
    return _take(meeting, MissedStep.HEARD, words, by, at)


def _take(meeting: Meeting, step: MissedStep, words: str, by: User, at: datetime) -> AfterMissed:
    taken = AfterMissed.objects.create(
        tenant_id=meeting.tenant_id,
        citizen_id=meeting.citizen_id,
        meeting=meeting,
        step=step,
        words=words,
        done_by=by,
        done_at=at,
    )
    if step == MissedStep.FAIR:
        reason_was_fair(meeting, by=by, at=at)
    if step in {MissedStep.FAIR, MissedStep.GUIDED, MissedStep.HANDED_OVER}:
        _tell(meeting, step, by, at)
    return taken


def _tell(meeting: Meeting, step: MissedStep, by: User, at: datetime) -> None:
    citizen = meeting.citizen
    with override(language_of(citizen)):
        title = {
            MissedStep.FAIR: _("You had a good reason not to come"),
            MissedStep.GUIDED: _("Your rights and duties when you cannot come"),
            MissedStep.HANDED_OVER: _("What we have told about the talk you did not come to"),
        }[step]
        tell(citizen=citizen, occasion=Occasion.INTERVIEW, title=title, by=by, at=at)
