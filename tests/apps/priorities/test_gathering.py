"""What a plan is made from: what is recorded and said, and nothing besides."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from tests.apps.priorities.conftest import AT, Planned
from tests.world.factories import LONG_AGO, MONDAY, EntryFactory
from tests.world.offers import a_start, an_offer
from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.cases.models import Answer
from velvalgt.apps.duties.queries import refresh
from velvalgt.apps.offers.models import WishList
from velvalgt.apps.people.models import ContactWish
from velvalgt.apps.priorities.choices import Because, Mode, Reply
from velvalgt.apps.priorities.gathering import NoCapacityPlan, gather
from velvalgt.apps.priorities.inputs import CAPACITIES, CITIZENS, DUTIES, OPTIONS, Inputs
from velvalgt.apps.priorities.models import OwnNo, Suggestion, SuggestionAnswer


def gathered(planned: Planned, on: date = MONDAY) -> Inputs:
    """What stands on a day, with the duties reckoned for it."""
    with planned.world.building():
        refresh([planned.world.joern.pk, planned.world.amalie.pk], on)
        return gather(on)


def joern(inputs: Inputs, planned: Planned) -> dict[str, Any]:
    rows = inputs.citizens.rows_by_key("citizen", named=True, unique=True)
    found: dict[str, Any] = rows[str(planned.world.joern.pk)]
    return found


@contextmanager
def said_of_joern(planned: Planned) -> Iterator[dict[str, Any]]:
    with planned.world.building():
        yield {"citizen": planned.world.joern, "tenant_id": planned.world.tenant.pk}


def answered(planned: Planned, reply: Reply, **more: object) -> None:
    with said_of_joern(planned) as about:
        SuggestionAnswer.objects.create(
            suggestion=Suggestion.objects.get(citizen=planned.world.joern),
            reply=reply,
            because=Because.of(reply)[0],
            answered_by=planned.world.tine,
            answered_at=AT,
            **about,
            **more,
        )


def test_the_frames_are_those_that_plans_are_made_from(weighed: Planned) -> None:
    inputs = gathered(weighed)

    assert dict(inputs.citizens.schema) == CITIZENS
    assert dict(inputs.duties.schema) == DUTIES
    assert dict(inputs.options.schema) == OPTIONS
    assert dict(inputs.capacities.schema) == CAPACITIES


def test_everybody_with_an_open_case_is_in_it_and_nobody_from_elsewhere(planned: Planned) -> None:
    world = planned.world

    known = set(gathered(planned).citizens["citizen"])

    assert known == {str(each.pk) for each in (world.joern, world.amalie, world.elsewhere)}


def test_what_is_recorded_of_joern_is_what_the_plan_knows(weighed: Planned) -> None:
    told = joern(gathered(weighed), weighed)

    assert (told["group"], told["level"]) == ("G2", "at_risk")
    assert told["caseworker"] == str(weighed.world.tine.pk)
    assert told["wait_days"] == (MONDAY - date(2026, 1, 1)).days
    assert not any(told[mark] for mark in ("objects", "steers_alone", "is_graduate"))
    assert told["chosen"] is None
    assert told["yesterday"] is None


def test_what_joern_says_is_in_it(weighed: Planned) -> None:
    with said_of_joern(weighed) as about:
        Answer.objects.create(
            question="help", choice="talk", side="citizen",
            answered_by=weighed.world.joern.user, answered_at=LONG_AGO, **about,
        )  # fmt: skip
        WishList.objects.create(offers=[weighed.world.team.pk], changed_at=LONG_AGO, **about)
        ContactWish.objects.create(language="ar", recorded_at=LONG_AGO, **about)
        OwnNo.objects.create(
            effort="course", side="citizen", said_by=weighed.world.tine, said_at=AT, **about
        )

    told = joern(gathered(weighed), weighed)

    assert (told["help"], told["no_to"]) == ("talk", ["course"])
    assert told["wishes"] == [str(weighed.world.team.pk)]
    assert told["needs_interpreter"]


def test_a_talk_that_is_held_ends_the_wait(planned: Planned) -> None:
    with planned.world.building():
        EntryFactory(citizen=planned.world.joern, on=MONDAY - timedelta(days=3))

    assert joern(gathered(planned), planned)["wait_days"] == 3


def test_a_graduate_is_known_as_long_as_the_mark_holds(planned: Planned) -> None:
    with planned.world.building():
        EntryFactory(
            citizen=planned.world.joern, kind="flag", detail="graduate", form="", until=MONDAY
        )

    assert not joern(gathered(planned), planned)["is_graduate"]
    assert joern(gathered(planned, MONDAY - timedelta(days=1)), planned)["is_graduate"]


def test_what_was_suggested_is_known_with_the_facts_it_went_by(weighed: Planned) -> None:
    weighed.plan()
    first = joern(gathered(weighed), weighed)
    with weighed.world.building():
        EntryFactory(citizen=weighed.world.joern, on=MONDAY)

    told = joern(gathered(weighed), weighed)

    assert first["yesterday"] == told["yesterday"] is not None
    assert first["yesterday_facts"] == first["facts"]
    assert told["facts"] > told["yesterday_facts"]


def test_a_new_assessment_is_a_new_fact(weighed: Planned) -> None:
    weighed.plan()

    weighed.assesses(NeedLevel.FAR)

    told = joern(gathered(weighed), weighed)
    assert told["facts"] > told["yesterday_facts"]


def test_what_a_caseworker_chose_runs_for_the_length_of_the_period(weighed: Planned) -> None:
    weighed.plan()
    answered(weighed, Reply.OTHER, effort="frequent_contact")

    assert joern(gathered(weighed), weighed)["chosen"] == "frequent_contact"
    after = gathered(weighed, MONDAY + timedelta(weeks=26, days=1))
    assert joern(after, weighed)["chosen"] is None


def test_what_waits_comes_back_on_its_day(weighed: Planned) -> None:
    weighed.plan()
    back = MONDAY + timedelta(days=14)
    answered(weighed, Reply.POSTPONED, until=back)

    assert joern(gathered(weighed), weighed)["postponed_until"] == back
    assert joern(gathered(weighed, back), weighed)["postponed_until"] is None


def test_one_talk_meets_all_that_ask_for_it_and_an_interpreter_makes_it_longer(
    planned: Planned,
) -> None:
    def hours() -> float:
        duties = gathered(planned).duties.filter(citizen=str(planned.world.joern.pk))
        assert duties.filter("is_contact").height > 1
        return float(duties["hours"].sum())

    alone = hours()
    with said_of_joern(planned) as about:
        ContactWish.objects.create(language="ar", recorded_at=LONG_AGO, **about)

    assert hours() > alone >= 1.0  # the first talk takes an hour


def test_seats_are_those_of_the_starts_within_the_period(weighed: Planned) -> None:
    beyond = an_offer(weighed.world, key="later")
    a_start(weighed.world, beyond, starts_on=date(2028, 1, 10), apply_by=date(2027, 12, 18))
    always = an_offer(weighed.world, key="always")

    options = gathered(weighed).options.rows_by_key("offer", named=True, unique=True)

    assert options[str(beyond.pk)]["seats"] == 0
    assert options[str(always.pk)]["seats"] is None


def test_what_the_manager_writes_goes_before_the_catalogue(weighed: Planned) -> None:
    weighed.writes_capacities(seats={"data": 7}, budget_oere=5_000_00)

    there = dict(gathered(weighed).capacities.select("key", "amount").iter_rows())

    assert 7.0 in there.values()
    assert there["budget"] == 5000.0


def test_a_right_is_never_weighed(weighed: Planned) -> None:
    right = an_offer(weighed.world, key="weeks", right_source="LAB § 97")

    assert str(right.pk) not in gathered(weighed).options["offer"].to_list()


def test_without_a_ground_the_plan_is_plain_whatever_is_assessed(planned: Planned) -> None:
    planned.assesses()

    said = gathered(planned).settings

    assert (said.mode, said.evidence_version, said.seed) == (Mode.PLAIN, "", MONDAY.toordinal())


def test_nothing_is_weighed_against_hours_that_nobody_wrote(planned: Planned) -> None:
    planned.records_basis()

    with pytest.raises(NoCapacityPlan):
        gathered(planned)
