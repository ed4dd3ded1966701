"""The self-steered agreement: both agree, we say hello, one click ends it, and we look after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from tests.apps.cases.conftest import MONDAY, NOW, later
from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from velvalgt.apps.cases import services
from velvalgt.apps.cases.agreements import (
    agreement_of,
    agreements_waiting,
    check_ins_due,
    expired_on_benefit,
)
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Receipt, SelfSteering
from velvalgt.apps.cases.queries import caseload
from velvalgt.apps.cases.services import Hand, Terms

TERMS = Terms("Et job i kommunikation", "Jeg søger selv.", date(2026, 12, 10), date(2027, 2, 1))
END = TERMS.ends_on


@pytest.fixture
def amalie_writes(world: World) -> Hand:
    """Amalie's own hand."""
    assert world.amalie.user is not None
    return Hand(Side.CITIZEN, world.amalie.user, NOW, MONDAY)


def propose(world: World, hand: Hand, **changes: object) -> SelfSteering:
    terms = replace(TERMS, **changes)
    return services.propose_self_steering(citizen=world.amalie, terms=terms, hand=hand)


def agree(world: World, amalie: Hand, tine: Hand, **changes: object) -> SelfSteering:
    made = propose(world, amalie, **changes)
    services.answer_self_steering(
        citizen=world.amalie, agreement=made, is_yes=True, hand=later(tine)
    )
    return made


def test_it_does_not_run_before_the_other_side_says_yes(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        made = propose(world, amalie_writes)
        standing = agreement_of(world.amalie, MONDAY)
        assert standing is not None
        assert standing.waits_for(Side.MUNICIPALITY)
        assert not standing.is_running
        assert agreements_waiting(caseload(world.tine.pk), Side.MUNICIPALITY, MONDAY) == [made]
        with pytest.raises(services.CannotAgree):
            services.answer_self_steering(
                citizen=world.amalie, agreement=made, is_yes=True, hand=amalie_writes
            )

        services.answer_self_steering(
            citizen=world.amalie, agreement=made, is_yes=True, hand=later(tine_writes)
        )
        running = agreement_of(world.amalie, MONDAY)
        assert running is not None
        assert running.is_running


def test_we_say_hello_in_weeks_4_8_and_13_and_on_the_citizens_own_day(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    longest = MONDAY + timedelta(weeks=13)
    with world.as_tine():
        agree(world, amalie_writes, tine_writes, ends_on=longest)
        standing = agreement_of(world.amalie, MONDAY)
        assert standing is not None

        assert [(each.on, each.weeks) for each in standing.check_ins] == [
            (date(2026, 12, 10), None),
            (date(2026, 12, 21), 4),
            (date(2027, 1, 18), 8),
            (date(2027, 2, 22), 13),
        ]
        assert [due.check_in.weeks for due in check_ins_due(date(2026, 12, 21))] == [4]
        assert [due.check_in.weeks for due in check_ins_due(longest)] == [13]
        assert list(check_ins_due(date(2026, 12, 22))) == []


def test_a_check_in_after_the_end_is_none(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        agree(world, amalie_writes, tine_writes)

        assert list(check_ins_due(MONDAY + timedelta(weeks=13))) == []


@pytest.mark.parametrize(
    ("refusal", "changes"),
    [
        (services.EndsWrong, {"ends_on": MONDAY}),
        (services.EndsWrong, {"ends_on": MONDAY + timedelta(weeks=13, days=1)}),
        (services.ChecksInWrong, {"check_in_on": END + timedelta(days=1)}),
        (services.HoldsCpr, {"words": "Mit nummer er 010180-1234"}),
    ],
)
def test_it_holds_within_its_bounds(
    world: World, amalie_writes: Hand, refusal: type[Exception], changes: dict[str, object]
) -> None:
    with world.as_tine(), pytest.raises(refusal):
        propose(world, amalie_writes, **changes)


def test_one_click_ends_it_at_once_and_gives_a_receipt(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        made = agree(world, amalie_writes, tine_writes)
        for _ in range(2):
            services.end_self_steering(
                citizen=world.amalie, agreement=made, hand=later(amalie_writes)
            )

        assert agreement_of(world.amalie, MONDAY) is None
        assert sorted(Receipt.objects.values_list("deed", flat=True)) == ["agreement", "return"]
        assert list(check_ins_due(date(2026, 12, 21))) == []


def test_one_at_a_time_and_a_second_click_is_the_first(world: World, amalie_writes: Hand) -> None:
    with world.as_tine():
        first = propose(world, amalie_writes)
        assert propose(world, later(amalie_writes, 0)) == first

        with pytest.raises(services.HasAgreement), transaction.atomic():
            propose(world, later(amalie_writes), goal="Noget andet")


def test_who_is_still_on_benefit_when_it_expires_is_on_the_worklist(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    with world.building():
        SpellFactory(citizen=world.amalie)
    with world.as_tine():
        made = agree(world, amalie_writes, tine_writes)
        mine = caseload(world.tine.pk)

        assert expired_on_benefit(mine, END - timedelta(days=1)) == []
        assert expired_on_benefit(mine, END) == [made]


def test_the_alarm_is_silent_for_who_found_work_or_was_met_since(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    with world.building():
        spell = SpellFactory(citizen=world.amalie, ends_on=END)
    with world.as_tine():
        agree(world, amalie_writes, tine_writes)
        mine = caseload(world.tine.pk)
        assert expired_on_benefit(mine, END) == []
    with world.building():
        spell.ends_on = None
        spell.save()
        EntryFactory(citizen=world.amalie, on=END)

    with world.as_tine():
        assert expired_on_benefit(mine, END) == []


def test_nobody_says_yes_to_what_ran_out_or_was_taken_back(
    world: World, amalie_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        made = propose(world, amalie_writes)
        late = replace(tine_writes, today=TERMS.ends_on)
        with pytest.raises(services.CannotAgree), transaction.atomic():
            services.answer_self_steering(
                citizen=world.amalie, agreement=made, is_yes=True, hand=late
            )

        services.end_self_steering(citizen=world.amalie, agreement=made, hand=amalie_writes)
        with pytest.raises(services.CannotAgree), transaction.atomic():
            services.answer_self_steering(
                citizen=world.amalie, agreement=made, is_yes=True, hand=tine_writes
            )
