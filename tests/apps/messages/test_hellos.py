"""Whoever steers themself hears from us on the agreed days: once, and late if need be."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.apps.messages.conftest import Dialogue
from velvalgt.apps.cases import services as cases
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.messages.hellos import CATCH_UP, say_hello
from velvalgt.apps.messages.models import Notice

START = date(2026, 11, 23)
WEEK_FOUR = START + timedelta(weeks=4)


def at_four(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@pytest.fixture
def agreed(dialogue: Dialogue) -> Dialogue:
    """Jørn and Tine have agreed that he steers himself."""
    world = dialogue.world
    terms = cases.Terms(
        goal="Et job med cykler",
        words="Jeg søger selv.",
        check_in_on=START + timedelta(days=17),
        ends_on=START + timedelta(weeks=13),
    )
    with dialogue.as_joern() as joern:
        hand = cases.Hand(side=Side.CITIZEN, by=joern, at=at_four(START), today=START)
        agreement = cases.propose_self_steering(citizen=world.joern, terms=terms, hand=hand)
    with world.as_tine():
        hand = cases.Hand(side=Side.MUNICIPALITY, by=world.tine, at=at_four(START), today=START)
        cases.answer_self_steering(citizen=world.joern, agreement=agreement, is_yes=True, hand=hand)
    return dialogue


def hellos_by(dialogue: Dialogue, day: date) -> int:
    with dialogue.world.building():
        return say_hello(on=day, at=at_four(day))


def test_nobody_hears_before_the_day(agreed: Dialogue) -> None:
    assert hellos_by(agreed, START + timedelta(days=16)) == 0


def test_a_hello_stands_on_the_page_on_its_day_and_once(agreed: Dialogue) -> None:
    assert hellos_by(agreed, WEEK_FOUR) == 1
    assert hellos_by(agreed, WEEK_FOUR) == 0

    with agreed.as_joern():
        (notice,) = Notice.objects.filter(citizen=agreed.world.joern)
    assert "Hvordan går det med din søgning" in notice.title


def test_a_missed_morning_is_caught_up_with(agreed: Dialogue) -> None:
    assert hellos_by(agreed, WEEK_FOUR + timedelta(days=2)) == 1


def test_a_hello_that_is_more_than_a_week_late_is_not_said(agreed: Dialogue) -> None:
    assert hellos_by(agreed, WEEK_FOUR + CATCH_UP + timedelta(days=1)) == 0


def test_who_went_back_hears_no_more(agreed: Dialogue) -> None:
    world = agreed.world
    with agreed.as_joern() as joern:
        hand = cases.Hand(side=Side.CITIZEN, by=joern, at=at_four(START), today=START)
        agreement = world.joern.self_steerings.get()
        cases.end_self_steering(citizen=world.joern, agreement=agreement, hand=hand)

    assert hellos_by(agreed, WEEK_FOUR) == 0
