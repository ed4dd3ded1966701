"""How caseworkers see the need in the synthetic municipality: by life and group, made up."""

from datetime import date
from functools import cache

import polars as pl

from velvalgt.core.lab import Municipality, synthesize

ON = date(2026, 11, 23)


@cache
def velby(seed: int = 1) -> Municipality:
    return synthesize("099", 5_000, seed, ON)


def share_at_risk(town: Municipality, group: str) -> float:
    """The share of a group that risks getting stuck or is far from work."""
    running = town.spells.filter(pl.col("end").is_null(), pl.col("group") == group)
    levels = town.needs.join(running, on="person_id")["level"].cast(pl.String)
    return float(levels.is_in(["at_risk", "far"]).mean() or 0.0)


def test_only_those_who_have_been_met_since_their_support_began_are_assessed() -> None:
    town = velby()
    running = town.spells.filter(pl.col("end").is_null())
    talks = town.events.filter(pl.col("kind").cast(pl.String).is_in(["interview", "follow_up"]))
    met = running.join(talks, on="person_id").filter(pl.col("on") >= pl.col("start"))

    assert set(town.needs["person_id"]) - set(met["person_id"]) == {town.named["Jørn"]}
    assert 1_500 < town.needs.height < 2_000


def test_nobody_with_a_pension_is_asked_how_far_from_work_they_are() -> None:
    running = velby().spells.filter(pl.col("end").is_null())
    groups = velby().needs.join(running, on="person_id")["group"].cast(pl.String)

    assert "G11" not in set(groups)
    assert groups.null_count() == 0


def test_who_is_far_from_work_by_their_benefit_is_assessed_so_more_often() -> None:
    assert share_at_risk(velby(), "G1") < share_at_risk(velby(), "G2")
    assert share_at_risk(velby(), "G2") < share_at_risk(velby(), "G3")


def test_the_story_says_how_its_own_people_are_seen() -> None:
    town = velby()
    level = dict(town.needs.select("person_id", pl.col("level").cast(pl.String)).iter_rows())

    seen = {name: level.get(number) for name, number in town.named.items()}

    assert (seen["Amalie"], seen["Jørn"], seen["Sara"]) == ("close", "at_risk", "some_help")
    assert (seen["Ali"], seen["Mette"]) == (None, None)  # nobody has talked with them yet


def test_the_same_seed_gives_the_same_levels_and_another_seed_others() -> None:
    again = synthesize("099", 5_000, 1, ON)

    assert again.needs.equals(velby().needs)
    assert not velby(2).needs.equals(velby().needs)


def test_a_place_without_the_story_has_lives_and_none_of_its_people() -> None:
    town = synthesize("099", 120, 2, ON, has_story=False)

    assert town.people["person_id"].to_list() == list(range(1, 121))
    assert (town.named, town.caseload) == ({}, ())
    assert town.needs.height > 20
