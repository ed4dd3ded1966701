"""An answer: reasons to a no, the journal where the law counts it, never more than the seats."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.world.factories import MONDAY
from tests.world.municipality import World
from tests.world.offers import (
    NOW,
    a_start,
    an_offer,
    answered,
    application_of,
    applied,
    some_citizens,
    withdrawn,
)
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.offers import services
from velvalgt.apps.offers.choices import Outcome, State
from velvalgt.apps.offers.models import Answer, Application
from velvalgt.apps.offers.queries import application_story, seats_of


@pytest.fixture
def application(world: World) -> Application:
    """Amalie's, for a course that is no offer in the law's sense."""
    applied(world, world.amalie, an_offer(world))
    return application_of(world, world.amalie)


def offers_given(world: World) -> list[tuple[str, object]]:
    with world.building():
        given = Entry.objects.standing().of_kind(Kind.OFFER_GIVEN)
        return list(given.values_list("detail", "on"))


def state_of(world: World, application: Application) -> State:
    with world.building():
        story = application_story(application.citizen, application.pk)
    assert story is not None
    return story.line.state


def test_a_yes_to_what_the_law_calls_an_offer_stands_in_the_journal(world: World) -> None:
    applied(world, world.joern, an_offer(world, key="mentor", law_word="mentor"))

    answered(world, application_of(world, world.joern))

    assert offers_given(world) == [("mentor", MONDAY)]


def test_a_yes_to_anything_else_is_not_counted_by_the_law(
    world: World, application: Application
) -> None:
    answered(world, application)

    assert offers_given(world) == []


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.MORE_NEEDED])
def test_only_a_yes_is_an_offer_given(world: World, outcome: Outcome) -> None:
    applied(world, world.joern, an_offer(world, key="mentor", law_word="mentor"))

    answered(world, application_of(world, world.joern), outcome)

    assert offers_given(world) == []


@pytest.mark.parametrize(
    ("missing", "refusal"),
    [({"reasons": " "}, services.ReasonsMissing), ({"law": ""}, services.LawMissing)],
    ids=["reasons", "law"],
)
def test_a_no_gives_its_reasons_and_names_the_law(
    world: World, application: Application, missing: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        answered(world, application, Outcome.REFUSED, **missing)


def test_the_database_itself_takes_no_bare_no(world: World, application: Application) -> None:
    with (
        world.as_tine(),
        pytest.raises(DatabaseError, match="check constraint"),
        transaction.atomic(),
    ):
        Answer.objects.create(
            tenant_id=world.tenant.pk,
            citizen=world.amalie,
            application=application,
            outcome=Outcome.REFUSED,
            answered_by=world.tine,
            answered_at=NOW,
        )


def test_the_second_click_gives_the_answer_of_the_first(
    world: World, application: Application
) -> None:
    assert answered(world, application) == answered(world, application)


def test_a_yes_is_not_turned_into_a_no(world: World, application: Application) -> None:
    answered(world, application)

    with pytest.raises(services.AnsweredAlready):
        answered(world, application, Outcome.REFUSED)


def test_what_was_taken_back_is_not_answered(world: World, application: Application) -> None:
    withdrawn(world, application)

    with pytest.raises(services.TakenBack):
        answered(world, application)


def test_the_citizen_is_asked_and_answers_before_a_no(
    world: World, application: Application
) -> None:
    answered(world, application, Outcome.MORE_NEEDED, reasons="Hvad vil du bruge det til?")
    assert state_of(world, application) == State.MORE_NEEDED

    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        services.add_words(
            application=application,
            words="Til et job i staten.",
            by=world.amalie.user,
            at=NOW + timedelta(minutes=5),
        )

    assert state_of(world, application) == State.WAITING


def test_nobody_answers_their_own_application(world: World, application: Application) -> None:
    with (
        acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Answer.objects.create(
            tenant_id=world.tenant.pk,
            citizen=world.amalie,
            application=application,
            outcome=Outcome.GRANTED,
            answered_by=world.amalie.user,
            answered_at=NOW,
        )


def test_the_last_seat_is_given_once_and_the_next_keeps_the_place_in_line(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer, seats=1)
    first, second = some_citizens(world, 2)
    for citizen in (first, second):
        applied(world, citizen, offer, start)
    answered(world, application_of(world, first))

    with pytest.raises(services.NoSeatLeft):
        answered(world, application_of(world, second))
    assert state_of(world, application_of(world, second)) == State.ON_LIST


def test_whoever_gives_the_seat_up_makes_room_for_the_next(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer, seats=1)
    first, second = some_citizens(world, 2)
    for citizen in (first, second):
        applied(world, citizen, offer, start)
    answered(world, application_of(world, first))
    withdrawn(world, application_of(world, first))

    answered(world, application_of(world, second))

    with world.building():
        assert seats_of([start.pk])[start.pk].left == 0


def test_the_database_itself_gives_no_seat_too_many(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer, seats=1)
    first, second = some_citizens(world, 2)
    for citizen in (first, second):
        applied(world, citizen, offer, start)
    answered(world, application_of(world, first))

    with (
        world.as_tine(),
        pytest.raises(DatabaseError, match="no seat is left"),
        transaction.atomic(),
    ):
        Answer.objects.create(
            tenant_id=world.tenant.pk,
            citizen=second,
            application=Application.objects.get(citizen=second),
            outcome=Outcome.GRANTED,
            answered_by=world.tine,
            answered_at=NOW,
        )


def test_the_same_words_may_answer_a_second_question(
    world: World, application: Application
) -> None:
    for minutes, question in ((10, "Har du en computer?"), (20, "Kan du hver tirsdag?")):
        asked_at = NOW + timedelta(minutes=minutes)
        answered(world, application, Outcome.MORE_NEEDED, at=asked_at, reasons=question)
        with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
            receipts = [
                services.add_words(
                    application=application,
                    words="Ja.",
                    by=world.amalie.user,
                    at=asked_at + timedelta(minutes=5),
                )
                for _click in range(2)
            ]

        assert receipts[0] == receipts[1]
        assert state_of(world, application) == State.WAITING


def test_the_same_question_is_asked_again_only_after_a_reply(
    world: World, application: Application
) -> None:
    first = answered(world, application, Outcome.MORE_NEEDED)
    assert answered(world, application, Outcome.MORE_NEEDED) == first
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        services.add_words(
            application=application,
            words="Det ved jeg ikke.",
            by=world.amalie.user,
            at=NOW + timedelta(minutes=5),
        )

    again = answered(world, application, Outcome.MORE_NEEDED, at=NOW + timedelta(hours=1))

    assert again != first
    assert state_of(world, application) == State.MORE_NEEDED
