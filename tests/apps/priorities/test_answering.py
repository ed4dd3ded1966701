"""A caseworker answers a suggestion; a citizen's no and a newer plan are never passed over."""

from datetime import date

import pytest

from tests.world.factories import MONDAY, EntryFactory
from tests.world.municipality import World
from tests.world.offers import an_offer
from tests.world.priorities import NOW, a_run, a_suggestion, suggested_for_joern
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.services import HoldsCpr
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.choices import Because, Reply
from velvalgt.apps.priorities.models import ProfilingBasis, Suggestion, SuggestionAnswer


@pytest.fixture
def suggested(world: World) -> Suggestion:
    """What the plan that holds suggests for Jørn."""
    return suggested_for_joern(world)


def accept(world: World, suggestion: Suggestion, words: str = "") -> SuggestionAnswer:
    return services.accept(
        suggestion=suggestion, because=Because.FITS, words=words, by=world.tine, at=NOW
    )


def choose(world: World, suggestion: Suggestion, effort: str, **how: object) -> SuggestionAnswer:
    said = {"offer": None, "because": Because.KNOWS_MORE, "words": ""} | how
    return services.choose_other(
        suggestion=suggestion, effort=effort, by=world.tine, at=NOW, **said
    )


def postpone(world: World, suggestion: Suggestion, until: date) -> SuggestionAnswer:
    return services.postpone(
        suggestion=suggestion,
        until=until,
        because=Because.MUST_ASK,
        words="",
        by=world.tine,
        at=NOW,
    )


def no_to(world: World, effort: str, **about: object) -> None:
    services.say_no(
        citizen=world.joern,
        effort=effort,
        side=Side.MUNICIPALITY,
        by=world.tine,
        at=NOW,
        **({"offer": None, "words": ""} | about),
    )


def test_yes_chooses_what_was_suggested_and_a_second_click_is_one(
    world: World, suggested: Suggestion
) -> None:
    with world.as_tine():
        answer = accept(world, suggested)

        assert (answer.reply, answer.effort) == (Reply.ACCEPTED, "mentor")
        assert accept(world, suggested) == answer


def test_something_else_is_chosen_with_its_offer(world: World, suggested: Suggestion) -> None:
    course = an_offer(world)
    with world.as_tine():
        answer = choose(world, suggested, "course", offer=course)

        standing = queries.suggestion_for(world.joern, MONDAY)
        assert standing is not None
        assert standing.answer == answer
        assert standing.chosen is not None
        assert standing.chosen.title == "Kursus i dataanalyse"


def test_one_who_changes_their_mind_is_believed_and_both_answers_are_kept(
    world: World, suggested: Suggestion
) -> None:
    with world.as_tine():
        accept(world, suggested)
        choose(world, suggested, "guidance")

        standing = queries.suggestion_for(world.joern, MONDAY)
        assert standing is not None
        assert standing.chosen == queries.Option("guidance")
        assert suggested.answers.count() == 2


def test_what_waits_comes_back_on_a_day_to_come(world: World, suggested: Suggestion) -> None:
    with world.as_tine():
        with pytest.raises(services.NotInTheFuture):
            postpone(world, suggested, MONDAY)

        assert postpone(world, suggested, date(2026, 12, 1)).until == date(2026, 12, 1)


def test_the_citizens_own_no_is_never_chosen_over(world: World, suggested: Suggestion) -> None:
    course = an_offer(world)
    with world.as_tine():
        no_to(world, "mentor")
        no_to(world, "course")

        with pytest.raises(services.CitizenSaidNo):
            accept(world, suggested)
        with pytest.raises(services.CitizenSaidNo):
            choose(world, suggested, "course", offer=course)
        postpone(world, suggested, date(2026, 12, 1))


def test_a_no_to_one_offer_leaves_the_effort_open(world: World, suggested: Suggestion) -> None:
    course = an_offer(world)
    with world.as_tine():
        no_to(world, "course", offer=course)

        with pytest.raises(services.CitizenSaidNo):
            choose(world, suggested, "course", offer=course)
        assert choose(world, suggested, "course").effort == "course"


def test_a_newer_plan_that_says_something_else_is_looked_at_first(
    world: World, suggested: Suggestion
) -> None:
    with world.building():
        a_suggestion(a_run(world.tenant), world.joern, effort="placement")

    with world.as_tine(), pytest.raises(services.NotCurrent, match="nyere plan"):
        accept(world, suggested)


def test_a_newer_plan_that_says_the_same_takes_the_answer(
    world: World, suggested: Suggestion
) -> None:
    with world.building():
        newer = a_suggestion(a_run(world.tenant), world.joern)

    with world.as_tine():
        assert accept(world, suggested).suggestion == newer


def test_without_a_ground_or_against_the_citizens_word_nothing_is_answered(
    world: World, suggested: Suggestion
) -> None:
    with world.building():
        EntryFactory(
            citizen=world.joern, kind="objection", detail="profiling", actor="citizen", form=""
        )
    with world.as_tine():
        with pytest.raises(services.NotCurrent, match="nej til profilering"):
            accept(world, suggested)
        services_end = ProfilingBasis.objects.get().ends_on

        assert queries.suggestion_for(world.joern, MONDAY) is None
        assert queries.basis_on(services_end) is None


def test_a_reason_belongs_to_its_answer(world: World, suggested: Suggestion) -> None:
    with world.as_tine(), pytest.raises(services.NotAReason):
        choose(world, suggested, "guidance", because=Because.FITS)


def test_what_nobody_knows_or_was_suggested_already_is_no_choice(
    world: World, suggested: Suggestion
) -> None:
    with world.as_tine():
        with pytest.raises(services.NoSuchEffort):
            choose(world, suggested, "sanction")
        with pytest.raises(services.NotAnotherOne):
            choose(world, suggested, "mentor")


def test_own_words_hold_no_cpr_number(world: World, suggested: Suggestion) -> None:
    with world.as_tine(), pytest.raises(HoldsCpr):
        accept(world, suggested, words="Se 010190-1234")
