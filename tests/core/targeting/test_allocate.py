"""What `allocate` promises, on both sides of the switch, held against HiGHS's integer optimum."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from velvalgt.core.targeting import (
    Allocation,
    BadProblem,
    Floor,
    Infeasible,
    Problem,
    Unresolved,
    allocate,
    allocating,
)
from velvalgt.core.targeting.exact import solve_exactly
from velvalgt.core.targeting.programme import programme
from velvalgt.core.targeting.quantising import CLOSED, objective
from velvalgt.core.targeting.solving import solved

SEEDS = st.integers(0, 2**32)


def drawn(seed: int, most: int = 30) -> Problem:
    """A problem of any kind: loads, needs, closed pairs, must-haves, floors, or none of them."""
    rng = np.random.default_rng(seed)
    n, k, m = int(rng.integers(2, most)), int(rng.integers(2, 6)), int(rng.integers(1, 5))
    use = np.where(rng.random((k, m)) < 0.6, rng.integers(1, 9, (k, m)) / 4.0, 0.0)
    use[0] = 0.0
    allowed = rng.random((n, k)) < 0.85
    allowed[:, 0] |= rng.random(n) < 0.95
    allowed[np.arange(n), rng.integers(0, k, n)] = True
    return Problem(
        gain=_gains(rng, n, k),
        use=use,
        capacity=use.max(axis=0) * 2 + np.round(use.mean(axis=0) * n * rng.uniform(0.1, 0.8, m)),
        load=_sometimes(rng, rng.choice([0.5, 1.0, 2.0], (n, m))),
        weight=_sometimes(rng, rng.choice([1.0, 1.5, 2.0], n)),
        stay=_sometimes(rng, np.where(rng.random((n, k)) < 0.1, 0.5, 0.0)),
        allowed=_sometimes(rng, allowed),
        floors=tuple(
            Floor(rng.random(n) < 0.5, rng.random(k) < 0.5, int(rng.integers(0, n // 6 + 2)))
            for _ in range(rng.integers(0, 3))
        ),
        wait=_sometimes(rng, rng.integers(0, 300, n)),
        key=_sometimes(rng, rng.permutation(n).astype(np.uint64)),
    )


def _gains(rng: np.random.Generator, n: int, k: int) -> np.ndarray:
    """By group and rounded, as a table of evidence gives them, or a different one for everyone."""
    if rng.random() < 0.5:
        return rng.normal(1.0, 2.0, (n, k))
    return rng.integers(-2, 12, (4, k))[rng.integers(0, 4, n)] / 2.0


def _sometimes(rng: np.random.Generator, array: np.ndarray) -> np.ndarray | None:
    return array if rng.random() < 0.5 else None


def by_prices(problem: Problem) -> Allocation:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(allocating, "EXACT_TO", 0)
        return allocate(problem)


def assert_kept(problem: Problem, found: Allocation) -> None:
    everyone = np.arange(len(problem.gain))
    use = problem.use[found.choice]
    used = (use if problem.load is None else use * problem.load).sum(axis=0)
    assert found.used == pytest.approx(used)
    assert (used <= problem.capacity * (1 + 1e-9)).all()
    assert problem.allowed is None or problem.allowed[everyone, found.choice].all()
    for floor in problem.floors:
        assert (floor.members & floor.efforts[found.choice]).sum() >= floor.at_least


def assert_proved(problem: Problem, found: Allocation) -> None:
    everyone = np.arange(len(problem.gain))
    value = int(objective(problem)[everyone, found.choice].sum())
    assert round(found.value * 1e6) == value
    assert found.gain == pytest.approx(problem.gain[everyone, found.choice].sum())
    assert found.bound >= found.value
    assert found.gap == pytest.approx((found.bound - found.value) / (abs(found.bound) or 1))
    assert (found.prices >= 0).all()
    assert (found.floor_prices >= 0).all()


def can_be_split(problem: Problem) -> bool:
    worth = objective(problem)
    asked = programme(problem, worth != CLOSED, worth)
    return solved(asked, np.zeros(len(asked.of)), is_whole=False).is_feasible


@given(SEEDS)
@settings(max_examples=120, deadline=None)
def test_prices_are_within_their_gap_of_the_best_whole_choice(seed: int) -> None:
    problem = drawn(seed)
    try:
        best = solve_exactly(problem, 0)
        found = by_prices(problem)
    except (Infeasible, Unresolved, BadProblem):
        return

    assert_kept(problem, found)
    assert_proved(problem, found)
    assert found.value <= best.bound + 1e-6
    assert found.bound >= best.value - 1e-6
    assert best.value - found.value <= found.gap * abs(found.bound) + 1e-6


@given(SEEDS)
@settings(max_examples=100, deadline=None)
def test_few_citizens_are_allocated_within_the_law_and_the_proof(seed: int) -> None:
    problem = drawn(seed, most=100)
    try:
        found = allocate(problem)
    except (Infeasible, Unresolved, BadProblem):
        return

    assert_kept(problem, found)
    assert_proved(problem, found)
    assert found.is_exact == (found.gap == 0)


@given(SEEDS, st.booleans())
@settings(max_examples=150, deadline=None)
def test_it_is_infeasible_exactly_when_no_split_of_citizens_keeps_everything(
    seed: int, has_prices: bool
) -> None:
    problem = drawn(seed)
    few = replace(problem, capacity=np.maximum(problem.capacity / 2, problem.use.max(axis=0) * 2))
    try:
        (by_prices if has_prices else allocate)(few)
        said = False
    except Infeasible as error:
        said = bool(error.floors or error.capacities)
    except Unresolved:
        said = False
    except BadProblem:
        return

    assert said == (not can_be_split(few))


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_whoever_stands_in_another_row_gets_the_same(seed: int) -> None:
    problem = drawn(seed)
    assume(problem.key is not None)
    order = np.random.default_rng(seed).permutation(len(problem.gain))
    rows = ("gain", "load", "weight", "stay", "allowed", "wait", "key")
    arrays = {name: getattr(problem, name) for name in rows}
    moved = replace(
        problem,
        **{name: None if each is None else each[order] for name, each in arrays.items()},
        floors=tuple(replace(each, members=each.members[order]) for each in problem.floors),
    )
    try:
        found, again = by_prices(problem), by_prices(moved)
    except (Infeasible, Unresolved, BadProblem):
        return

    assert again.choice.tolist() == found.choice[order].tolist()
    assert again.value == found.value


def many(n: int, seed: int = 0) -> Problem:
    rng = np.random.default_rng(seed)
    use = np.array([[0, 0, 0], [1, 0, 0.5], [0, 1, 1.0], [0, 0, 2.0]])
    return Problem(
        gain=rng.gamma(2.0, 1.0, (n, 4)) * [0.2, 1.0, 1.0, 0.7],
        use=use,
        capacity=np.array([0.1, 0.2, 0.5]) * n,
        weight=rng.choice([1.0, 1.5, 2.0], n),
        wait=rng.integers(0, 400, n),
        key=rng.permutation(n).astype(np.uint64),
    )


@pytest.mark.parametrize("capacity", [0, 1, 2])
def test_a_price_foretells_what_one_percent_more_would_give(capacity: int) -> None:
    problem = many(20_000)
    more = problem.capacity.copy()
    more[capacity] *= 1.01

    found = allocate(problem)
    given_more = allocate(replace(problem, capacity=more))

    foretold = found.prices[capacity] * (more - problem.capacity)[capacity]
    unproved = (found.bound - found.value) + (given_more.bound - given_more.value)
    assert given_more.value - found.value == pytest.approx(foretold, rel=0.1, abs=unproved)


def test_the_price_of_a_floor_foretells_what_one_percent_less_would_give() -> None:
    problem = many(20_000)
    floor = Floor(problem.wait > 200, np.array([False, True, True, False]), 3_600)
    asked = replace(problem, floors=(floor,))
    less = replace(problem, floors=(replace(floor, at_least=3_564),))

    found, given_less = allocate(asked), allocate(less)

    foretold = found.floor_prices[0] * 36
    assert foretold > 0
    assert given_less.value - found.value == pytest.approx(foretold, rel=0.1)


def test_many_citizens_are_allocated_closely() -> None:
    problem = many(20_000)

    found = allocate(problem)

    assert_kept(problem, found)
    assert_proved(problem, found)
    assert not found.is_exact
    assert found.gap < 1e-3


def test_both_sides_of_the_switch_agree() -> None:
    problem = many(2_000)

    assert by_prices(problem).value == pytest.approx(allocate(problem).value, rel=1e-3)


@pytest.mark.parametrize("n", [20, 3_000])
def test_a_floor_that_cannot_be_met_is_never_missed_in_silence(n: int) -> None:
    problem = many(n)
    floor = Floor(np.ones(n, dtype=np.bool_), np.array([False, True, False, False]), n // 2)

    with pytest.raises(Infeasible, match="floor 0") as caught:
        allocate(replace(problem, floors=(floor,)))
    assert (caught.value.floors, caught.value.capacities) == ((0,), (0,))


@pytest.mark.parametrize("n", [20, 3_000])
def test_a_bad_problem_is_refused_on_both_sides_of_the_switch(n: int) -> None:
    problem = many(n)
    problem.gain[n - 1, 2] = np.nan

    with pytest.raises(BadProblem, match=f"row {n - 1}, column 2"):
        allocate(problem)
