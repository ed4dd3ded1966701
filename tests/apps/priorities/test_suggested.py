"""What a page shows of a suggestion: in words, for those who may see it, in the plan's order."""

from datetime import date

import pytest
from django.utils import translation

from tests.world.factories import MONDAY, SpellFactory
from tests.world.municipality import World, steering
from tests.world.offers import some_citizens
from tests.world.priorities import NOW, a_ground, a_run, a_suggestion, a_turn, suggested_for_joern
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.queries import caseload
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.choices import Because, Mode
from velvalgt.apps.priorities.gain_words import Gain
from velvalgt.apps.priorities.models import Suggestion
from velvalgt.apps.priorities.reasons import SAID, in_words

ABOUT = {
    "level": "at_risk",
    "mark": "far",
    "study": "early_meetings_dk",
    "law": "k3_first_for_all",
    "no_room": "course",
}


@pytest.fixture
def suggested(world: World) -> Suggestion:
    """What the plan that holds suggests for Jørn."""
    return suggested_for_joern(world)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_code_of_a_reason_has_words(language: str) -> None:
    codes = [f"{kind}:{ABOUT[kind]}" if kind in ABOUT else kind for kind in SAID]
    with translation.override(language):
        words = in_words([*codes, "law:overdue", "law:due"])

    assert len(set(words)) == len(SAID) + 2
    assert all(each and ":" not in each.split(" ")[0].strip(":") for each in words)


def test_a_code_of_an_older_version_is_left_out() -> None:
    assert in_words(["horoscope", "seat"]) == in_words(["seat"])


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        (3.1, "+3 uger i job på to år"),
        (1.0, "+1 uge i job på to år"),
        (0.54, "+0,5 uge i job på to år"),
        (0.2, "+0,2 uger i job på to år"),
        (0.01, "0 uger i job på to år"),
        (-0.96, "−1 uge i job på to år"),
        (-1.6, "−2 uger i job på to år"),
    ],
)
def test_a_gain_is_said_in_weeks_and_in_tenths_under_one(weeks: float, words: str) -> None:
    assert Gain(weeks, weeks - 1, weeks + 1).words == words


def test_a_suggestion_tells_gain_interval_method_and_reasons(
    world: World, suggested: Suggestion
) -> None:
    with world.as_tine():
        line = queries.suggestion_for(world.joern, MONDAY)

    assert line is not None
    assert line.option.title == "mentor"
    assert (line.gain.interval, line.gain.method) == ("+0,2 til +6", "lodtrækning i Danmark")
    assert line.reasons[0] == "behov: i risiko for at sidde fast"
    assert [each.option.effort for each in line.others] == ["guidance", "placement"]


def test_the_studies_it_rests_on_stand_first(world: World, suggested: Suggestion) -> None:
    with world.building():
        SpellFactory(citizen=world.joern)

    with world.as_tine():
        line = queries.suggestion_for(world.joern, MONDAY)
        assert line is not None
        studies = queries.studies_behind(line, MONDAY)

        assert studies[0].id == "early_meetings_dk"
        assert any("mentor" in study.kinds for study in studies[1:])
        assert queries.what_a_week_is(world.joern, MONDAY) == "uger i almindeligt arbejde"


def test_nobody_sees_it_but_the_unit_and_the_citizen(world: World, suggested: Suggestion) -> None:
    with world.building():
        a_suggestion(suggested.run, world.elsewhere)
    with world.as_tine():
        assert queries.suggestion_for(world.elsewhere, MONDAY) is None
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        assert queries.suggestion_for(world.joern, MONDAY) is not None
        assert queries.suggestion_for(world.elsewhere, MONDAY) is None
    with steering(world):
        assert not Suggestion.objects.exists()
    with acting(world.neighbour.pk, world.tine.pk, Purpose.CASE_WORK):
        assert not Suggestion.objects.exists()


def test_those_that_wait_come_in_the_order_of_the_work(world: World, suggested: Suggestion) -> None:
    with world.building():
        second = a_suggestion(suggested.run, world.amalie)
        a_turn(suggested.run, world.amalie, 1)
        a_turn(suggested.run, world.joern, 2)

    with world.as_tine():
        mine = caseload(world.tine.pk)
        first, then = queries.suggestions_of(mine, MONDAY, 5)
        assert [first.citizen, then.citizen] == [world.amalie, world.joern]
        assert queries.suggestions_of(mine, MONDAY, 5, after=second.pk)[0].citizen == world.joern

        services.accept(suggestion=second, because=Because.FITS, words="", by=world.tine, at=NOW)
        assert [each.citizen for each in queries.suggestions_of(mine, MONDAY, 5)] == [world.joern]


def test_those_without_a_place_come_last_and_none_is_lost_between_pages(
    world: World, suggested: Suggestion
) -> None:
    for citizen in some_citizens(world, 3):
        with world.building():
            a_suggestion(suggested.run, citizen)
    with world.building():
        a_turn(suggested.run, world.joern, 9)

    with world.as_tine():
        mine, seen, after = caseload(world.tine.pk), [], None
        while page := queries.suggestions_of(mine, MONDAY, 1, after=after):
            after = page[0].suggestion.pk
            seen.append(page[0].citizen)

    assert seen[0] == world.joern
    assert len(set(seen)) == 4


def test_what_the_citizen_has_said_no_to_since_is_no_longer_shown(
    world: World, suggested: Suggestion
) -> None:
    with world.as_tine():
        services.say_no(
            citizen=world.joern,
            effort="mentor",
            offer=None,
            words="",
            side=Side.MUNICIPALITY,
            by=world.tine,
            at=NOW,
        )

        assert queries.suggestion_for(world.joern, MONDAY) is None
        assert queries.suggestions_of(caseload(world.tine.pk), MONDAY, 5) == []


def test_whoever_manages_by_these_pages_waits_for_no_answer(
    world: World, suggested: Suggestion
) -> None:
    with world.building():
        a_suggestion(suggested.run, world.amalie, effort="self_service", gain_weeks=0, low=0)

    with world.as_tine():
        waiting = queries.suggestions_of(caseload(world.tine.pk), MONDAY, 5)
        alone = queries.suggestion_for(world.amalie, MONDAY)

    assert [each.citizen for each in waiting] == [world.joern]
    assert alone is not None
    assert alone.option.title == "klarer det selv her på siderne"


def test_without_a_ground_there_is_the_order_of_work_and_no_suggestion(world: World) -> None:
    with world.building():
        run = a_run(world.tenant, mode=Mode.PLAIN)
        a_turn(run, world.joern, 2, "wish")
        a_turn(run, world.amalie, 1, "law:overdue", "mark:far")
        a_suggestion(run, world.joern)

    with world.as_tine():
        mine = caseload(world.tine.pk)
        assert queries.suggestions_of(mine, MONDAY, 5) == []
        first, then = queries.work_order(mine, 5)
        assert (first.citizen, then.citizen) == (world.amalie, world.joern)
        assert first.because.startswith("loven er overskredet")
        assert queries.work_order(mine, 5, after=first.place) == [then]


def test_a_ground_ends_by_itself(world: World, suggested: Suggestion) -> None:
    with world.as_tine():
        assert queries.suggestion_for(world.joern, date(2027, 6, 30)) is not None
        assert queries.suggestion_for(world.joern, date(2027, 7, 1)) is None


def test_what_was_chosen_before_is_not_asked_about_again(world: World) -> None:
    with world.building():
        a_ground(world.tenant, world.mette)
        a_suggestion(a_run(world.tenant), world.joern, reasons=["chosen", "level:at_risk"])

    with world.as_tine():
        assert queries.suggestions_of(caseload(world.tine.pk), MONDAY, 9) == []
        assert queries.suggestion_for(world.joern, MONDAY) is not None
