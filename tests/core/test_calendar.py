"""Calendar months and spans of time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from velvalgt.core.calendar import Span, add_months
from velvalgt.core.words import possible_days


def days(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[D]")


@pytest.mark.parametrize(
    ("start", "months", "reached"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-08-18", 3, "2026-11-18"),
        ("1969-11-30", 3, "1970-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
    ],
)
def test_a_calendar_month_is_clipped_to_the_months_end(
    start: str, months: int, reached: str
) -> None:
    assert add_months(days(start), months) == days(reached)


@given(st.dates(*possible_days()).map(np.datetime64), st.integers(0, 60))
def test_months_only_ever_lead_to_the_right_month_and_no_later_day(
    start: np.datetime64, months: int
) -> None:
    reached = add_months(np.array([start], dtype="datetime64[D]"), months)[0]

    assert reached.astype("datetime64[M]") == start.astype("datetime64[M]") + months
    assert reached.item().day <= start.item().day


@pytest.mark.parametrize("text", ["3", "mt", "3 mt", "-1w", "1y", ""])
def test_what_is_not_a_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a span"):
        Span.parse(text)


def test_a_span_reads_and_writes_itself() -> None:
    assert [str(Span.parse(text)) for text in ("3mt", "2w", "10d")] == ["3mt", "2w", "10d"]
