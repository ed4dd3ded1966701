"""Nobody whom the law exempts is invited or summoned: the stories, told to the law."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.world.factories import CaseFactory, CitizenFactory, EntryFactory, SpellFactory
from tests.world.meetings import NOW, at, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.people.models import Citizen

FIRST = "k3_first_for_all"
PATH = Path(__file__).parent / "stories" / "who_may_be_asked.yaml"
STORIES: list[dict[str, Any]] = yaml.safe_load(PATH.read_text("utf-8"))

pytestmark = pytest.mark.usefixtures("office")


def somebody(world: World, facts: list[dict[str, Any]]) -> Citizen:
    """Somebody on cash benefit since October, to whom this has happened."""
    with world.building():
        citizen = CitizenFactory(tenant=world.tenant)
        CaseFactory(citizen=citizen, unit=world.team, caseworker=world.tine)
        SpellFactory(citizen=citizen)
        for fact in facts:
            told = {name: value for name, value in fact.items() if name != "from"}
            EntryFactory(citizen=citizen, on=fact["from"], **{"form": "", **told})
    return citizen


@pytest.mark.parametrize("story", STORIES, ids=[story["name"] for story in STORIES])
def test_who_may_be_invited_and_who_summoned(tine: World, story: dict[str, Any]) -> None:
    citizen = somebody(tine, story["facts"])
    rule, day = story.get("rule", FIRST), story["day"]
    meets: date = story.get("meets", day)

    invited = queries.why_not_invited(citizen, story.get("type", "first_interview"), rule, day)
    summoned = queries.why_not_summoned(citizen, rule, day, meets)

    assert (invited or "yes", summoned or "yes") == (story["invited"], story["summoned"])


def test_there_are_stories_of_every_reason_that_a_life_can_give() -> None:
    told = {story["summoned"] for story in STORIES} | {"no_case", "suspended", "lapsed"}

    assert {*queries.WhyNot.values} <= told


def test_whoever_has_no_case_here_is_asked_to_nothing(tine: World) -> None:
    with tine.building():
        stranger = CitizenFactory(tenant=tine.tenant)

        assert queries.why_not_summoned(stranger, FIRST, NOW.date(), NOW.date()) == "no_case"


def test_the_right_to_a_talk_on_request_is_never_refused(tine: World) -> None:
    exempt = {"kind": "exemption", "from": date(2026, 11, 2), "detail": "exempt_layoff_weather"}
    citizen = somebody(tine, [exempt])

    meeting = services.book(
        citizen=citizen,
        wanted=wanted(tine),
        starts_at=at(25, 10),
        permitted=frozenset(Way),
        hand=services.Hand(tine.tine, NOW, is_staff=False),
    )

    assert meeting.is_citizens_wish
