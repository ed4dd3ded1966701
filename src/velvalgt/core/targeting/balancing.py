"""Cases shared out among caseworkers: few moves, each with its reason, and a proof of how good."""

from __future__ import annotations

import numpy as np

from velvalgt.core.targeting.balance import Sizes, sizes_of
from velvalgt.core.targeting.caseload import (
    NOBODY,
    Assignment,
    BadCaseload,
    Bools,
    Caseload,
    Ints,
    Keys,
    Terms,
)
from velvalgt.core.targeting.caseload_checks import check
from velvalgt.core.targeting.reasons import Proof, explained, pair_terms
from velvalgt.core.targeting.sharing import share_out
from velvalgt.core.targeting.unit import Unit


def assign_caseworkers(
    caseload: Caseload, terms: Terms | None = None, *, seconds: float = 20.0, seed: int = 0
) -> Assignment:
    """Give every case a caseworker so that load, competence, distance and changes cost least.

    Units share no cases, so each is solved by itself, in part of the time. A caseworker is changed
    only where that gains more than the change costs. What is equal goes by the keys hashed with the
    seed, so the order of the rows decides nothing; the answer is the same each time unless the time
    runs out, and then the gap says how far from the best it may be.

    Args:
        caseload: the cases and the caseworkers.
        terms: what counts how much; the starting values where None.
        seconds: what the solver may take for all units together.
        seed: which of equally good answers.

    Returns:
        The proposal, its bound, and why.

    Raises:
        BadCaseload: the caseload does not hold, or nobody may have a case; it says which.

    Source: assignment with convex loads; column generation with a Lagrangian bound, then a
        mixed-integer program over the pairs that the bound leaves open.
    """
    check(caseload)
    terms = terms or Terms()
    sizes, open_, places = sizes_of(caseload, terms), _open(caseload), caseload.places()
    cases = _by_key(caseload.key, caseload.shape[0], seed)
    caseworkers = _by_key(caseload.caseworker_key, caseload.shape[1], seed)
    choice, value, bound, size = np.full(len(cases), NOBODY), 0.0, 0.0, float(open_.sum())
    for place in np.unique(places):
        rows = cases[places[cases] == place]
        here = (caseload.unit == place) & (caseload.capacity > 0)
        columns = caseworkers[here[caseworkers]]
        pairs = float(open_[rows].sum())
        shared = share_out(_unit(caseload, sizes, open_, rows, columns), seconds * pairs / size)
        seconds, size = max(seconds - shared.seconds, 0.0), size - pairs
        choice[rows] = columns[shared.choice]
        value, bound = value + shared.value, bound + shared.bound
    gap = (value - bound) / value if value > bound else 0.0
    return explained(caseload, sizes, choice, Proof(value, bound, gap))


def _open(caseload: Caseload) -> Bools:
    """Which pairs are allowed: (n, c)."""
    places = caseload.places()
    open_: Bools = (caseload.unit == places[:, None]) & (caseload.capacity > 0)
    if caseload.forbidden is not None:
        open_ &= ~caseload.forbidden
    if caseload.required is not None and caseload.competence is not None:
        open_ &= ~caseload.required[:, None] | (caseload.competence >= 1)
    shut = np.flatnonzero(~open_.any(axis=1))
    if shut.size:
        raise BadCaseload(_why_nobody(caseload, int(shut[0]), int(places[shut[0]])))
    return open_


def _why_nobody(caseload: Caseload, case: int, place: int) -> str:
    if place < 0:
        return f"Case {case} lies in no unit: give it one in home, or a present caseworker."
    there = caseload.unit == place
    at_work = there & (caseload.capacity > 0)
    if not there.any():
        return f"Case {case} lies in unit {place}, which has no caseworkers: give it some."
    if not at_work.any():
        return f"Case {case} lies in unit {place}, where all are away: give somebody capacity."
    kin = 0 if caseload.forbidden is None else int((at_work & caseload.forbidden[case]).sum())
    return (
        f"Nobody may have case {case}: of {at_work.sum()} at work in unit {place}, {kin} have a "
        f"conflict of interest, and {at_work.sum() - kin} lack the competence that it requires."
    )


def _unit(caseload: Caseload, sizes: Sizes, open_: Bools, rows: Ints, columns: Ints) -> Unit:
    """One unit, its cases and caseworkers in the order of their keys."""
    cost = pair_terms(caseload, sizes.balance.terms, rows[:, None], columns).sum(axis=-1)
    cost[~open_[np.ix_(rows, columns)]] = np.inf
    place = np.full(caseload.shape[1] + 1, NOBODY)  # the last place is nobody's
    place[columns] = np.arange(len(columns))
    balance = sizes.balance.of(columns)
    return Unit(cost, place[caseload.now[rows]], sizes.weight[rows], sizes.share[rows], balance)


def _by_key(key: Keys | None, count: int, seed: int) -> Ints:
    """The rows in the order of their keys hashed with the seed (splitmix64)."""
    mixed = np.arange(count, dtype=np.uint64) if key is None else key.astype(np.uint64)
    mixed = mixed + np.uint64((seed + 1) * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))).argsort()
