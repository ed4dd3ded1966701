"""How many times are missing is arithmetic: nothing is negative, and more hours never lack more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from velvalgt.apps.meetings.forecast import plan, times_by_week

WEEK = 7 * 24 * 60
counts = arrays(np.int64, (3, 5), elements=st.integers(0, 40))
gaps = st.lists(st.tuples(st.integers(0, 3 * WEEK), st.integers(1, 600)), max_size=8)


def test_what_is_due_first_is_met_first() -> None:
    due, free = np.array([[2, 0, 3]]), np.array([[1, 1, 2]])

    planned = plan(due, free)

    assert planned.used.tolist() == [[1, 1, 2]]
    assert planned.missing.tolist() == [[1, 0, 0]]


def test_a_quiet_week_takes_what_is_due_later() -> None:
    planned = plan(np.array([[0, 0, 9]]), np.array([[5, 5, 0]]))

    assert planned.used.tolist() == [[5, 4, 0]]
    assert planned.missing.sum() == 0


def test_shapes_that_disagree_and_numbers_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="due is"):
        plan(np.zeros((1, 2), np.int64), np.zeros((2, 1), np.int64))
    with pytest.raises(ValueError, match="negative"):
        plan(np.array([[-1]]), np.array([[1]]))


@given(counts, counts)
def test_all_that_is_due_is_either_met_or_missing(due: np.ndarray, free: np.ndarray) -> None:
    planned = plan(due, free)

    assert (planned.used >= 0).all()
    assert (planned.missing >= 0).all()
    assert (planned.used <= free).all()
    assert (planned.missing <= due).all()
    met = planned.used.sum(axis=1) + planned.missing.sum(axis=1)
    assert (met == due.sum(axis=1)).all()


@given(counts, counts, st.integers(0, 2), st.integers(0, 4))
def test_one_more_free_time_never_makes_more_missing(
    due: np.ndarray, free: np.ndarray, unit: int, week: int
) -> None:
    more = free.copy()
    more[unit, week] += 1

    assert (plan(due, more).missing <= plan(due, free).missing).all()


def periods(found: list[tuple[int, int]]) -> np.ndarray:
    from velvalgt.apps.meetings.openings import merged

    rows = [(begins, begins + length) for begins, length in found]
    return merged(np.array(rows, dtype=np.int64).reshape(-1, 2))


@given(gaps, st.tuples(st.integers(0, 3 * WEEK), st.integers(1, 600)))
def test_an_hour_more_never_has_room_for_fewer(
    found: list[tuple[int, int]], more: tuple[int, int]
) -> None:
    weeks = np.arange(4) * WEEK

    before = times_by_week(periods(found), weeks, 60)
    after = times_by_week(periods([*found, more]), weeks, 60)
    assert (after >= before).all()


def test_a_gap_is_counted_in_whole_meetings() -> None:
    free = np.array([[0, 119], [200, 380]])

    assert times_by_week(free, np.array([0, WEEK]), 60).tolist() == [1 + 3]
