"""After a contact two questions, both of which may be skipped; only numbers reach the house."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World, steering
from tests.world.waiting import ALL, as_citizen, more_citizens
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Result, Way
from velvalgt.apps.meetings.models import ContactAnswer, Meeting, Outcome
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Citizen

AFTER = at(26, 18)
YEAR = date(2026, 1, 1), date(2027, 1, 1)


def met(world: World, citizen: Citizen, hour: int, result: Result = Result.HELD) -> Meeting:
    """A short call that Tine says was held, or not."""
    with world.as_tine():
        meeting = services.book(
            citizen=citizen,
            wanted=wanted(world, Way.PHONE, "short_call"),
            starts_at=at(26, hour),
            permitted=ALL,
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )
        Outcome.objects.create(
            tenant_id=world.tenant.pk,
            citizen=citizen,
            meeting=meeting,
            result=result,
            said_by=world.tine,
            said_at=AFTER,
        )
    return meeting


@pytest.fixture
def held(world: World, office: Office) -> Meeting:
    return met(world, world.joern, 10)


@pytest.fixture
def joern(world: World, held: Meeting) -> Iterator[services.Hand]:
    with as_citizen(world, world.joern) as hand:
        yield hand


def answer(meeting: Meeting, hand: services.Hand, helpful: str, own: str) -> ContactAnswer:
    return services.answer_contact(
        meeting=meeting, helpful=helpful, own_choice=own, by=hand.by, at=AFTER
    )


def test_a_held_contact_is_asked_about_for_two_weeks(
    world: World, held: Meeting, joern: services.Hand
) -> None:
    assert list(queries.contacts_to_ask(world.joern, held.starts_at)) == []
    assert list(queries.contacts_to_ask(world.joern, AFTER)) == [held]
    assert list(queries.contacts_to_ask(world.joern, AFTER + timedelta(days=14))) == []


def test_nobody_is_asked_about_a_contact_that_was_missed(world: World, office: Office) -> None:
    missed = met(world, world.joern, 10, Result.MISSED)

    with as_citizen(world, world.joern) as hand:
        assert list(queries.contacts_to_ask(world.joern, AFTER)) == []
        with pytest.raises(services.NotHeld):
            answer(missed, hand, "yes", "yes")


def test_the_first_answer_stands_and_gives_one_receipt(
    world: World, held: Meeting, joern: services.Hand
) -> None:
    first = answer(held, joern, "yes", "")
    again = answer(held, joern, "no", "no")

    assert first == again
    assert (again.helpful, again.own_choice, again.form) == ("yes", "", Form.PHONE)
    assert world.joern.receipts.count() == 1
    assert list(queries.contacts_to_ask(world.joern, AFTER)) == []


def test_each_question_may_be_skipped_but_not_both(held: Meeting, joern: services.Hand) -> None:
    with pytest.raises(services.NothingSaid):
        answer(held, joern, "", "")
    assert answer(held, joern, "", "no").own_choice == "no"


def test_the_caseworker_reads_no_answer(world: World, held: Meeting) -> None:
    with as_citizen(world, world.joern) as hand:
        answer(held, hand, "no", "no")

    with world.as_tine():
        assert not ContactAnswer.objects.exists()


def test_fewer_than_five_who_say_the_same_are_not_told_of(world: World, office: Office) -> None:
    citizens = more_citizens(world, 6)
    with world.building():
        meetings = [met(world, each, 9 + hour) for hour, each in enumerate(citizens)]
        for meeting in meetings[:4]:
            _answered(world, meeting, "yes")
        _answered(world, meetings[5], "no")
    with steering(world):
        assert queries.answers_by_form(*YEAR) == []

    with world.building():
        _answered(world, meetings[4], "yes")
    with steering(world):
        (told,) = queries.answers_by_form(*YEAR)
        assert queries.answers_by_form(date(2026, 11, 23), date(2026, 11, 30)) == [told]
        by_days = date(2026, 11, 26), date(2026, 11, 27)
        assert queries.answers_by_form(*by_days) == [], "of whole weeks, or one would be told of"
    assert (told.form, told.helpful, told.own_choice, told.count) == (Form.PHONE, "yes", "no", 5)
    with world.as_tine():
        assert queries.answers_by_form(*YEAR) == [], "numbers are for whoever leads"


def test_the_answers_of_another_tenant_are_not_counted(world: World, office: Office) -> None:
    with world.building():
        for hour, citizen in enumerate(more_citizens(world, 5)):
            _answered(world, met(world, citizen, 9 + hour), "yes")

    with acting(world.neighbour.pk, world.karin.pk, Purpose.STEERING):
        assert queries.answers_by_form(*YEAR) == []


def _answered(world: World, meeting: Meeting, helpful: str) -> None:
    ContactAnswer.objects.create(
        tenant_id=world.tenant.pk,
        citizen=meeting.citizen,
        meeting=meeting,
        form=Form.PHONE,
        helpful=helpful,
        own_choice="no",
        answered_at=AFTER,
    )
