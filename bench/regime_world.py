"""Made-up citizens for the bench of the law: raw people, spells and events, as an import has them.

Nothing is drawn to be likely, only to make every part of the law work: breaks, switches of benefit,
moves from education to job, events after the day, exemptions with and without an end.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from velvalgt.core import frames

Days = NDArray[np.datetime64]
Ints = NDArray[np.int64]
Raw = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]
Words = Sequence[str | None]

SPELLS_EACH, ROWS_EACH = 1.6, 5


class Scene(NamedTuple):
    """A benefit and group that spells have, and their share."""

    benefit: str
    group: str
    share: float


class Draw(NamedTuple):
    """A kind of event: its share, and the words of which one is drawn; None is no word."""

    kind: str
    share: float
    actors: Words
    details: Words = (None,)


SCENES = (
    Scene("dagpenge", "G1", 0.36),
    Scene("kontanthjaelp", "G2", 0.16),
    Scene("kontanthjaelp", "G3", 0.16),
    Scene("kontanthjaelp", "G4", 0.05),
    Scene("uddannelseshjaelp", "G4", 0.04),
    Scene("uddannelseshjaelp", "G5", 0.06),
    Scene("jobafklaring", "G7", 0.04),
    Scene("ressourceforloeb", "G8", 0.03),
    Scene("ledighedsydelse", "G9", 0.05),
    Scene("fleksjob", "G9", 0.02),
    Scene("revalidering", "G10", 0.02),
    Scene("kontanthjaelp", "G10", 0.01),
)
DRAWS = (
    Draw("interview", 0.36, ["municipality"]),
    Draw("interview", 0.22, ["a_kasse", "a_kasse", "joint"]),
    Draw("interview", 0.01, ["municipality"], ["form_exception", "intensified_effort"]),
    Draw("first_contact", 0.13, ["citizen"]),
    Draw("registration", 0.08, ["citizen"]),
    Draw("benefit_period", 0.02, ["a_kasse"]),
    Draw("offer_given", 0.02, ["municipality"], ["company_placement", "wage_subsidy"]),
    Draw("offer_start", 0.05, ["municipality"], ["company_placement", "basic_skills", None]),
    Draw("request", 0.04, ["citizen"], [None, "interview", "joint_interview"]),
    Draw("leave_out", 0.02, ["municipality", "a_kasse"]),
    Draw("exemption", 0.03, ["municipality"], ["exempt_leaving_within_6w", "exempt_work_sharing"]),
    Draw("exemption", 0.02, ["municipality"], ["exempt_layoff_weather", "exempt_study_within_6w"]),
)
UNDER_30 = ["G4", "G5"]
FORMS = ("in_person", "in_person", "phone", "video", None)
ENDING = ("exemption", "offer_start")
AT_THE_START = ("first_contact", "registration", "benefit_period")
ONE_CASH_BENEFIT_FROM = np.datetime64("2025-07-01", "D")


def world(citizens: int, seed: int, on: date) -> Raw:
    """People, spells and events, their words still text.

    Args:
        citizens: how many; spells and events together are five times as many.
        seed: of the generator.
        on: the day of the duties; all spells begin in the 880 days before.

    Returns:
        The people, the spells and the events.
    """
    chance = np.random.default_rng(seed)
    spells = _spells(citizens, chance, np.datetime64(on, "D"))
    people = _people(citizens, spells, chance, np.datetime64(on, "D"))
    events = _events(citizens * ROWS_EACH - spells.height, spells, chance)
    return people, spells, events


def checked(raw: Raw) -> Raw:
    """The frames across the border, as the core takes them; double rows are refused there."""
    people, spells, events = raw
    return (
        frames.check("people", people)[0],
        frames.check("spells", spells)[0],
        frames.check("events", events)[0],
    )


def _people(
    citizens: int, spells: pl.DataFrame, chance: np.random.Generator, today: np.datetime64
) -> pl.DataFrame:
    """Citizens of working age, and under 30 where they have been in a group of the young."""
    young = spells.filter(pl.col("group").is_in(UNDER_30))["person_id"].to_numpy()
    years = chance.integers(21, 62, citizens)
    years[young] = chance.integers(21, 29, young.size)
    born = today - _days(years * 365 + chance.integers(0, 365, citizens))
    return pl.DataFrame({"person_id": np.arange(citizens), "born": born})


def _spells(citizens: int, chance: np.random.Generator, today: np.datetime64) -> pl.DataFrame:
    """One spell each, and for some one before it: right before it, or with a break."""
    shares = [scene.share for scene in SCENES]
    scene = chance.choice(len(SCENES), citizens, p=shares)
    start = today - _days(chance.integers(0, 600, citizens))
    end = start + _days(chance.integers(5, 800, citizens))
    end[(end > today) | (chance.random(citizens) < 0.5)] = np.datetime64("NaT")
    earlier = chance.permutation(citizens)[: round(citizens * (SPELLS_EACH - 1))]
    other = chance.choice(len(SCENES), earlier.size, p=shares)
    scene_before = np.where(chance.random(earlier.size) < 0.5, scene[earlier], other)
    apart = chance.integers(1, 80, earlier.size) * (chance.random(earlier.size) < 0.6)
    end_before = start[earlier] - _days(apart)
    start_before = end_before - _days(chance.integers(15, 200, earlier.size))
    return _spell_frame(
        np.concatenate([np.arange(citizens), earlier]),
        np.concatenate([scene, scene_before]),
        np.concatenate([start, start_before]),
        np.concatenate([end, end_before]),
    )


def _spell_frame(person: Ints, scene: Ints, start: Days, end: Days) -> pl.DataFrame:
    late = start >= ONE_CASH_BENEFIT_FROM
    benefit = pl.Series("benefit", _picked([scene.benefit for scene in SCENES], scene))
    merged = benefit.replace("uddannelseshjaelp", "kontanthjaelp")
    return pl.DataFrame(
        {
            "person_id": person,
            "benefit": merged.zip_with(pl.Series(late), benefit),
            "group": _picked([scene.group for scene in SCENES], scene),
            "municipality": _picked(["099"], np.zeros(person.size, np.int64)),
            "start": start,
            "end": end,
            "degree": np.ones(person.size),
        }
    )


def _events(total: int, spells: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Events around spells; every fourth spell has most of them."""
    spell = chance.integers(0, spells.height, total)
    spell = np.where(chance.random(total) < 0.5, spell // 4, spell)
    draw = chance.choice(len(DRAWS), total, p=[each.share for each in DRAWS])
    before = -chance.integers(0, 15, total)
    after = chance.exponential(80, total).astype(np.int64)
    on = spells["start"].to_numpy()[spell]
    on = on + _days(np.where(_of_kinds(draw, AT_THE_START), before, after))
    until = on + _days(chance.integers(5, 90, total))
    ends = _of_kinds(draw, ENDING) & (chance.random(total) < 0.8)
    until[~ends] = np.datetime64("NaT")
    form = chance.integers(0, len(FORMS), total)
    form[~_of_kinds(draw, ("interview",))] = FORMS.index(None)
    return pl.DataFrame(
        {
            "person_id": spells["person_id"].to_numpy()[spell],
            "kind": _picked([each.kind for each in DRAWS], draw),
            "on": on,
            "until": until,
            "actor": _drawn([each.actors for each in DRAWS], draw, chance),
            "form": _picked(FORMS, form),
            "detail": _drawn([each.details for each in DRAWS], draw, chance),
        }
    )


def _of_kinds(draw: Ints, kinds: Sequence[str]) -> NDArray[np.bool_]:
    return np.isin(draw, [n for n, each in enumerate(DRAWS) if each.kind in kinds])


def _drawn(lists: Sequence[Words], which: Ints, chance: np.random.Generator) -> pl.Series:
    """A word for each row, from the list that it points to."""
    sizes = np.array([len(words) for words in lists])
    inside = (chance.random(which.size) * sizes[which]).astype(np.int64)
    return _picked(
        [word for words in lists for word in words], (np.cumsum(sizes) - sizes)[which] + inside
    )


def _days(numbers: Ints) -> NDArray[np.timedelta64]:
    return np.asarray(numbers).astype("timedelta64[D]")


def _picked(words: Words, numbers: Ints) -> pl.Series:
    return pl.Series(values=list(words), dtype=pl.String).gather(numbers)
