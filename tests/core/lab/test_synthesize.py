"""What holds for every synthetic municipality, whatever the seed and the size."""

from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from velvalgt.core import frames
from velvalgt.core.lab import Municipality, synthesize
from velvalgt.core.lab.parameters import read
from velvalgt.core.lab.story import SMALLEST

ON = date(2026, 11, 23)
VELBY = "099"
FRAMES = ("people", "spells", "events", "work", "payments")
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(SMALLEST, 500)
few = settings(max_examples=12, deadline=None)


@cache
def velby(n: int = 5_000, seed: int = 1) -> Municipality:
    return synthesize(VELBY, n, seed, ON)


def inside_a_spell(town: Municipality, *kinds: str) -> pl.DataFrame:
    """Events of the kinds, each with whether some spell of the person holds its day."""
    events = town.events.with_row_index("row").filter(pl.col("kind").cast(pl.String).is_in(kinds))
    ended = pl.col("end").fill_null(date(2100, 1, 1))
    last_day = (
        pl.when(pl.col("kind") == "offer_end").then(ended).otherwise(ended - pl.duration(days=1))
    )
    held = pl.col("on").is_between(pl.col("start"), last_day).fill_null(value=False)
    return (
        events.join(town.spells, on="person_id", how="left")
        .group_by("row", "person_id", "kind", "on")
        .agg(inside=held.any())
    )


@few
@given(n=sizes, seed=seeds)
def test_every_frame_passes_the_border_without_a_single_reject(n: int, seed: int) -> None:
    town = synthesize(VELBY, n, seed, ON)

    for kind in frames.KINDS:
        good, rejects = frames.check(kind, getattr(town, kind))

        assert rejects.is_empty()
        assert good.schema == getattr(town, kind).schema


@few
@given(n=sizes, seed=seeds)
def test_people_are_numbered_from_one_and_nothing_sensitive_is_known(n: int, seed: int) -> None:
    town = synthesize(VELBY, n, seed, ON)

    assert town.people["person_id"].to_list() == list(range(1, n + 1))
    assert town.people.columns == [*frames.schema("people"), "education"]


@few
@given(n=sizes, seed=seeds)
def test_periods_are_half_open_and_hold_at_least_a_day(n: int, seed: int) -> None:
    town = synthesize(VELBY, n, seed, ON)

    for frame in (town.spells, town.work, town.payments):
        assert frame.filter(pl.col("end") <= pl.col("start")).is_empty()
    assert town.spells.filter(pl.col("start") > ON).is_empty()
    assert town.events.filter(pl.col("on") > ON).is_empty()


@few
@given(n=sizes, seed=seeds)
def test_nobody_has_two_spells_on_the_same_day(n: int, seed: int) -> None:
    town = synthesize(VELBY, n, seed, ON)

    following = town.spells.sort("person_id", "start").with_columns(
        next=pl.col("start").shift(-1).over("person_id")
    )
    overlaps = following.filter(pl.col("next") < pl.col("end").fill_null(date(2100, 1, 1)))

    assert overlaps.is_empty()


@few
@given(n=sizes, seed=seeds)
def test_support_begins_at_eighteen_and_ends_at_the_pension_age(n: int, seed: int) -> None:
    town = synthesize(VELBY, n, seed, ON)

    lives = town.spells.join(town.people, on="person_id")
    last = pl.col("end").fill_null(ON)
    too_young = lives.filter(pl.col("start") < pl.col("born").dt.offset_by("18y"))
    too_old = lives.filter(last > pl.col("born").dt.offset_by("67y"))

    assert too_young.is_empty()
    assert too_old.is_empty()


@few
@given(n=sizes, seed=seeds)
def test_contacts_offers_and_assessments_lie_within_a_spell(n: int, seed: int) -> None:
    town = synthesize(VELBY, n, seed, ON)

    found = inside_a_spell(
        town, "interview", "follow_up", "offer_start", "offer_end", "leave_out", "exemption",
        "registration", "benefit_period", "first_contact", "sick_report", "request", "objection",
    )  # fmt: skip

    assert found["inside"].all()


@few
@given(seed=seeds)
def test_the_same_seed_gives_the_same_frames(seed: int) -> None:
    first, second = (synthesize(VELBY, 200, seed, ON) for _ in range(2))

    for kind in FRAMES:
        assert_frame_equal(getattr(first, kind), getattr(second, kind))
    assert first.caseload == second.caseload


def test_another_seed_gives_other_lives() -> None:
    assert not velby(300, 1).spells.equals(velby(300, 2).spells)


def test_the_groups_are_those_that_the_benefit_allows() -> None:
    allowed = {
        "dagpenge": {"G1"},
        "kontanthjaelp": {"G2", "G3", "G4", "G5"},
        "uddannelseshjaelp": {"G4", "G5"},
        "loentilskud": {"G1", "G2"},
        "sygedagpenge": {"G6"},
        "jobafklaring": {"G7"},
        "ressourceforloeb": {"G8"},
        "fleksjob": {"G9"},
        "ledighedsydelse": {"G9"},
        "revalidering": {"G10"},
        "foertidspension": {"G11"},
        "efterloen": {None},
        "seniorpension": {None},
        "tidlig_pension": {None},
    }

    pairs = velby().spells.select("benefit", "group").unique().rows()

    assert all(group in allowed[benefit] for benefit, group in pairs)
    assert {group for _, group in pairs} >= {f"G{number}" for number in range(1, 12)}


def test_the_young_got_education_help_until_the_one_cash_benefit_of_july_2025() -> None:
    spells = velby().spells
    young = spells.filter(pl.col("group").cast(pl.String).is_in(["G4", "G5"]))
    reform = date(2025, 7, 1)

    before = young.filter(pl.col("start") < reform)
    after = young.filter(pl.col("start") >= reform)

    assert set(before["benefit"]) == {"uddannelseshjaelp"}
    assert before["end"].null_count() == 0
    assert set(after["benefit"]) == {"kontanthjaelp"}


def stock(town: Municipality) -> dict[str, int]:
    """Count the citizens of each published volume anew, from the frames alone."""
    running = town.spells.filter(pl.col("end").is_null()).with_columns(
        pl.col("benefit", "group").cast(pl.String)
    )
    balance = pl.when(pl.col("kind") == "offer_start").then(1).otherwise(-1)
    offers = (
        town.events.filter(pl.col("kind").cast(pl.String).is_in(["offer_start", "offer_end"]))
        .group_by("person_id", "detail")
        .agg(open=balance.sum())
        .filter(pl.col("open") == 1)
    )
    idle = running.join(offers, on="person_id", how="anti")
    cash = pl.col("benefit") == "kontanthjaelp"
    unemployed = (pl.col("benefit") == "dagpenge") | (cash & (pl.col("group") == "G2"))
    counts = {
        name: running.filter(pl.col("benefit") == word).height for name, word in PLAIN.items()
    }
    counts["net_unemployed"] = idle.filter(unemployed).height
    counts["passive_cash_benefit"] = idle.filter(cash & (pl.col("group") != "G2")).height
    for offer in ("guidance", "company_placement", "wage_subsidy"):
        counts[offer] = offers.filter(pl.col("detail") == offer).height
    return counts


PLAIN = {
    "sick_pay": "sygedagpenge",
    "flex_job": "fleksjob",
    "between_flex_jobs": "ledighedsydelse",
    "job_clarification": "jobafklaring",
    "disability_pension": "foertidspension",
    "senior_pension": "seniorpension",
    "early_pension": "tidlig_pension",
    "early_retirement_pay": "efterloen",
    "resource_course": "ressourceforloeb",
    "rehabilitation": "revalidering",
}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_stock_on_the_day_matches_the_published_volumes(seed: int) -> None:
    counts = stock(velby(20_000, seed))
    volumes = {entry["id"]: entry["per_100000"] for entry in read("volumes")["stock"]}
    total, everyone = sum(counts.values()), sum(volumes.values())

    for name, volume in volumes.items():
        share = volume / everyone
        four_standard_errors = 4 * (total * share * (1 - share)) ** 0.5

        assert counts[name] == pytest.approx(total * share, abs=four_standard_errors), name


def test_about_a_third_of_the_stock_has_disability_pension() -> None:
    running = velby().spells.filter(pl.col("end").is_null())

    share = (running["benefit"] == "foertidspension").mean()

    assert share == pytest.approx(3935 / 11_245, abs=0.03)


def test_a_clock_is_delivered_for_everyone_on_dagpenge_and_agrees_with_the_spell() -> None:
    town = velby()
    dagpenge = town.spells.filter(pl.col("end").is_null(), pl.col("benefit") == "dagpenge")

    clocks = dagpenge.join(town.people, on="person_id")
    begins = pl.col("clock_as_of") - pl.duration(days=pl.col("clock_weeks") * 7)

    assert clocks.filter(begins.is_null() | (begins != pl.col("start"))).is_empty()
    assert clocks.filter(pl.col("clock_as_of") > ON, pl.col("a_kasse").is_null()).is_empty()
    assert town.people["clock_weeks"].count() == dagpenge.height


def test_whoever_ever_had_dagpenge_is_a_member_of_an_a_kasse_that_exists() -> None:
    town = velby()
    told = max(town.named.values())
    insured = town.spells.filter(pl.col("group") == "G1", pl.col("person_id") > told).join(
        town.people, on="person_id"
    )

    assert insured["a_kasse"].null_count() == 0
    assert set(town.people["a_kasse"].drop_nulls()) <= set(read("volumes")["history"]["a_kasser"])


def windows(town: Municipality, benefit: str, group: str, actor: str, days: int) -> pl.DataFrame:
    """Spells that lasted the whole window, with the interviews held by the actor in it."""
    stop = pl.col("end").fill_null(ON)
    spells = town.spells.with_row_index("spell").filter(
        pl.col("benefit") == benefit,
        pl.col("group") == group,
        pl.col("start") >= date(2025, 1, 1),
        (stop - pl.col("start")).dt.total_days() >= days,
    )
    held = town.events.filter(pl.col("kind") == "interview", pl.col("actor") == actor)
    day = (pl.col("on") - pl.col("start")).dt.total_days()
    return (
        spells.join(held, on="person_id", how="left")
        .group_by("spell", "person_id", pl.col("start").dt.truncate("1mo").alias("month"))
        .agg(count=day.is_between(0, days - 1).sum())
    )


@pytest.mark.parametrize(
    ("benefit", "group", "actor", "days", "least"),
    [
        ("dagpenge", "G1", "a_kasse", 92, 2),
        ("dagpenge", "G1", "municipality", 184, 2),
        ("kontanthjaelp", "G2", "municipality", 184, 4),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_cohort_is_covered_a_little_above_the_quota_but_not_wholly(
    benefit: str, group: str, actor: str, days: int, least: int, seed: int
) -> None:
    told = max(velby().named.values())
    found = windows(velby(5_000, seed), benefit, group, actor, days)

    drawn = found.filter(pl.col("person_id") > told).with_columns(ok=pl.col("count") >= least)
    cohorts = drawn.group_by("month").agg(share=pl.col("ok").mean())

    assert cohorts["share"].min() >= 0.75
    assert 0.78 <= drawn["ok"].mean() < 1.0


@pytest.mark.parametrize("seed", [1, 2])
def test_every_cohort_got_offers_within_six_months_a_little_above_the_quota(seed: int) -> None:
    town = velby(5_000, seed)
    stop = pl.col("end").fill_null(ON)
    spells = town.spells.with_row_index("spell").filter(
        pl.col("group").cast(pl.String).is_in(["G1", "G2", "G4"]),
        pl.col("benefit").cast(pl.String).is_in(["dagpenge", "kontanthjaelp"]),
        pl.col("start") >= date(2025, 8, 1),
        (stop - pl.col("start")).dt.total_days() >= 184,
        pl.col("person_id") > max(town.named.values()),
    )
    starts = town.events.filter(pl.col("kind") == "offer_start")

    day = (pl.col("on") - pl.col("start")).dt.total_days()
    got = (
        spells.join(starts, on="person_id", how="left")
        .group_by("spell", pl.col("start").dt.truncate("1mo").alias("month"))
        .agg(ok=day.is_between(0, 183).fill_null(value=False).any())
    )

    assert got.group_by("month").agg(pl.col("ok").mean())["ok"].min() >= 0.75
    assert 0.78 <= got["ok"].mean() <= 0.95


def test_nobody_has_two_offers_at_once() -> None:
    offers = (
        velby()
        .events.filter(pl.col("kind").cast(pl.String).is_in(["offer_start", "offer_end"]))
        .sort("person_id", "on", "kind", descending=[False, False, True])
    )

    step = pl.when(pl.col("kind") == "offer_start").then(1).otherwise(-1)
    running = offers.with_columns(open=step.cum_sum().over("person_id"))

    assert set(running["open"]) == {0, 1}


def test_only_a_handful_on_cash_benefit_has_not_been_met_after_the_first_week() -> None:
    town = velby()
    running = town.spells.filter(
        pl.col("end").is_null(),
        pl.col("benefit") == "kontanthjaelp",
        pl.col("group") == "G2",
        pl.col("start") < ON - timedelta(days=7),
    )
    met = town.events.filter(pl.col("kind") == "interview")

    waiting = running.join(met, on="person_id", how="anti")

    assert 3 <= waiting.height <= 10


def test_everyone_left_out_has_been_met_on_the_day_by_the_one_who_decides() -> None:
    town = velby()
    told = max(town.named.values())
    left_out = town.events.filter(pl.col("kind") == "leave_out", pl.col("person_id") > told)
    met = town.events.filter(pl.col("kind") == "interview")

    same_day = left_out.join(met, on=["person_id", "on", "actor"], how="semi")

    assert left_out.height >= 15
    assert same_day.height == left_out.height
    assert left_out["until"].null_count() == 0


def test_nobody_is_called_on_a_saturday_or_sunday() -> None:
    called = velby().events.filter(pl.col("kind").cast(pl.String).is_in(["interview", "follow_up"]))

    assert called.filter(pl.col("on").dt.weekday() > 5).is_empty()


def test_payments_cover_the_last_twelve_whole_months_and_lie_within_the_spell() -> None:
    town = velby()

    inside = town.payments.join(town.spells, on=["person_id", "benefit"], suffix="_spell").filter(
        pl.col("start") >= pl.col("start_spell"),
        pl.col("end") <= pl.col("end_spell").fill_null(date(2100, 1, 1)),
    )

    assert town.payments["start"].min() == date(2025, 11, 1)
    assert town.payments["end"].max() == date(2026, 11, 1)
    assert inside.height == town.payments.height
    assert town.payments["gross_oere"].min() > 0


def test_no_payment_is_above_the_level_that_it_is_drawn_from() -> None:
    levels = {
        benefit: 100 * entry["monthly_dkk"] for benefit, entry in read("payments")["levels"].items()
    }

    highest = (
        velby().payments.group_by(pl.col("benefit").cast(pl.String)).agg(pl.col("gross_oere").max())
    )

    assert all(most <= levels.get(benefit, 0) for benefit, most in highest.rows())


def test_flex_and_subsidised_work_lasts_as_long_as_the_spell() -> None:
    town = velby()
    flex = town.spells.filter(pl.col("benefit") == "fleksjob").select("person_id", "start", "end")
    jobs = town.work.filter(pl.col("kind") == "flex").select("person_id", "start", "end")

    assert_frame_equal(flex.sort("person_id", "start"), jobs.sort("person_id", "start"))


def test_capacities_grow_with_the_number_of_citizens() -> None:
    small, large = velby(5_000), velby(20_000)

    ratio = large.capacities["amount"] / small.capacities["amount"]

    assert ratio.to_list() == pytest.approx([4.0] * ratio.len(), rel=0.01)


@pytest.mark.parametrize(
    ("code", "n", "on"),
    [("998", 100, ON), (VELBY, SMALLEST - 1, ON), (VELBY, 100, date(2026, 6, 30))],
)
def test_an_unknown_code_too_few_people_or_an_early_day_is_refused(
    code: str, n: int, on: date
) -> None:
    with pytest.raises(ValueError, match=r"code|few|before"):
        synthesize(code, n, 1, on)
