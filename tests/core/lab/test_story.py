"""The people of the demo's story have the lives that the story tells."""

from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest

from velvalgt.core.lab import Municipality, synthesize

ON = date(2026, 11, 23)


@cache
def velby(on: date = ON) -> Municipality:
    return synthesize("099", 5_000, 1, on)


def of(town: Municipality, name: str, frame: str) -> pl.DataFrame:
    """One named person's rows of a frame."""
    found: pl.DataFrame = getattr(town, frame)
    return found.filter(pl.col("person_id") == town.named[name])


def age(town: Municipality, name: str) -> int:
    born: date = of(town, name, "people")["born"].item()
    return town.on.year - born.year - ((town.on.month, town.on.day) < (born.month, born.day))


def days_of(town: Municipality, name: str, kind: str, actor: str) -> list[date]:
    events = of(town, name, "events")
    found = events.filter(pl.col("kind") == kind, pl.col("actor") == actor)
    return sorted(found["on"])


def test_amalie_comes_from_her_a_kasse_after_three_months() -> None:
    town = velby()
    spell = of(town, "Amalie", "spells").row(0, named=True)

    assert age(town, "Amalie") == 29
    assert (spell["benefit"], spell["group"], spell["start"], spell["end"]) == (
        "dagpenge", "G1", date(2026, 8, 18), None,
    )  # fmt: skip
    assert days_of(town, "Amalie", "interview", "a_kasse") == [
        date(2026, 8, 28), date(2026, 10, 5), date(2026, 11, 2),
    ]  # fmt: skip


def test_amalie_met_the_municipality_in_person_on_thursday() -> None:
    events = of(velby(), "Amalie", "events")

    first = events.filter(pl.col("actor") == "municipality").row(0, named=True)

    assert (first["on"], first["form"]) == (date(2026, 11, 19), "in_person")


def test_joern_asks_for_help_today_after_sick_leave_and_ended_jobs() -> None:
    town = velby()
    spells = of(town, "Jørn", "spells")

    assert age(town, "Jørn") == 55
    assert of(town, "Jørn", "people")["education"].item() == "primary"
    assert spells["benefit"].to_list() == ["sygedagpenge", "sygedagpenge", "kontanthjaelp"]
    assert spells["start"].max() == ON
    assert days_of(town, "Jørn", "first_contact", "citizen") == [ON]
    assert of(town, "Jørn", "work")["end"].null_count() == 0


@pytest.mark.parametrize(("name", "days_left"), [("Ali", 1), ("Mette", -7), ("Jørn", 7)])
def test_those_not_met_yet_have_a_week_from_their_first_contact(name: str, days_left: int) -> None:
    contact = days_of(velby(), name, "first_contact", "citizen")[-1]

    assert contact + timedelta(days=7) - ON == timedelta(days=days_left)
    assert days_of(velby(), name, "interview", "municipality") == []


@pytest.mark.parametrize(
    ("name", "kind", "detail"),
    [
        ("Sara", "request", "course"),
        ("Bo", "sick_report", None),
        ("Freja", "request", "interview"),
        ("Henrik", "objection", "leave_out"),
        ("Ida", "exemption", "exempt_leaving_within_6w"),
    ],
)
def test_something_arrived_from_them_within_the_last_week(
    name: str, kind: str, detail: str | None
) -> None:
    events = of(velby(), name, "events").filter(pl.col("kind") == kind)

    assert events["detail"].to_list() == [detail]
    assert ON - timedelta(days=7) <= events["on"].item() < ON


def test_vibeke_reaches_sixteen_months_on_saturday_without_the_intensified_interview() -> None:
    events = of(velby(), "Vibeke", "events")
    start: date = of(velby(), "Vibeke", "spells")["start"].item()

    assert start == date(2025, 7, 28)
    assert "intensified_effort" not in events["detail"].to_list()


def test_tine_has_seventy_cases_near_work_and_the_named_are_among_them() -> None:
    town = velby()
    running = town.spells.filter(
        pl.col("end").is_null(), pl.col("person_id").is_in(list(town.caseload))
    )

    assert len(set(town.caseload)) == 70
    assert set(town.named.values()) <= set(town.caseload)
    assert running.height == 70
    assert set(running["group"]) == {"G1", "G2", "G9"}


def test_the_story_moves_with_the_day_and_ages_stay_the_same() -> None:
    later = velby(ON + timedelta(weeks=4))

    assert of(later, "Amalie", "spells")["start"].item() == date(2026, 9, 15)
    assert age(later, "Amalie") == 29


def test_a_small_municipality_has_the_whole_story_and_a_shorter_caseload() -> None:
    unit = synthesize("099", 60, 1, ON)

    assert set(unit.named.values()) <= set(unit.caseload)
    assert len(unit.caseload) < 70
