"""How a caseworker sees a citizen's need: one of four plain choices and own words, no number."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.cases.models import NeedAssessment
from velvalgt.apps.cases.ownwords import refuse_cpr
from velvalgt.apps.cases.turns import one_at_a_time
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

SAME_DAY = timedelta(days=1)


@transaction.atomic
def assess_need(
    *, citizen: Citizen, level: NeedLevel, words: str, by: User, at: datetime
) -> NeedAssessment:
    """Say how one sees a citizen's need (behovsvurdering); the citizen reads the same words.

    The same again within a day gives the assessment of the first.

    Raises:
        HoldsCpr: a CPR number stands in the words.
    """
    refuse_cpr(words)
    one_at_a_time(citizen.pk)
    newest = need_assessment_of(citizen)
    if newest is not None and _is_same(newest, (level, words, by.pk), at):
        return newest
    return NeedAssessment.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        level=level,
        words=words,
        assessed_by=by,
        assessed_at=at,
    )


def need_assessment_of(citizen: Citizen) -> NeedAssessment | None:
    """Give the assessment of need that holds for a citizen, or None."""
    return next(iter(need_assessments_of(citizen)[:1]), None)


def need_assessments_of(citizen: Citizen) -> QuerySet[NeedAssessment]:
    """Give all assessments of a citizen's need, the one that holds first."""
    every = citizen.need_assessments.select_related("assessed_by")
    return every.order_by("-assessed_at", "-pk")


def _is_same(newest: NeedAssessment, said: tuple[object, ...], at: datetime) -> bool:
    written = (newest.level, newest.words, newest.assessed_by_id)
    return written == said and at - newest.assessed_at < SAME_DAY
