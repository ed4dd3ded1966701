"""Why a case is proposed to stay or to move: what it costs where it is, and where it would be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.targeting.balance import Sizes, filling, summed
from velvalgt.core.targeting.caseload import (
    NOBODY,
    REASONS,
    Assignment,
    Bools,
    Caseload,
    Code,
    Floats,
    Ints,
    Move,
    Terms,
)

CODES: dict[str, Code] = {
    "guideline": "guideline",
    "competence": "competence",
    "language": "language",
    "industry": "industry",
    "geography": "geography",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proposal costs, what any costs at least, and how far apart they are."""

    objective: float
    bound: float
    gap: float


def pair_terms(caseload: Caseload, terms: Terms, cases: Ints, caseworkers: Ints) -> Floats:
    """What pairs cost besides load.

    Args:
        caseload: what is asked.
        terms: what counts how much.
        cases: rows, of any shape that goes together with `caseworkers`.
        caseworkers: columns.

    Returns:
        (..., 5) by competence, language, industry, continuity and geography.
    """
    at = (cases, caseworkers)
    shape = np.broadcast(*at).shape
    found = np.zeros((*shape, 5))
    if caseload.competence is not None:
        found[..., 0] = terms.competence * (1 - caseload.competence[at])
    if caseload.language is not None:
        found[..., 1] = terms.language * ~caseload.language[at]
    if caseload.industry is not None:
        found[..., 2] = terms.industry * ~caseload.industry[at]
    found[..., 3] = terms.change * _binding(caseload)[cases] * (caseload.now[cases] != caseworkers)
    if caseload.distance is not None:
        found[..., 4] = terms.km * caseload.distance[at]
    return found


def explained(caseload: Caseload, sizes: Sizes, choice: Ints, proof: Proof) -> Assignment:
    """The proposal with its reasons.

    Args:
        caseload: what was asked.
        sizes: of cases and caseworkers.
        choice: (n,) the proposed caseworkers.
        proof: of the choice.

    Returns:
        The answer whole.
    """
    count = caseload.shape[1]
    before, after = (summed(each, caseload.weight, count) for each in (caseload.now, choice))
    balanced = sizes.balance.level * sizes.average
    terms = _terms(caseload, sizes, choice)
    filled = [summed(each, filling(caseload), count) for each in (caseload.now, choice)]
    at_work = np.where(caseload.capacity > 0, caseload.capacity, np.nan)
    return Assignment(
        choice=choice,
        objective=proof.objective,
        bound=proof.bound,
        gap=proof.gap,
        terms=terms,
        load_before=before,
        load_after=after,
        balanced=balanced,
        guideline_before=filled[0] / at_work,
        guideline_after=filled[1] / at_work,
        moves=_moves(caseload, choice, terms, before > balanced),
    )


def _terms(caseload: Caseload, sizes: Sizes, choice: Ints) -> Floats:
    """(n, 2, 7) what each case costs now and as proposed, all others as proposed."""
    rows, count = np.arange(len(choice)), caseload.shape[1]
    load, filled = (summed(choice, each, count) for each in (sizes.weight, sizes.share))
    found = np.full((len(choice), 2, len(REASONS)), np.nan)
    for side, at in enumerate((caseload.now, choice)):
        held = np.flatnonzero(at != NOBODY)
        who = at[held]
        balance, weight, share = sizes.balance.of(who), sizes.weight[held], sizes.share[held]
        there = who == choice[held]
        without = load[who] - there * weight
        less = filled[who] - there * share
        found[held, side, 0] = balance.load_cost(without + weight) - balance.load_cost(without)
        found[held, side, 1] = balance.guideline_cost(less + share) - balance.guideline_cost(less)
        found[held, side, 2:] = pair_terms(caseload, balance.terms, rows[held], who)
    return found


def _moves(caseload: Caseload, choice: Ints, terms: Floats, over: Bools) -> tuple[Move, ...]:
    """Whoever gets another caseworker, and why."""
    moved = np.flatnonzero((caseload.now != NOBODY) & (caseload.now != choice)).tolist()
    forced = _forced(caseload)
    moves = []
    for case in moved:
        leaves, to = int(caseload.now[case]), int(choice[case])
        codes = tuple(code for code, rows in forced.items() if rows[case])
        if not codes:
            codes = _reasons(terms[case, 0] - terms[case, 1], bool(over[leaves]))
        moves.append(Move(case, leaves, to, codes))
    return tuple(moves)


def _reasons(gains: Floats, is_over: bool) -> tuple[Code, ...]:
    """The reasons without which the move would not pay, the strongest first."""
    codes: dict[str, Code] = {**CODES, "load": "over_load" if is_over else "room_elsewhere"}
    order = sorted(range(len(gains)), key=lambda term: -gains[term])
    needed = [order[0], *(term for term in order[1:] if gains[term] >= gains.sum())]
    return tuple(codes[REASONS[term]] for term in needed if REASONS[term] in codes)


def _forced(caseload: Caseload) -> dict[Code, Bools]:
    """What closes a case's present pair, whatever it costs: (n,) by code."""
    rows, now = np.arange(len(caseload.now)), caseload.now
    held = now != NOBODY
    elsewhere = held & (caseload.unit[now] != caseload.places())
    chose = np.zeros(len(now), dtype=np.bool_)
    if caseload.chosen is not None:
        chose = caseload.chosen >= 0
    forced: dict[Code, Bools] = {
        "absent": held & (caseload.capacity[now] == 0),
        "own_choice": elsewhere & chose,
        "other_unit": elsewhere & ~chose,
    }
    if caseload.forbidden is not None:
        forced["conflict"] = held & caseload.forbidden[rows, now]
    if caseload.required is not None and caseload.competence is not None:
        forced["required_competence"] = (
            held & caseload.required & (caseload.competence[rows, now] < 1)
        )
    return forced


def _binding(caseload: Caseload) -> Floats:
    """(n,) how much a change of caseworker counts; 0 where the present one cannot go on."""
    keep = np.ones(len(caseload.now)) if caseload.keep is None else caseload.keep
    forced = np.any(list(_forced(caseload).values()), axis=0)
    binding: Floats = np.where((caseload.now == NOBODY) | forced, 0.0, keep)
    return binding
