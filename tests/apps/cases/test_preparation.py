"""The preparation: saved as it goes, skipped at will, never asked twice, and the history kept."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Answer, Receipt
from velvalgt.apps.cases.prepared import (
    need_profile_of,
    outside_status_of,
    preparation_of,
    preparation_state,
)
from velvalgt.apps.cases.questions import (
    MOST_OF_PROFILE,
    Kind,
    profile,
    questions,
    step_named,
    steps,
)
from velvalgt.apps.people.services import Wish

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
FORBIDDEN = re.compile(
    r"\bkøn|etni|religi|statsborger|nationalit|opholdstilladelse|herkomst|seksu"
    r"|\bsex\b|gender|ethnic|origin|citizenship|nationality|residence permit",
    re.IGNORECASE,
)


def say(world: World, step: str, given: dict[str, str], **more: object) -> list[Answer]:
    found = step_named(step)
    assert found is not None
    said = {"skips_rest": False, "side": Side.CITIZEN, "by": world.joern.user, "at": NOW} | more
    return services.answer(citizen=world.joern, asked=found.questions, given=given, **said)


def test_the_need_profile_has_at_most_eight_questions() -> None:
    assert 0 < len(profile()) <= MOST_OF_PROFILE


def test_no_question_asks_about_sex_origin_or_residence_permit() -> None:
    texts = [
        str(text)
        for question in questions().values()
        for said in (question.text, question.hint, *(o.text for o in question.options))
        if said is not None
        for text in (said.da, said.en)
    ]

    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_health_is_asked_as_what_to_take_into_account_without_a_diagnosis() -> None:
    care = questions()["care"]

    assert "skal tage hensyn til" in care.text.da
    assert care.hint is not None
    assert "behøver ikke skrive en diagnose" in care.hint.da


@pytest.mark.parametrize("question", questions().values(), ids=lambda q: q.key)
def test_every_question_says_why_it_is_asked_and_who_sees_the_answer(question) -> None:
    assert question.why.da
    assert question.seen_by.da
    assert bool(question.options) == (question.kind != Kind.WORDS)


def test_what_was_said_is_there_when_one_comes_back(world: World) -> None:
    with world.as_tine():
        say(world, "work", {"work_wanted": "Lager"})
        preparation = preparation_of(world.joern)

        assert preparation.next_step == step_named("work")
        assert [a.question.key for a in preparation.steps[0].open] == ["work_frame"]
        assert preparation.steps[0].settled[0].said == "Lager"


def test_what_is_skipped_is_not_asked_again(world: World) -> None:
    with world.as_tine():
        say(world, "work", {"work_wanted": "Lager"}, skips_rest=True)
        preparation = preparation_of(world.joern)

        assert preparation.steps[0].is_done
        assert preparation.next_step == step_named("strengths")


def test_skipping_never_takes_an_answer_away(world: World) -> None:
    with world.as_tine():
        say(world, "work", {"work_wanted": "Lager"})
        say(world, "work", {}, skips_rest=True)

        asked = preparation_of(world.joern).asked("work_wanted")
        assert asked is not None
        assert asked.said == "Lager"


def test_an_answer_may_be_changed_and_the_earlier_one_is_kept(world: World) -> None:
    with world.as_tine():
        say(world, "work", {"work_wanted": "Lager"})
        for given in ("Butik", "Butik", ""):
            services.change_answer(
                citizen=world.joern,
                question=questions()["work_wanted"],
                given=given,
                side=Side.MUNICIPALITY,
                by=world.tine,
                at=NOW + timedelta(hours=1),
            )
        asked = preparation_of(world.joern).asked("work_wanted")

        assert asked is not None
        assert asked.said == ""
        assert [words for _, words in asked.history] == ["Butik", "Lager"]
        assert not asked.is_open


def test_both_sides_see_who_wrote_what_in_the_profile(world: World) -> None:
    with world.as_tine():
        say(world, "profile", {"direction": "some"})
        say(world, "profile", {"search": "silence"}, side=Side.MUNICIPALITY, by=world.tine)

    assert world.joern.user is not None
    for user, purpose, unit in (
        (world.joern.user, Purpose.OWN_CASE, None),
        (world.tine, Purpose.CASE_WORK, world.team.pk),
    ):
        with acting(world.tenant.pk, user.pk, purpose, unit=unit):
            said = {a.question.key: a.answer for a in need_profile_of(world.joern) if a.answer}
            assert {key: a.answered_by.name for key, a in said.items()} == {
                "direction": "Jørn",
                "search": "Tine",
            }


def test_a_cpr_number_is_refused_and_nothing_is_saved(world: World) -> None:
    with world.as_tine():
        with pytest.raises(services.HoldsCpr), transaction.atomic():
            say(world, "obstacles", {"in_the_way": "Mit nummer er 0101801234"})

        assert not Answer.objects.exists()


def test_a_phone_number_is_no_cpr_number(world: World) -> None:
    with world.as_tine():
        say(world, "obstacles", {"in_the_way": "Ring +4512345678 eller 12 34 56 78"})

        assert Answer.objects.count() == 1


def test_how_to_meet_is_chosen_or_left_to_us(world: World) -> None:
    with world.as_tine():
        assert not preparation_of(world.joern).has_chosen_contact
        services.skip_contact(citizen=world.joern, side=Side.CITIZEN, by=world.joern.user, at=NOW)
        assert preparation_of(world.joern).has_chosen_contact

        wish = Wish(form="phone", rhythm="monthly", wants_companion=True)
        for _ in range(2):
            services.choose_contact(citizen=world.joern, wish=wish, by=world.joern.user, at=NOW)
        found = preparation_of(world.joern).wish
        assert found is not None
        assert (found.form, found.rhythm) == ("phone", "monthly")
        assert world.joern.contact_wishes.count() == 1


def test_answering_gives_a_receipt_and_skipping_none(world: World) -> None:
    with world.as_tine():
        say(world, "work", {}, skips_rest=True)
        assert not Receipt.objects.exists()

        say(world, "strengths", {"good_at": "Orden"})
        assert [r.deed for r in Receipt.objects.all()] == ["preparation"]


def test_the_state_takes_one_question(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with world.as_tine():
        say(world, "work", {"work_wanted": "Lager"}, skips_rest=True)
        with django_assert_num_queries(1):
            state = preparation_state(world.joern)

    assert (state.answered, state.total) == (2, len(questions()) + 1)
    assert state.next_step == step_named("strengths")


def test_registration_benefit_and_illness_are_shown_as_others_told_them(world: World) -> None:
    with world.building():
        EntryFactory(citizen=world.joern, kind="registration", actor="citizen", on=MONDAY)
        EntryFactory(citizen=world.joern, kind="sick_report", on=date(2026, 11, 2))
        EntryFactory(citizen=world.joern, kind="well_report", on=date(2026, 11, 9))
        SpellFactory(citizen=world.joern)
    with world.as_tine():
        status = outside_status_of(world.joern, MONDAY)
        nothing = outside_status_of(world.amalie, MONDAY)

    assert status.registration is not None
    assert status.sick_report is None
    assert status.spell is not None
    assert (nothing.registration, nothing.spell) == (None, None)


class Rollback(Exception):
    """Leave the world as it was for the next example."""


SAID = st.dictionaries(st.sampled_from(sorted(questions())), st.sampled_from(["", "ja", "måske"]))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(st.tuples(SAID, st.booleans(), st.sampled_from(Side)), max_size=5))
def test_a_question_is_never_asked_twice(world: World, rounds: list[tuple]) -> None:
    with pytest.raises(Rollback), world.as_tine(), transaction.atomic():
        for said, skips, side in rounds:
            for step in steps():
                asked = {a.question.key for a in preparation_of(world.joern).at(step.key).open}
                given = {key: words for key, words in said.items() if key in asked}
                say(world, step.key, given, skips_rest=skips, side=side)
        keys = list(Answer.objects.values_list("question", flat=True))
        assert len(keys) == len(set(keys))
        raise Rollback
