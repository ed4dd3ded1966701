"""A problem held against what a problem may be; what is wrong names its row, column and mending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.problem import MICRO, BadProblem, Floats, Floor, Problem

_MOST_WEEKS = 2**53 // MICRO
"""Whole micro-weeks to this sum are exact in int64 and in float64 too."""

_BLOCK = 65_536


def checked(problem: Problem) -> Problem:
    """Check a problem in a few passes over it; nothing is filled in or changed.

    Args:
        problem: n citizens, k efforts, m capacities, as `Problem` says.

    Returns:
        The problem itself.

    Raises:
        BadProblem: the first mistake found, with its row or column, its value and its mending.
    """
    _check_shapes(problem)
    _check_numbers(problem)
    _check_sums(problem)
    _check_efforts(problem)
    _check_open(problem)
    for place, floor in enumerate(problem.floors):
        _check_floor(place, floor, problem.gain.shape)
    return problem


def _check_shapes(problem: Problem) -> None:
    for name, axes in (("gain", "(n, k)"), ("use", "(k, m)")):
        _check_array(f"`{name}`", getattr(problem, name), np.float64, None, axes)
    n, k = problem.gain.shape
    m = problem.use.shape[1]
    if not n or not k:
        raise BadProblem(
            f"`gain` has {n} rows and {k} columns: give at least one citizen and one effort."
        )
    for name, kind, shape, axes in (
        ("use", np.float64, (k, m), "(k, m)"),
        ("capacity", np.float64, (m,), "(m,)"),
        ("load", np.float64, (n, m), "(n, m)"),
        ("weight", np.float64, (n,), "(n,)"),
        ("stay", np.float64, (n, k), "(n, k)"),
        ("allowed", np.bool_, (n, k), "(n, k)"),
        ("wait", np.int64, (n,), "(n,)"),
        ("key", np.uint64, (n,), "(n,)"),
    ):
        array = getattr(problem, name)
        if array is not None or name == "capacity":
            _check_array(f"`{name}`", array, kind, shape, axes)


def _check_array(
    name: str, array: Any, kind: type[np.generic], shape: tuple[int, ...] | None, axes: str
) -> None:
    if not isinstance(array, np.ndarray):
        raise BadProblem(
            f"{name} is a {type(array).__name__}: give a numpy array {axes} of {kind.__name__}."
        )
    if array.dtype != kind:
        raise BadProblem(f"{name} holds {array.dtype}: give it as {kind.__name__}.")
    if array.ndim != axes.count(",") + (not axes.endswith(",)")):
        raise BadProblem(f"{name} has the shape {array.shape}: it must be {axes}.")
    if shape is not None and array.shape != shape:
        raise BadProblem(f"{name} has the shape {array.shape}: it must be {axes}, here {shape}.")


def _check_numbers(problem: Problem) -> None:
    for name, unit, may_be_negative in (
        ("gain", "weeks; where a pair must not be chosen, close it in `allowed`", True),
        ("use", "a number of at least 0", False),
        ("capacity", "a number of at least 0; what is not scarce needs no column", False),
        ("load", "a factor of at least 0", False),
        ("weight", "a factor of at least 0", False),
        ("stay", "weighted weeks, 0 where there is nothing to keep", True),
        ("wait", "whole days of at least 0", False),
    ):
        array = getattr(problem, name)
        if array is None or not array.size:
            continue
        # The least and the most need no array of their own and pass a NaN on.
        low, high = array.min(), array.max()
        if not (np.isfinite(low) and np.isfinite(high)):
            raise BadProblem(f"{_first(name, array, is_finite=False)}: give {unit}.")
        if low < 0 and not may_be_negative:
            raise BadProblem(f"{_first(name, array, is_finite=True)}: give {unit}.")


def _first(name: str, array: NDArray[Any], *, is_finite: bool) -> str:
    """Say where the first number stands that is not finite, or where all are, is negative."""
    for start, block in _blocks(array):
        wrong = block < 0 if is_finite else ~np.isfinite(block)
        if wrong.any():
            place = np.unravel_index(int(wrong.argmax()), block.shape)
            row = start + int(place[0])
            return _said(name, (row, *(int(each) for each in place[1:])), block[place])
    raise AssertionError(name)


def _blocks(array: NDArray[Any]) -> Iterator[tuple[int, NDArray[Any]]]:
    for start in range(0, len(array), _BLOCK):
        yield start, array[start : start + _BLOCK]


def _said(name: str, place: tuple[int, ...], value: Any) -> str:
    where = f"[{', '.join(map(str, place))}]"
    words = {
        "gain": ("row", "column"),
        "stay": ("row", "column"),
        "use": ("effort", "capacity"),
        "capacity": ("column",),
        "load": ("row", "capacity"),
    }.get(name, ("row",))
    told = ", ".join(f"{word} {at}" for word, at in zip(words, place, strict=True))
    return f"`{name}{where}` ({told}) is {value}"


def _check_sums(problem: Problem) -> None:
    """All citizens' objectives together must be whole numbers that a sum keeps exactly."""
    weight = 1.0 if problem.weight is None else float(problem.weight.max())
    most = _MOST_WEEKS / len(problem.gain)
    for name, array, factor in (("gain", problem.gain, weight), ("stay", problem.stay, 1.0)):
        if array is None:
            continue
        low, high = float(array.min()), float(array.max())
        # Half each, so that the two together stay below.
        if factor * max(high, -low) < most / 2:
            continue
        flat = int(array.argmax() if high >= -low else array.argmin())
        row, column = (int(each) for each in np.unravel_index(flat, array.shape))
        raise BadProblem(
            f"{_said(name, (row, column), array[row, column])}, with weights of up to {weight:g}:"
            f" {len(array):,} citizens' sum may not reach {_MOST_WEEKS:,} weeks; is it in weeks?"
        )


def _check_efforts(problem: Problem) -> None:
    use, capacity = problem.use, problem.capacity
    for used in np.flatnonzero(use[0]):
        raise BadProblem(
            f"`use[0, {used}]` (effort 0, capacity {used}) is {use[0, used]}: effort 0 is"
            " self-service and uses nothing; give what uses something a column of its own."
        )
    for effort in range(1, len(use)):
        least = _least_where_nobody_fits(problem, effort)
        if least is not None:
            column = int(np.argmax(least - capacity))
            raise BadProblem(
                f"Effort {effort} (column {effort} of `gain`) can never be served: everyone it is"
                f" open to would use more than there is; of capacity {column} there is"
                f" {capacity[column]:g}, and the least use is {least[column]:g}. Give more of it,"
                " mend the use or load, or close the effort in `allowed`."
            )


def _least_where_nobody_fits(problem: Problem, effort: int) -> Floats | None:
    """What the effort uses at least, where no citizen it is open to fits, even alone."""
    use, capacity, allowed = problem.use[effort], problem.capacity, problem.allowed
    if problem.load is None:
        is_open = allowed is None or bool(allowed[:, effort].any())
        return use if is_open and (use > capacity).any() else None
    least = np.full(len(capacity), np.inf)
    for start, load in _blocks(problem.load):
        used = load * use
        if allowed is not None:
            used = used[allowed[start : start + _BLOCK, effort]]
        if (used <= capacity).all(axis=1).any():
            return None
        least = np.minimum(least, used.min(axis=0, initial=np.inf))
    return least if np.isfinite(least).all() else None


def _check_open(problem: Problem) -> None:
    if problem.allowed is None:
        return
    open_to = problem.allowed.any(axis=1)
    if not open_to.all():
        row = int(open_to.argmin())
        raise BadProblem(
            f"`allowed[{row}]` (row {row}) has no open effort, so that nothing can be chosen:"
            " open self-service (column 0), or leave the citizen out."
        )


def _check_floor(place: int, floor: Floor, shape: tuple[int, ...]) -> None:
    n, k = shape
    _check_array(f"`floors[{place}].members`", floor.members, np.bool_, (n,), "(n,)")
    _check_array(f"`floors[{place}].efforts`", floor.efforts, np.bool_, (k,), "(k,)")
    asked, there = floor.at_least, int(floor.members.sum())
    if not isinstance(asked, int | np.integer) or isinstance(asked, bool) or asked < 0:
        raise BadProblem(f"`floors[{place}].at_least` is {asked!r}: give a whole number from 0 up.")
    if asked > there:
        raise BadProblem(
            f"`floors[{place}]` asks at least {asked} of a group of {there}: ask for at most"
            " as many as its `members`."
        )
