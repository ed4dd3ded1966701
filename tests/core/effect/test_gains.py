"""What efforts are expected to give: from studies alone, unsure in the open, by group and need."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from velvalgt.core.effect import (
    KINDS,
    NEED_LEVELS,
    SELF_SERVICE,
    Row,
    interval,
    load_evidence,
)
from velvalgt.core.effect.checking import GAINS, SHIPPED, TRIALS
from velvalgt.core.effect.weighing import pooled
from velvalgt.core.words import vocabulary

EVIDENCE = load_evidence()
ROWS = EVIDENCE.file.rows
TEXT = (SHIPPED / GAINS).read_text(encoding="utf-8")
GROUPS = [entry.word for entry in vocabulary("group")]
IDS = [effort.id for effort in EVIDENCE.efforts]
NO_PLACE = re.compile(
    r"\b(sex|gender|male|female|women|woman|nationalit\w*|origin\w*|foreign\w*|ethnic\w*|"
    r"immigra\w*|disab\w*|diagnos\w*|permit|kvind\w*|mænd|mand|køn\w*|herkomst|udenlandsk\w*|"
    r"udlænding\w*|indvandr\w*|statsborger\w*|opholds\w*|handicap\w*)\b",
    re.IGNORECASE,
)
groups, levels = st.sampled_from(GROUPS), st.sampled_from(NEED_LEVELS)
shares = st.floats(0, 1)


def texts(part: Any, language: str) -> Iterator[str]:
    """All texts in one language, wherever they stand."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [value] if key == language else texts(value, language)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each, language)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_row_says_what_was_measured_how_and_why_we_read_it_so(row: Row) -> None:
    study = EVIDENCE.study_of(row)

    assert study.source.title
    assert study.grade.words.da
    assert row.measured.status in ("confirmed", "secondhand")
    assert row.measured.conversion.da != row.measured.conversion.en
    assert row.reading.why.da != row.reading.why.en


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_only_a_well_measured_trial_may_be_surer_than_its_gain_is_large(row: Row) -> None:
    is_trial = EVIDENCE.study_of(row).grade.id in TRIALS
    is_sure = row.reading.sd < abs(row.reading.mean)

    assert not is_sure or (is_trial and row.study in EVIDENCE.file.well_measured)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_reading_is_never_larger_than_what_the_study_found(row: Row) -> None:
    measured = row.measured
    weeks = {"days_ordinary": 1 / 7, "days_employed": 1 / 7, "weeks_employed": 1.0}

    if measured.figure is not None:
        assert abs(row.reading.mean) < abs(measured.figure) * weeks[measured.unit]


@pytest.mark.parametrize(
    ("row_id", "days", "error"),
    [
        ("close_follow_up_new", 21, 6),
        ("close_follow_up_long", 5, 6),
        ("close_follow_up_far", 14, 7),
    ],
)
def test_the_austrian_trial_stands_with_its_own_figures(
    row_id: str, days: float, error: float
) -> None:
    row = next(row for row in ROWS if row.id == row_id)

    assert (row.measured.figure, row.measured.standard_error) == (days, error)


def test_nothing_in_the_table_says_who_somebody_is() -> None:
    without_comments = re.sub(r"^#.*$", "", TEXT, flags=re.MULTILINE)
    english = " ".join(texts(yaml.safe_load(TEXT), "en"))

    assert NO_PLACE.findall(without_comments) == []
    assert re.findall(r"\bmen\b", english) == []  # in Danish it means but


def test_no_sanction_and_no_threat_is_an_effort() -> None:
    told = " ".join(f"{each.id} {each.words.da} {each.words.en}" for each in EVIDENCE.efforts)

    assert re.findall(r"sanktion|sanction|threat|trussel|tvang", told, re.IGNORECASE) == []


def test_self_service_is_first_and_every_kind_of_the_catalogue_has_its_effort() -> None:
    kinds = {effort.id: effort.kind for effort in EVIDENCE.efforts}

    assert IDS[0] == SELF_SERVICE
    assert {kind: kinds[kind] for kind in KINDS} == {kind: kind for kind in KINDS}


@given(groups, levels, shares)
def test_self_service_is_what_everything_is_held_against(
    group: str, level: str, share: float
) -> None:
    gains = EVIDENCE.gains(group, level, share)

    assert (gains.mean[0], gains.sd[0]) == (0, 0)


def test_where_no_study_speaks_there_is_no_gain_rather_than_none_at_all() -> None:
    gains = EVIDENCE.gains("G1", "close")

    for effort in ("mentor", "network", "placement"):
        assert np.isnan(gains.mean[IDS.index(effort)])
        assert np.isnan(gains.sd[IDS.index(effort)])


def test_those_on_their_way_to_education_have_no_gain_in_work() -> None:
    assert EVIDENCE.outcome("G4").id == "progression"
    assert np.isnan(EVIDENCE.gains("G4", "far").mean[1:]).all()


def test_the_same_time_with_a_caseworker_gives_less_where_one_is_stuck() -> None:
    close, stuck = (EVIDENCE.gains("G1", level).mean for level in ("close", "at_risk"))
    place = IDS.index("close_follow_up")

    assert 0 < stuck[place] < close[place]


@given(groups, levels, shares, shares)
def test_the_more_get_it_the_less_is_gained(group: str, level: str, one: float, two: float) -> None:
    few, many = sorted((one, two))
    gain, less = (np.abs(EVIDENCE.gains(group, level, share).mean) for share in (few, many))

    assert (np.isnan(gain) | (less <= gain)).all()


def test_when_everyone_gets_it_half_is_taken_from_others_and_the_doubt_is_of_both() -> None:
    place = IDS.index("frequent_contact")

    alone, all_of_them = (EVIDENCE.gains("G1", "close", share) for share in (0.0, 1.0))
    doubt = (1.0 - 0.3) / np.sqrt(12)
    expected = np.sqrt((2.0 * 0.5) ** 2 + (3.5 * doubt) ** 2 + (2.0 * doubt) ** 2)

    assert alone.mean[place] == 3.5
    assert all_of_them.mean[place] == 1.75
    assert all_of_them.sd[place] == pytest.approx(expected)


@pytest.mark.parametrize("share", [-0.1, 1.1, np.nan])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        EVIDENCE.gains("G1", "close", share)


@pytest.mark.parametrize(
    ("group", "level", "said"),
    [
        ("G14", "close", "no target group 'G14'.*G13"),
        ("G1", "lost", "no level of need 'lost'.*far"),
    ],
)
def test_a_word_that_nobody_knows_is_refused_with_those_there_are(
    group: str, level: str, said: str
) -> None:
    for asked in (EVIDENCE.gains, EVIDENCE.table):
        with pytest.raises(ValueError, match=said):
            asked(group, level)


def test_an_effort_that_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no effort 'sanction'.*self_service"):
        EVIDENCE.index("sanction")


@given(st.lists(st.tuples(groups, levels), min_size=1, max_size=30), st.data())
def test_many_citizens_at_once_get_what_each_would_alone(
    pairs: list[tuple[str, str]], data: st.DataObject
) -> None:
    share = data.draw(shares)

    mean, sd = EVIDENCE.gain_matrix(
        pl.Series([group for group, _ in pairs]),
        [level for _, level in pairs],
        np.full(len(IDS), share),
    )

    assert mean.dtype == sd.dtype == np.float32
    for row, (group, level) in enumerate(pairs):
        gains = EVIDENCE.gains(group, level, share)
        np.testing.assert_array_equal(mean[row], gains.mean.astype(np.float32))
        np.testing.assert_array_equal(sd[row], gains.sd.astype(np.float32))


def test_who_has_not_been_assessed_has_no_gain_but_may_help_themselves() -> None:
    mean, _ = EVIDENCE.gain_matrix(["G1", None], [None, "close"], np.zeros(len(IDS)))

    assert (mean[:, 0] == 0).all()
    assert np.isnan(mean[:, 1:]).all()


def test_lengths_that_disagree_are_refused() -> None:
    with pytest.raises(ValueError, match="2 groups, but 1 levels"):
        EVIDENCE.gain_matrix(["G1", "G2"], ["far"], np.zeros(len(IDS)))
    with pytest.raises(ValueError, match="one for each effort"):
        EVIDENCE.gain_matrix(["G1"], ["far"], np.zeros(3))


def test_two_studies_of_one_strength_are_made_one_with_the_spread_between_them() -> None:
    mean, sd = pooled([(2.0, 1.0), (4.0, 1.0)])

    assert mean == 3.0
    assert sd == pytest.approx(np.sqrt(1 / 2 + 1))


@given(st.lists(st.tuples(st.floats(-10, 10), st.floats(0.1, 10)), min_size=1, max_size=5))
def test_what_is_made_of_several_lies_among_them(readings: list[tuple[float, float]]) -> None:
    mean, sd = pooled(readings)
    means, sds = zip(*readings, strict=True)

    assert min(means) - 1e-9 <= mean <= max(means) + 1e-9
    assert sd >= (sum(each**-2 for each in sds)) ** -0.5 - 1e-9


def test_in_nine_cases_of_ten_a_gain_lies_between_low_and_high() -> None:
    drawn = np.random.default_rng(6).normal(3.5, 2.0, 100_000)

    low, high = interval(3.5, 2.0)

    assert np.mean((low <= drawn) & (drawn <= high)) == pytest.approx(0.9, abs=0.005)


def test_a_line_to_be_shown_has_the_studies_it_rests_on() -> None:
    told = {line.effort.id: line for line in EVIDENCE.table("G1", "close")}

    row, study = told["frequent_contact"].used[0]
    assert list(told) == IDS
    assert (row.likeness, study.grade.id) == ("same", "lot_dk")
    assert told["mentor"].used == ()
    assert not told["frequent_contact"].is_weak


@pytest.mark.parametrize(
    ("efforts", "shown"),
    [
        (["course", "wage_subsidy", "mentor"], ["wage_subsidy", "course", "mentor"]),
        (["mentor", "course", "placement"], ["mentor", "placement", "course"]),
        (["course", "mentor"], ["course", "mentor"]),
        (["placement", "course"], ["placement", "course"]),
    ],
)
def test_a_graduate_sees_training_in_a_job_before_more_education(
    efforts: list[str], shown: list[str]
) -> None:
    assert EVIDENCE.order_for(["graduate"], efforts) == shown
    assert EVIDENCE.order_for([], efforts) == efforts


def test_graded_return_is_for_those_who_have_a_job_to_return_to() -> None:
    place = IDS.index("graded_return")

    assert not EVIDENCE.open_to([])[place]
    assert EVIDENCE.open_to(["employed_while_sick"])[place]
    assert all(EVIDENCE.open_to([])[:place])
