"""Allocation by prices, at sizes where a solver can say what the best would have been."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.core.targeting import Allocation, Floor, Infeasible, Problem
from velvalgt.core.targeting.allocating import allocate_by_prices
from velvalgt.core.targeting.quantising import CLOSED, objective

FEW = settings(max_examples=25, deadline=None)
MICRO = 1e6


def _problem(n: int, seed: int, *, floors: int = 0, closed: float = 0.1) -> Problem:
    """Random citizens, six efforts, three kinds of seats and two teams' hours."""
    draw = np.random.default_rng(seed)
    use = np.zeros((6, 5))
    use[[1, 2, 3], [0, 1, 2]] = 1
    use[1:, 3:] = draw.integers(0, 5, (5, 2)) / 2
    allowed = draw.random((n, 6)) > closed
    allowed[:, 0] = True
    groups = [
        Floor(draw.random(n) < 0.5, np.arange(6) >= 1 + f, max(1, n // 20)) for f in range(floors)
    ]
    return Problem(
        gain=draw.gamma(1.5, 2, (n, 6)) - 1,
        use=use,
        capacity=np.concatenate([draw.integers(n // 12, n // 5, 3), n * draw.uniform(0.2, 0.8, 2)]),
        load=draw.integers(0, 2, (n, 5)).astype(np.float64) if seed % 3 == 1 else None,
        weight=draw.uniform(0.5, 2, n),
        allowed=allowed,
        floors=tuple(groups),
        wait=draw.integers(0, 400, n),
        key=draw.permutation(n).astype(np.uint64),
    )


def _best(problem: Problem) -> float:
    """What the best whole choice is worth, in weighted weeks, proved by HiGHS."""
    worth = objective(problem)
    n, k = worth.shape
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("mip_rel_gap", 1e-9)
    x = [
        [
            solver.addBinary(obj=-worth[i, j] / MICRO if worth[i, j] > CLOSED else 0.0)
            for j in range(k)
        ]
        for i in range(n)
    ]
    for i, j in zip(*np.nonzero(worth == CLOSED), strict=True):
        solver.changeColBounds(x[i][j].index, 0, 0)
    for row in x:
        solver.addConstr(sum(row) == 1)
    load = np.ones((n, len(problem.capacity))) if problem.load is None else problem.load
    for r, there in enumerate(problem.capacity):
        taken = [problem.use[j, r] * load[i, r] * x[i][j] for i in range(n) for j in range(1, k)]
        solver.addConstr(sum(taken) <= float(there))
    for floor in problem.floors:
        counted = [
            x[i][j] for i in np.flatnonzero(floor.members) for j in np.flatnonzero(floor.efforts)
        ]
        solver.addConstr(sum(counted) >= floor.at_least)
    solver.run()
    return -float(solver.getInfo().objective_function_value)


def _used(problem: Problem, choice: np.ndarray) -> np.ndarray:
    each = problem.use[choice] if problem.load is None else problem.use[choice] * problem.load
    return each.sum(axis=0)


def _met(floor: Floor, choice: np.ndarray) -> int:
    return int((floor.members & floor.efforts[choice]).sum())


def _assert_keeps_everything(problem: Problem, found: Allocation) -> None:
    assert (_used(problem, found.choice) <= problem.capacity * (1 + 1e-9)).all()
    assert (
        problem.allowed is None or problem.allowed[np.arange(len(found.choice)), found.choice].all()
    )
    assert all(_met(floor, found.choice) >= floor.at_least for floor in problem.floors)
    assert found.bound >= found.value


@FEW
@given(n=st.integers(30, 300), seed=st.integers(0, 10_000), floors=st.integers(0, 2))
def test_no_capacity_is_exceeded_no_floor_missed_and_no_closed_effort_given(n, seed, floors):
    problem = _problem(n, seed, floors=floors)

    found = allocate_by_prices(problem, seed)

    _assert_keeps_everything(problem, found)
    assert np.allclose(found.used, _used(problem, found.choice))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), floors=st.integers(0, 2))
def test_the_best_choice_lies_between_the_value_and_the_bound(seed, floors):
    problem = _problem(60, seed, floors=floors)

    found = allocate_by_prices(problem, seed)

    assert found.value - 1e-5 <= _best(problem) <= found.bound + 1e-5
    assert found.gap < 0.05


def test_ten_thousand_are_allocated_within_a_thousandth_of_the_bound():
    found = allocate_by_prices(_problem(10_000, 4, floors=2), 0)

    assert found.gap < 1e-3


@FEW
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_rows_changes_nothing_for_anyone(seed):
    problem = _problem(200, seed, floors=1)
    order = np.random.default_rng(seed).permutation(200)

    found = allocate_by_prices(problem, 1)
    again = allocate_by_prices(_in_order(problem, order), 1)

    assert (again.choice == found.choice[order]).all()


def _in_order(problem: Problem, order: np.ndarray) -> Problem:
    columns = ("gain", "weight", "allowed", "wait", "key", "load")
    moved = {name: getattr(problem, name) for name in columns}
    return replace(
        problem,
        floors=tuple(replace(floor, members=floor.members[order]) for floor in problem.floors),
        **{name: column[order] for name, column in moved.items() if column is not None},
    )


@pytest.mark.parametrize("individual", [False, True])
def test_one_thread_answers_as_two_do(individual):
    problem = _problem(400_000, 5, floors=1)
    if individual:
        load = np.random.default_rng(1).uniform(0.5, 1.5, (len(problem.gain), 5))
        problem = replace(problem, load=load)
    usual = numba.get_num_threads()

    two = allocate_by_prices(problem, 0)
    numba.set_num_threads(1)
    one = allocate_by_prices(problem, 0)
    numba.set_num_threads(usual)

    assert (one.choice == two.choice).all()
    assert (one.prices == two.prices).all()
    assert (one.value, one.bound) == (two.value, two.bound)


def test_a_price_foretells_what_one_percent_more_is_worth():
    problem = _problem(20_000, 3)
    before = allocate_by_prices(problem, 0)
    dearest = int(np.argmax(before.prices * problem.capacity))
    more = problem.capacity.copy()
    more[dearest] *= 1.01

    after = allocate_by_prices(replace(problem, capacity=more), 0)

    foretold = before.prices[dearest] * problem.capacity[dearest] * 0.01
    assert after.value - before.value == pytest.approx(foretold, rel=0.1)


def test_of_equals_those_who_have_waited_longest_get_the_seats():
    wait = np.arange(500)
    problem = Problem(
        gain=np.tile([0.0, 2.0, 1.0], (500, 1)),
        use=np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]),
        capacity=np.array([50.0, 100.0]),
        wait=wait,
    )

    found = allocate_by_prices(problem, 0)

    assert (found.choice[450:] == 1).all()
    assert (found.choice[350:450] == 2).all()
    assert (found.choice[:350] == 0).all()


def test_yesterdays_choice_is_kept_where_a_change_is_worth_less_than_staying():
    gain = np.tile([0.0, 1.0, 1.1], (100, 1))
    stay = np.zeros_like(gain)
    stay[:, 1] = 0.2

    found = allocate_by_prices(Problem(gain, np.zeros((3, 0)), np.zeros(0), stay=stay), 0)

    assert (found.choice == 1).all()
    assert found.value == pytest.approx(120)
    assert found.gain == pytest.approx(100)


def test_a_must_have_is_kept_though_others_gain_more():
    problem = _problem(300, 2)
    allowed = problem.allowed.copy()
    allowed[:10] = False
    allowed[:10, 1] = True

    found = allocate_by_prices(replace(problem, allowed=allowed), 0)

    assert (found.choice[:10] == 1).all()


def test_a_capacity_of_nothing_is_used_by_nobody():
    problem = _problem(300, 2)
    problem.capacity[:] = 0

    found = allocate_by_prices(problem, 0)

    assert found.used.max() == 0
    assert found.bound >= found.value


def test_very_large_weights_are_summed_exactly():
    problem = _problem(300, 3)

    found = allocate_by_prices(replace(problem, weight=problem.weight * 1e5), 0)

    _assert_keeps_everything(replace(problem, weight=problem.weight * 1e5), found)
    assert found.gap < 0.02


def test_one_effort_alone_is_everyones():
    found = allocate_by_prices(Problem(np.ones((50, 1)), np.zeros((1, 0)), np.zeros(0)), 0)

    assert (found.choice == 0).all()
    assert (found.value, found.gap) == (50.0, 0.0)


def test_what_cannot_be_kept_is_refused_by_its_name():
    problem = _problem(300, 2)
    everybody = np.ones(300, dtype=np.bool_)
    only_a_seat = np.arange(6) == 1
    there = int(problem.capacity[0])
    floors = (Floor(everybody, ~only_a_seat, 5), Floor(everybody, only_a_seat, there + 1))

    with pytest.raises(Infeasible) as refused:
        allocate_by_prices(replace(problem, floors=floors), 0)

    assert refused.value.floors == (1,)
    assert 0 in refused.value.capacities


def test_a_floor_that_just_can_be_met_is():
    problem = _problem(300, 2)
    seats = np.arange(6) == 1
    most = int(min(problem.capacity[0], problem.allowed[:, 1].sum()))
    floor = Floor(np.ones(300, dtype=np.bool_), seats, most)

    found = allocate_by_prices(replace(problem, floors=(floor,)), 0)

    assert (found.choice == 1).sum() == most
