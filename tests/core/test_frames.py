"""The border of the core: good rows cross typed, the others are told why not."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velvalgt.core import frames
from velvalgt.core.frames import ColumnsMissing, Ids, Kind, RowsRejected

GOOD: dict[Kind, dict[str, Any]] = {
    "people": {"person_id": "1", "born": "1971-02-03"},
    "spells": {
        "person_id": "1",
        "benefit": "dagpenge",
        "group": "G1",
        "municipality": "099",
        "start": "2026-08-18",
        "end": None,
        "degree": "1.0",
    },
    "events": {
        "person_id": "1",
        "kind": "interview",
        "on": "2026-08-27",
        "until": None,
        "actor": "a_kasse",
        "detail": None,
    },
    "work": {
        "person_id": "1",
        "start": "2026-01-05",
        "end": "2026-02-02",
        "hours_week": "37",
        "kind": "ordinary",
    },
    "payments": {
        "person_id": "1",
        "benefit": "dagpenge",
        "start": "2026-08-31",
        "end": "2026-09-28",
        "gross_oere": "2109200",
    },
}


def text_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a CSV reader without inference gives them."""
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


@pytest.mark.parametrize("kind", frames.KINDS)
def test_a_good_row_crosses_with_the_contracts_types(kind: Kind) -> None:
    good, rejects = frames.check(kind, text_frame([GOOD[kind]]))

    assert rejects.height == 0
    assert good.height == 1
    assert good.schema == pl.Schema(frames.schema(kind))


@pytest.mark.parametrize(
    ("kind", "column", "value", "reason"),
    [
        ("spells", "person_id", "2604711234-7", "bad_person_id"),
        ("spells", "person_id", "99999999999", "bad_person_id"),
        ("spells", "person_id", None, "missing"),
        ("spells", "benefit", "Dagpenge", "unknown_word"),
        ("spells", "benefit", "", "missing"),
        ("spells", "benefit", "sho", "word_not_in_force"),
        ("spells", "group", "G14", "unknown_word"),
        ("spells", "municipality", "999", "unknown_municipality"),
        ("spells", "start", "2026-02-30", "impossible_date"),
        ("spells", "start", "18-08-2026", "impossible_date"),
        ("spells", "start", "0026-08-18", "impossible_date"),
        ("spells", "end", "2026-08-18", "end_before_start"),
        ("spells", "degree", "1.01", "out_of_range"),
        ("spells", "degree", "NaN", "out_of_range"),
        ("spells", "degree", "half", "not_a_number"),
        ("events", "kind", "chat", "unknown_word"),
        ("events", "actor", "robot", "unknown_word"),
        ("events", "until", "2026-08-01", "end_before_start"),
        ("work", "hours_week", "169", "out_of_range"),
        ("work", "kind", "odd", "unknown_word"),
        ("payments", "gross_oere", "12,50", "not_a_number"),
        ("payments", "end", None, "missing"),
        ("people", "clock_weeks", "7", "clock_incomplete"),
    ],
)
def test_a_bad_cell_is_rejected_with_its_column_and_reason(
    kind: Kind, column: str, value: str | None, reason: str
) -> None:
    bad = {**GOOD[kind], column: value}

    good, rejects = frames.check(kind, text_frame([bad]))

    told = "clock_as_of" if reason == "clock_incomplete" else column
    assert good.height == 0
    assert rejects.select("row", "column", "reason_code").rows() == [(0, told, reason)]


@pytest.mark.parametrize(("kind", "detail"), [("flag", "tall"), ("exemption", "exempt_all")])
def test_a_flag_and_an_exemption_must_be_known(kind: str, detail: str) -> None:
    rows = [{**GOOD["events"], "kind": kind, "detail": word} for word in (detail, None)]

    _, rejects = frames.check("events", text_frame(rows))

    assert rejects["reason_code"].to_list() == ["unknown_word", "missing"]


def test_of_two_open_spells_of_one_benefit_the_second_is_rejected() -> None:
    rows = [GOOD["spells"], {**GOOD["spells"], "start": "2026-09-01"}]

    good, rejects = frames.check("spells", text_frame(rows))

    assert good["start"].to_list() == [date(2026, 8, 18)]
    assert rejects.select("row", "reason_code").rows() == [(1, "second_open_spell")]


def test_two_open_spells_of_two_benefits_may_run_at_once() -> None:
    rows = [GOOD["spells"], {**GOOD["spells"], "benefit": "loentilskud"}]

    _, rejects = frames.check("spells", text_frame(rows))

    assert rejects.height == 0


@pytest.mark.parametrize(
    ("kind", "reason"), [("events", "duplicate_row"), ("people", "duplicate_person")]
)
def test_the_same_row_twice_is_kept_once(kind: Kind, reason: str) -> None:
    good, rejects = frames.check(kind, text_frame([GOOD[kind], GOOD[kind]]))

    assert good.height == 1
    assert rejects.select("row", "reason_code").rows() == [(1, reason)]


def test_a_row_with_two_faults_is_told_of_both() -> None:
    bad = {**GOOD["spells"], "benefit": "x", "start": "y"}

    _, rejects = frames.check("spells", text_frame([bad]))

    assert rejects.rows() == [
        (0, "benefit", "x", "unknown_word"),
        (0, "start", "y", "impossible_date"),
    ]


def test_a_missing_column_stops_the_whole_frame() -> None:
    with pytest.raises(ColumnsMissing, match="spells: start"):
        frames.check("spells", text_frame([GOOD["spells"]]).drop("start"))


def test_features_of_people_cross_and_other_columns_do_not() -> None:
    people, _ = frames.check("people", text_frame([{**GOOD["people"], "education": "none"}]))
    work, _ = frames.check("work", text_frame([{**GOOD["work"], "wage": "1"}]))

    assert "education" in people.columns
    assert "wage" not in work.columns


def test_records_that_must_be_good_raise_when_they_are_not() -> None:
    with pytest.raises(RowsRejected, match="unknown_word"):
        frames.rows("spells", [{**GOOD["spells"], "benefit": "x"}])


def test_keys_become_numbers_and_back_and_a_stranger_becomes_nothing() -> None:
    ids = Ids(["b7", "a1"])
    frame = pl.DataFrame({"person_id": ["a1", "b7", "zz"]})

    coded = ids.code(frame)

    assert coded["person_id"].to_list() == [1, 0, None]
    assert coded.schema["person_id"] == pl.Int32
    assert ids.label(coded)["person_id"].to_list() == ["a1", "b7", None]


def test_velby_is_in_nordjylland_and_is_nobodys_real_municipality() -> None:
    velby = frames.municipalities().filter(pl.col("code") == "099").row(0, named=True)

    assert (velby["name"], velby["region"], velby["fictitious"]) == ("Velby", "Nordjylland", True)


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "person_id": st.sampled_from(["1", "2", "x", None]),
                "benefit": st.sampled_from(["dagpenge", "sho", "?", None]),
                "group": st.sampled_from(["G1", "", "G0"]),
                "municipality": st.sampled_from(["099", "000"]),
                "start": st.sampled_from(["2026-01-01", "2026-13-01", "2024-06-01"]),
                "end": st.sampled_from([None, "2026-01-01", "2026-05-01"]),
            }
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_is_either_good_or_rejected_and_none_is_lost(rows: list[dict[str, Any]]) -> None:
    good, rejects = frames.check("spells", text_frame(rows))

    assert good.height + rejects["row"].n_unique() == len(rows)
    assert frames.check("spells", good)[1].height == 0
