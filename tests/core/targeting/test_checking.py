"""What is no problem is said with its row or column, its value and its mending."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from velvalgt.core.targeting.checking import checked
from velvalgt.core.targeting.problem import BadProblem, Floor, Problem

CITIZENS, EFFORTS = 4, 3


def sound() -> Problem:
    return Problem(
        gain=np.arange(12.0).reshape(CITIZENS, EFFORTS),
        use=np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]]),
        capacity=np.array([2.0, 5.0]),
        load=np.ones((CITIZENS, 2)),
        weight=np.ones(CITIZENS),
        stay=np.zeros((CITIZENS, EFFORTS)),
        allowed=np.ones((CITIZENS, EFFORTS), dtype=np.bool_),
        floors=(floor(),),
        wait=np.arange(CITIZENS, dtype=np.int64),
        key=np.arange(CITIZENS, dtype=np.uint64),
    )


def floor(**changes: Any) -> Floor:
    whole = Floor(np.array([True, True, True, False]), np.array([False, True, True]), 2)
    return replace(whole, **changes)


def with_one(name: str, place: Any, value: Any) -> Problem:
    array = getattr(sound(), name).copy()
    array[place] = value
    return replace(sound(), **{name: array})


def complaint(problem: Problem) -> str:
    with pytest.raises(BadProblem) as caught:
        checked(problem)
    return str(caught.value)


def test_a_sound_problem_comes_back_as_it_is() -> None:
    problem = sound()

    assert checked(problem) is problem


def test_what_is_left_out_stays_left_out() -> None:
    whole = sound()
    problem = checked(Problem(whole.gain, whole.use, whole.capacity))

    assert problem.load is problem.weight is problem.stay is problem.allowed is None


def test_efforts_that_share_nothing_scarce_are_a_problem_too() -> None:
    checked(Problem(np.ones((2, 2)), np.zeros((2, 0)), np.zeros(0)))


@pytest.mark.parametrize(
    ("name", "place", "value", "said"),
    [
        ("gain", (2, 1), np.nan, ["gain[2, 1]", "row 2, column 1", "nan", "weeks"]),
        ("gain", (0, 2), -np.inf, ["row 0, column 2", "-inf", "`allowed`"]),
        ("stay", (3, 0), np.inf, ["stay[3, 0]", "row 3, column 0", "inf"]),
        ("use", (1, 1), np.nan, ["use[1, 1]", "effort 1, capacity 1", "nan"]),
        ("use", (2, 1), -2.0, ["effort 2, capacity 1", "-2.0", "at least 0"]),
        ("capacity", 1, -5.0, ["capacity[1]", "column 1", "-5.0", "at least 0"]),
        ("capacity", 0, np.inf, ["column 0", "inf", "not scarce"]),
        ("load", (3, 1), -0.5, ["load[3, 1]", "row 3, capacity 1", "-0.5"]),
        ("load", (1, 0), np.nan, ["row 1, capacity 0", "nan"]),
        ("weight", 2, -1.0, ["weight[2]", "row 2", "-1.0", "at least 0"]),
        ("wait", 1, -7, ["wait[1]", "row 1", "-7", "days"]),
    ],
)
def test_a_wrong_number_is_named_by_its_place(
    name: str, place: Any, value: float, said: list[str]
) -> None:
    message = complaint(with_one(name, place, value))

    assert all(words in message for words in said), message


def test_a_wrong_number_far_down_is_named_by_its_own_row() -> None:
    gain = np.zeros((200_000, 2))
    gain[150_001, 1] = np.nan

    assert "row 150001, column 1" in complaint(Problem(gain, np.zeros((2, 1)), np.ones(1)))


@pytest.mark.parametrize(
    ("name", "array", "said"),
    [
        ("gain", np.zeros(4), "(n, k)"),
        ("gain", np.zeros((0, 3)), "0 rows"),
        ("use", np.zeros((2, 2)), "here (3, 2)"),
        ("capacity", np.zeros(3), "here (2,)"),
        ("load", np.ones((4, 3)), "here (4, 2)"),
        ("weight", np.ones(5), "here (4,)"),
        ("stay", np.zeros((3, 4)), "here (4, 3)"),
        ("allowed", np.ones((4, 2), dtype=np.bool_), "here (4, 3)"),
        ("key", np.arange(3, dtype=np.uint64), "here (4,)"),
    ],
)
def test_a_wrong_shape_is_told_with_the_right_one(name: str, array: Any, said: str) -> None:
    message = complaint(replace(sound(), **{name: array}))

    assert f"`{name}`" in message
    assert said in message


@pytest.mark.parametrize(
    ("name", "array", "said"),
    [
        ("gain", np.zeros((4, 3), dtype=np.float32), "give it as float64"),
        ("allowed", np.ones((4, 3), dtype=np.int64), "give it as bool"),
        ("wait", np.zeros(4), "give it as int64"),
        ("key", np.arange(4), "give it as uint64"),
        ("capacity", [2.0, 5.0], "list"),
        ("capacity", None, "NoneType"),
    ],
)
def test_a_wrong_kind_is_told_with_the_right_one(name: str, array: Any, said: str) -> None:
    message = complaint(replace(sound(), **{name: array}))

    assert f"`{name}`" in message
    assert said in message


def test_self_service_that_uses_something_is_refused() -> None:
    message = complaint(with_one("use", (0, 1), 0.5))

    assert "effort 0, capacity 1" in message
    assert "0.5" in message


def test_a_citizen_with_nothing_open_is_named() -> None:
    message = complaint(with_one("allowed", 2, False))

    assert "row 2" in message
    assert "self-service" in message


def test_an_effort_that_nobody_can_be_served_is_named() -> None:
    message = complaint(with_one("capacity", 1, 1.5))

    assert "Effort 2" in message
    assert "of capacity 1 there is 1.5, and the least use is 2" in message


def test_an_effort_without_capacity_is_no_mistake_where_it_is_closed_to_all() -> None:
    problem = replace(with_one("capacity", 1, 0.0), floors=())
    problem.allowed[:, 2] = False

    checked(problem)


def test_an_effort_that_one_citizen_can_be_served_is_no_mistake() -> None:
    problem = with_one("load", (slice(0, 3), 1), 9.0)

    checked(problem)


def test_an_effort_too_heavy_for_all_it_is_open_to_is_named() -> None:
    problem = with_one("load", (slice(0, 3), 1), 9.0)
    problem.allowed[3, 2] = False

    message = complaint(problem)

    assert "Effort 2" in message
    assert "of capacity 1 there is 5, and the least use is 18" in message


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"members": np.ones(3, dtype=np.bool_)}, "floors[0].members"),
        ({"efforts": np.ones(4, dtype=np.bool_)}, "floors[0].efforts"),
        ({"members": np.ones(4)}, "give it as bool"),
        ({"at_least": 4}, "at least 4 of a group of 3"),
        ({"at_least": -1}, "is -1"),
        ({"at_least": 1.5}, "is 1.5"),
    ],
)
def test_a_wrong_floor_is_named(changes: dict[str, Any], said: str) -> None:
    message = complaint(replace(sound(), floors=(floor(**changes),)))

    assert "floors[0]" in message
    assert said in message


@pytest.mark.parametrize("name", ["gain", "stay"])
def test_sums_that_cannot_be_counted_are_named(name: str) -> None:
    message = complaint(with_one(name, (1, 2), -1e12))

    assert "row 1, column 2" in message
    assert "-1000000000000.0" in message
    assert "is it in weeks?" in message


def test_a_large_weight_counts_in_the_sum() -> None:
    assert "up to 1e+09" in complaint(with_one("weight", 0, 1e9))
