"""A caseworker says how they see a citizen's need; the citizen reads it, nobody changes it."""

from datetime import timedelta

import pytest

from tests.apps.cases.conftest import NOW
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import queries, services
from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.cases.models import NeedAssessment

WORDS = "Jørn har været længe væk og har brug for et team."


def assess(world: World, level: NeedLevel = NeedLevel.FAR, **changes: object) -> NeedAssessment:
    said = {"words": WORDS, "by": world.tine, "at": NOW} | changes
    return services.assess_need(citizen=world.joern, level=level, **said)


def test_the_same_again_within_a_day_is_one(world: World) -> None:
    with world.as_tine():
        first = assess(world)

        assert assess(world, at=NOW + timedelta(hours=23)) == first
        assert assess(world, at=NOW + timedelta(days=1)) != first


def test_the_newest_holds_and_the_earlier_are_kept(world: World) -> None:
    with world.as_tine():
        assess(world)
        newest = assess(world, NeedLevel.AT_RISK, at=NOW + timedelta(minutes=5))

        assert queries.need_assessment_of(world.joern) == newest
        assert queries.need_assessments_of(world.joern).count() == 2


def test_the_citizen_reads_the_same_words_and_who_wrote_them(world: World) -> None:
    with world.as_tine():
        assess(world)

    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        read = queries.need_assessment_of(world.joern)

        assert read is not None
        assert (read.words, read.assessed_by.name) == (WORDS, "Tine")


def test_it_is_about_nobody_whom_the_unit_does_not_see(world: World) -> None:
    with world.as_tine():
        assert queries.need_assessment_of(world.elsewhere) is None


def test_it_holds_no_cpr_number(world: World) -> None:
    with world.as_tine(), pytest.raises(services.HoldsCpr):
        assess(world, words="Se 010190-1234")
