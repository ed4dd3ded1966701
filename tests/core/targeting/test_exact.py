"""The exact choice against every choice there is, and who goes first where it makes no odds."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.core.targeting.conflicts import conflict
from velvalgt.core.targeting.exact import solve_exactly
from velvalgt.core.targeting.problem import Floor, Infeasible, Ints, Problem, Unresolved
from velvalgt.core.targeting.quantising import objective, tie_rank
from velvalgt.core.targeting.turns import used_by

SEATS, HOURS = 0, 1


def waiting(gain: list[list[float]], seats: float, wait: list[int]) -> Problem:
    """Efforts that each take one of the same seats, except self-service."""
    k = len(gain[0])
    use = np.ones((k, 1))
    use[0] = 0.0
    return Problem(
        np.array(gain),
        use,
        np.array([seats]),
        wait=np.array(wait, dtype=np.int64),
        key=np.arange(10, 10 + len(gain), dtype=np.uint64),
    )


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    """Few citizens, few efforts, few worths: many ties, and often too little of everything."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    n, k, m = int(rng.integers(1, 6)), int(rng.integers(1, 4)), int(rng.integers(1, 3))
    use = rng.integers(0, 4, (k, m)) / 2.0
    use[0] = 0.0
    allowed = rng.random((n, k)) < 0.8
    allowed[:, 0] |= rng.random(n) < 0.7
    allowed[np.arange(n), rng.integers(0, k, n)] = True
    floors = tuple(
        Floor(rng.random(n) < 0.6, rng.random(k) < 0.6, int(rng.integers(0, 3)))
        for _ in range(rng.integers(0, 3))
    )
    return Problem(
        gain=rng.integers(-2, 4, (n, k)) / 2.0,
        use=use,
        capacity=rng.integers(0, 5, m) / 1.0,
        load=rng.integers(1, 3, (n, m)) / 1.0 if rng.random() < 0.4 else None,
        weight=rng.integers(1, 3, n) / 1.0,
        stay=rng.integers(0, 2, (n, k)) / 4.0 if rng.random() < 0.4 else None,
        allowed=allowed,
        floors=floors,
        wait=rng.integers(0, 3, n),
        key=rng.permutation(n).astype(np.uint64),
    )


def keeps(problem: Problem, choice: Ints) -> bool:
    everyone = np.arange(len(choice))
    return bool(
        (problem.allowed is None or problem.allowed[everyone, choice].all())
        and (used_by(problem, choice) <= problem.capacity + 1e-9).all()
        and all(
            (floor.members & floor.efforts[choice]).sum() >= floor.at_least
            for floor in problem.floors
        )
    )


def choices_kept(problem: Problem) -> list[Ints]:
    n, k = problem.gain.shape
    every = (np.array(choice) for choice in product(range(k), repeat=n))
    return [choice for choice in every if keeps(problem, choice)]


def total(problem: Problem, choice: Ints) -> int:
    return int(objective(problem)[np.arange(len(choice)), choice].sum())


def shuffled(problem: Problem, order: Ints) -> Problem:
    by_row = ("gain", "load", "weight", "stay", "allowed", "wait", "key")
    rows = {name: getattr(problem, name) for name in by_row}
    return replace(
        problem,
        **{name: None if array is None else array[order] for name, array in rows.items()},
        floors=tuple(replace(each, members=each.members[order]) for each in problem.floors),
    )


@given(small_problems())
@settings(max_examples=150, deadline=None)
def test_no_choice_there_is_is_worth_more(problem: Problem) -> None:
    kept = choices_kept(problem)
    try:
        found = solve_exactly(problem, 0)
    except (Infeasible, Unresolved):
        assert not kept
        return

    assert keeps(problem, found.choice)
    assert round(found.value * 1e6) == max(total(problem, choice) for choice in kept)
    assert found.is_exact
    assert found.bound == found.value
    assert found.gap == 0
    assert found.used == pytest.approx(used_by(problem, found.choice))


@given(small_problems(), st.integers(0, 9))
@settings(max_examples=80, deadline=None)
def test_nobody_would_trade_with_somebody_behind_them(problem: Problem, seed: int) -> None:
    try:
        found = solve_exactly(problem, seed)
    except (Infeasible, Unresolved):
        return
    worth, rank = objective(problem), tie_rank(problem, seed)
    everyone = np.arange(len(rank))
    own = worth[everyone, found.choice]

    for other in choices_kept(problem):
        changed = np.flatnonzero(other != found.choice)
        if len(changed) != 2 or total(problem, other) != own.sum():
            continue
        front = changed[rank[changed].argmin()]
        assert worth[front, other[front]] <= own[front]


@given(small_problems(), st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_the_order_of_the_rows_decides_nothing(problem: Problem, shuffle: int) -> None:
    order = np.random.default_rng(shuffle).permutation(len(problem.gain))
    try:
        found = solve_exactly(problem, 3)
    except (Infeasible, Unresolved):
        return

    again = solve_exactly(shuffled(problem, order), 3)

    assert again.choice.tolist() == found.choice[order].tolist()


def test_of_equals_the_longest_wait_goes_first() -> None:
    problem = waiting([[0.0, 2.0]] * 4, seats=2, wait=[5, 80, 3, 40])

    assert solve_exactly(problem, 0).choice.tolist() == [0, 1, 0, 1]


def test_the_longest_wait_goes_first_among_unlikes_who_are_worth_the_same_together() -> None:
    problem = waiting([[0.0, 2.0], [1.0, 3.0], [0.5, 2.5]], seats=1, wait=[5, 8, 30])

    assert solve_exactly(problem, 0).choice.tolist() == [0, 0, 1]


def test_equal_waits_go_by_the_key_and_the_seed() -> None:
    problem = waiting([[0.0, 2.0]] * 12, seats=6, wait=[7] * 12)

    chosen = {tuple(solve_exactly(problem, seed).choice.tolist()) for seed in range(5)}

    assert len(chosen) > 1


def test_a_seat_that_helps_no_more_than_self_service_stays_free() -> None:
    problem = waiting([[1.0, 1.0], [0.0, 0.0]], seats=2, wait=[5, 8])

    assert solve_exactly(problem, 0).choice.tolist() == [0, 0]


def test_a_must_have_is_kept_against_a_greater_gain() -> None:
    problem = waiting([[0.0, 1.0], [0.0, 9.0]], seats=1, wait=[0, 0])
    allowed = np.array([[False, True], [True, True]])

    assert solve_exactly(replace(problem, allowed=allowed), 0).choice.tolist() == [1, 0]


def test_a_no_is_kept_against_a_greater_gain() -> None:
    problem = waiting([[0.0, 1.0], [0.0, 9.0]], seats=1, wait=[0, 0])
    allowed = np.array([[True, True], [True, False]])

    assert solve_exactly(replace(problem, allowed=allowed), 0).choice.tolist() == [1, 0]


def test_a_floor_is_met_and_its_price_is_what_it_costs() -> None:
    problem = waiting([[0.0, 1.0], [0.0, 9.0]], seats=1, wait=[0, 0])
    floor = Floor(np.array([True, False]), np.array([False, True]), 1)

    found = solve_exactly(replace(problem, floors=(floor,)), 0)

    assert found.choice.tolist() == [1, 0]
    assert found.floor_prices == pytest.approx([8.0])
    assert found.prices == pytest.approx([9.0])


def test_a_price_is_what_one_more_seat_would_give() -> None:
    problem = waiting([[0.0, 5.0], [0.0, 4.0], [0.0, 2.0]], seats=1, wait=[0, 0, 0])
    more = replace(problem, capacity=np.array([2.0]))

    price = solve_exactly(problem, 0).prices[SEATS]

    assert price >= solve_exactly(more, 0).value - solve_exactly(problem, 0).value == 4.0


def test_floors_that_ask_more_than_there_are_seats_are_named_with_the_seats() -> None:
    problem = replace(
        waiting([[0.0, 1.0]] * 4, seats=2, wait=[0] * 4),
        use=np.array([[0.0, 0.0], [1.0, 0.1]]),
        capacity=np.array([2.0, 50.0]),
        floors=(
            Floor(np.array([True] * 4), np.array([True, False]), 1),
            Floor(np.array([True, True, True, False]), np.array([False, True]), 3),
        ),
    )

    with pytest.raises(Infeasible, match=r"floor 1 \(at least 3\).*capacity 0 \(2\)") as caught:
        solve_exactly(problem, 0)
    assert (caught.value.floors, caught.value.capacities) == ((1,), (SEATS,))
    assert conflict(problem) == ((1,), (SEATS,))


def test_must_haves_without_hours_are_named_by_the_hours() -> None:
    problem = Problem(
        gain=np.zeros((3, 2)),
        use=np.array([[0.0, 0.0], [0.0, 2.0]]),
        capacity=np.array([9.0, 5.0]),
        allowed=np.array([[False, True]] * 3),
    )

    with pytest.raises(Infeasible, match=r"capacity 1 \(5\)") as caught:
        solve_exactly(problem, 0)
    assert (caught.value.floors, caught.value.capacities) == ((), (HOURS,))


def test_a_floor_whose_efforts_are_closed_to_its_group_is_named_alone() -> None:
    problem = replace(
        waiting([[0.0, 1.0]] * 2, seats=2, wait=[0, 0]),
        allowed=np.array([[True, False], [True, True]]),
        floors=(Floor(np.array([True, False]), np.array([False, True]), 1),),
    )

    with pytest.raises(Infeasible, match="to whom its efforts are open") as caught:
        solve_exactly(problem, 0)
    assert (caught.value.floors, caught.value.capacities) == ((0,), ())


def test_what_can_be_kept_has_no_conflict() -> None:
    assert conflict(waiting([[0.0, 1.0]] * 2, seats=1, wait=[0, 0])) == ((), ())


def test_a_floor_that_only_split_citizens_could_meet_says_how_many_are_missing() -> None:
    everyone, helped = np.array([True] * 3), np.array([False, True, True])
    problem = Problem(
        gain=np.zeros((3, 3)),
        use=np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]]),
        capacity=np.array([3.0, 3.0]),
        floors=(Floor(everyone, helped, 1), Floor(everyone, helped, 3)),
    )

    with pytest.raises(Unresolved, match="floor 1 by 1 of 3") as caught:
        solve_exactly(problem, 0)
    assert caught.value.floors == ((1, 1),)
    assert conflict(problem) == ((), ())


def test_a_thousand_alike_are_shared_out_by_wait_alone() -> None:
    n = 1_000
    problem = waiting([[0.0, 3.0, 2.0]] * n, seats=400, wait=list(range(n)))

    found = solve_exactly(problem, 0)

    assert (found.choice == np.where(np.arange(n) >= 600, 1, 0)).all()
    assert found.value == 1_200
