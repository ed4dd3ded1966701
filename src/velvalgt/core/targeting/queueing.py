"""Who is first in line where two would gain exactly the same by an effort."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting import kernel
from velvalgt.core.targeting.arranging import Arranged
from velvalgt.core.targeting.problem import Ints

ROUNDS = 8
"""A trade may open another; so often everyone is asked again at most."""


def in_line(arranged: Arranged, choice: NDArray[np.int16], places: Ints) -> None:
    """Let those in front trade for more with those behind who lose exactly as much by it.

    Only citizens of one pattern, with the same loads, trade, so that what is used, what floors
    count and what the choice is worth stay the same.

    Args:
        arranged: the citizens.
        choice: (n,) changed: the effort at each place.
        places: where trades are sought: those whose choice hangs by little.
    """
    rank = arranged.rank[arranged.order[places]]
    alike = _alike(arranged, places)
    for _ in range(ROUNDS):
        taken = [np.flatnonzero(choice[places] == j) for j in range(len(arranged.worth))]
        efforts = [j for j, members in enumerate(taken) if len(members)]
        pairs = [(a, b) for a in efforts for b in efforts if a < b]
        before = choice[places]
        for a, b in pairs:
            _trade(arranged, choice, places, (a, b), (rank, alike))
        if (choice[places] == before).all():
            return


def _alike(arranged: Arranged, places: Ints) -> Ints:
    """A number for those of one pattern and one load."""
    pattern = arranged.pattern_of(places).astype(np.uint64)[:, None]
    if arranged.is_individual:
        pattern = np.hstack([pattern, arranged.loads_at(places).view(np.uint64)])
    return np.unique(kernel.row_codes(np.ascontiguousarray(pattern)), return_inverse=True)[1]


def _trade(
    arranged: Arranged,
    choice: NDArray[np.int16],
    places: Ints,
    pair: tuple[int, int],
    standing: tuple[Ints, Ints],
) -> None:
    """Give the better of two efforts to the first in line of each who differ by the same."""
    first, second = (arranged.worth[effort, places].astype(np.int64) for effort in pair)
    is_open = (first != arranged.closed) & (second != arranged.closed)
    here = np.flatnonzero(np.isin(choice[places], pair) & is_open & (first != second))
    rank, alike = (column[here] for column in standing)
    more = (first - second)[here]
    people = np.lexsort([rank, more, alike])
    has_first = choice[places[here[people]]] == pair[0]
    if has_first.all() or not has_first.any():
        return
    more, alike = more[people], alike[people]
    starts = np.flatnonzero(
        np.concatenate([[True], (more[1:] != more[:-1]) | (alike[1:] != alike[:-1])])
    )
    size = np.diff(np.append(starts, len(people)))
    firsts = np.add.reduceat(has_first.astype(np.int64), starts)
    turn = np.arange(len(people)) - np.repeat(starts, size)
    # Who is worth more with the first effort gets it from the front, who is not from the back.
    from_front, from_back = np.repeat(firsts, size), np.repeat(size - firsts, size)
    gets_first = np.where(more > 0, turn < from_front, turn >= from_back)
    choice[places[here[people]]] = np.where(gets_first, *pair)
