"""How long it takes to share out cases, how near the best it comes, and beside the naive rules.

    PYTHONPATH=src python bench/caseload.py [SECONDS]

Two drawn municipalities: 20,000 cases and 400 caseworkers in 20 units, and one unit of 2,000 cases
and 40 caseworkers. A twentieth of the cases are new, a twentieth of the caseworkers away, loads are
uneven, and competence, language and distance differ. It prints seconds, gaps and ratios and asserts
none. The naive rules stand on the same costs: whoever has the least to do for their hours gets the
next case, the heaviest case first, over all cases or over those alone that lack a caseworker.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from velvalgt.core.targeting import (
    NOBODY,
    Caseload,
    Terms,
    assign_caseworkers,
    case_weight,
    load_guidelines,
)
from velvalgt.core.targeting.balance import sizes_of, summed
from velvalgt.core.targeting.reasons import pair_terms

SIZES = ((20_000, 400, 20), (2_000, 40, 1), (70, 10, 1))
GROUPS = ("G1", "G2", "G3", "G6", "G9")


def drawn(cases: int, caseworkers: int, units: int, seed: int = 1) -> Caseload:
    """A municipality in the middle of a week."""
    rng = np.random.default_rng(seed)
    unit = np.arange(caseworkers) % units
    capacity = rng.choice([1.0, 0.8, 0.5], caseworkers, p=[0.7, 0.2, 0.1])
    capacity[rng.random(caseworkers) < 0.05] = 0.0
    home = rng.integers(0, units, cases)
    now = np.full(cases, NOBODY)
    for place in range(units):
        there, mine = np.flatnonzero(unit == place), home == place
        share = rng.gamma(8.0, 1.0, len(there))
        now[mine] = rng.choice(there, mine.sum(), p=share / share.sum())
    now[rng.random(cases) < 0.05] = NOBODY
    ranges = load_guidelines().of(rng.choice(GROUPS, cases))
    pairs = (cases, caseworkers)
    return Caseload(
        weight=case_weight(ranges, rng.choice([0.7, 1.0, 1.5], cases)),
        now=now,
        capacity=capacity,
        unit=unit,
        home=home,
        guideline=ranges,
        competence=(rng.random(pairs) < 0.9).astype(np.float64),
        language=rng.random(pairs) < 0.95,
        distance=rng.random(pairs) * 20,
        forbidden=rng.random(pairs) < 0.002,
    )


def least_loaded(caseload: Caseload, *, keeps: bool) -> np.ndarray:
    """The naive rule, over all cases or only over those that lack a caseworker."""
    rows = np.arange(len(caseload.now))
    held = caseload.now != NOBODY
    stays = held & (caseload.capacity[caseload.now] > 0) & ~caseload.forbidden[rows, caseload.now]
    choice = np.where(stays & keeps, caseload.now, NOBODY)
    load = summed(choice, caseload.weight, len(caseload.capacity))
    open_ = (caseload.unit == caseload.places()[:, None]) & ~caseload.forbidden
    with np.errstate(divide="ignore", invalid="ignore"):
        for case in np.argsort(-caseload.weight, kind="stable"):
            if choice[case] == NOBODY:
                after = (load + caseload.weight[case]) / caseload.capacity
                choice[case] = np.where(open_[case], after, np.inf).argmin()
                load[choice[case]] += caseload.weight[case]
    return choice


def cost(caseload: Caseload, choice: np.ndarray) -> float:
    """What any choice costs, on the terms that the proposal is judged by."""
    sizes, count = sizes_of(caseload, Terms()), len(caseload.capacity)
    load, filled = (summed(choice, each, count) for each in (sizes.weight, sizes.share))
    loads = sizes.balance.load_cost(load) + sizes.balance.guideline_cost(filled)
    pairs = pair_terms(caseload, Terms(), np.arange(len(choice)), choice)
    return float(loads.sum() + pairs.sum())


def main(seconds: float) -> None:
    """A line for each size."""
    print(f"Starting weights, {seconds:g} s allowed; costs in average cases")
    print(
        " cases  workers units  seconds      cost     bound      gap  moves"
        "  anew/ours  moves  lacking/ours  moves"
    )
    for cases, caseworkers, units in SIZES:
        caseload = drawn(cases, caseworkers, units)
        began = time.perf_counter()
        answer = assign_caseworkers(caseload, seconds=seconds)
        took = time.perf_counter() - began
        anew, lacking = (least_loaded(caseload, keeps=keeps) for keeps in (False, True))
        moves = [
            int(((each != caseload.now) & (caseload.now >= 0)).sum()) for each in (anew, lacking)
        ]
        print(
            f"{cases:6,} {caseworkers:8} {units:5} {took:8.1f} {answer.objective:9.1f}"
            f" {answer.bound:9.1f} {answer.gap:8.4%} {len(answer.moves):6,}"
            f" {cost(caseload, anew) / answer.objective:10.2f} {moves[0]:6,}"
            f" {cost(caseload, lacking) / answer.objective:13.2f} {moves[1]:6,}"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
