"""Who is weighed, and what is open to each: by law, their own no, studies, wishes and choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from velvalgt.apps.offers.choices import Need
from velvalgt.apps.priorities.gains import Cells
from velvalgt.apps.priorities.inputs import Settings
from velvalgt.apps.priorities.keys import OFFER
from velvalgt.core.effect import Evidence
from velvalgt.core.targeting.problem import Bools, Ints

GRADUATE = "graduate"

_HELPED_BY = {
    "try": (Need.TRY_OUT, Need.FOOT_IN),
    "course": (Need.LEARN, Need.PAPERS),
    "talk": (Need.SUPPORT, Need.DIRECTION),
    "everyday": (Need.SUPPORT,),
    "peers": (Need.TOGETHER,),
}
"""Which needs of the catalogue an answer to what would help most is about."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """What is open to whom; a citizen in each row, an option in each column.

    Attributes:
        is_open: law, the citizen and the studies have nothing against it.
        is_later: open, but for a graduate after something else that is open.
        is_wished: the citizen has wished for this very offer.
        fondness: which of several offers that are worth the same comes first; the greatest does.
        chosen: (n,) the option that a caseworker chose and that runs; -1 where none does.
        may: what may be suggested.
    """

    is_open: Bools
    is_later: Bools
    is_wished: Bools
    fondness: Ints
    chosen: Ints
    may: Bools


def weighed(citizens: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Those whose gain may be reckoned: assessed, not objecting, not alone, not postponed."""
    return citizens.filter(
        pl.col("group").is_not_null()
        & pl.col("level").is_not_null()
        & ~pl.col("objects")
        & ~pl.col("steers_alone")
        & (pl.col("postponed_until").is_null() | (pl.col("postponed_until") <= settings.on))
    )


def open_pairs(
    citizens: pl.DataFrame, options: pl.DataFrame, cells: Cells, speaks: Bools, evidence: Evidence
) -> Pairs:
    """Say what is open to whom.

    A wish chooses among equals: where somebody has wished for open offers of an effort, only these
    are open of it. A language that is not shared never closes anything.

    Args:
        citizens: (n) who is weighed.
        options: (k) self-service first.
        cells: their groups and levels.
        speaks: (cells, k) where a study speaks.
        evidence: the table of studies, for what it opens and orders by.
    """
    refused = _named(citizens["no_to"], options) >= 0
    is_open = (_for_group(cells.groups, options) & speaks)[cells.of] & ~refused
    is_open &= _by_flags(citizens, options, evidence)
    is_open[:, 0] = True
    wishes = _named(citizens["wishes"].list.eval(pl.lit(OFFER) + pl.element()), options)
    is_wished = (wishes >= 0) & is_open
    is_later = _later(citizens, options, is_open, evidence) & ~is_wished
    chosen = what_runs(citizens, options)
    may = is_open & ~is_later & ~_beside_a_wish(options, is_wished)
    runs = np.flatnonzero(chosen >= 0)
    may[runs] = False
    may[runs, chosen[runs]] = True
    fondness = np.where(is_wished, 1 + wishes, 0) + _helps(citizens, options)
    return Pairs(is_open, is_later, is_wished, fondness, chosen, may)


def what_runs(citizens: pl.DataFrame, options: pl.DataFrame) -> Ints:
    """Give the option that a caseworker chose and that runs (n,); -1 where none does.

    A citizen's own no ends it. What is no option any more still runs: it stands as self-service,
    so that nothing is suggested on top of it.
    """
    keys = options["key"].to_list()
    told = citizens["chosen"]
    columns = told.replace_strict(keys, list(range(len(keys))), default=0, return_dtype=pl.Int64)
    at = columns.fill_null(0).to_numpy()
    refused = _named(citizens["no_to"], options)[np.arange(len(at)), at] >= 0
    by_word = citizens.select(pl.col("no_to").list.contains(pl.col("chosen")))["no_to"]
    refused |= by_word.fill_null(value=False).to_numpy()
    return np.where(told.is_not_null().to_numpy() & ~refused, at, -1)


def _for_group(groups: Sequence[str], options: pl.DataFrame) -> Bools:
    """(cells, k) where the option is meant for the group, or for everybody."""
    meant = options["groups"].to_list()
    return np.array(
        [[not each or group in each for each in meant] for group in groups], dtype=bool
    ).reshape(len(groups), len(meant))


def _named(lists: pl.Series, options: pl.DataFrame) -> Ints:
    """(n, k) where a list names the option or its effort: how many names follow it; -1: nowhere."""
    words = pl.concat(
        [options.select(word="key"), options.select(word="effort")], how="vertical"
    ).with_columns(column=pl.int_range(pl.len()) % len(options))
    named = (
        pl.DataFrame({"word": lists})
        .with_row_index("row")
        .filter(pl.col("word").list.len() > 0)
        .with_columns(after=pl.int_ranges(pl.col("word").list.len(), 0, -1) - 1)
        .explode("word", "after")
        .join(words.unique(), on="word")
    )
    told = np.full((len(lists), len(options)), -1, dtype=np.int64)
    np.maximum.at(
        told, (named["row"].to_numpy(), named["column"].to_numpy()), named["after"].to_numpy()
    )
    return told


def _by_flags(citizens: pl.DataFrame, options: pl.DataFrame, evidence: Evidence) -> Bools:
    """(n, k) what the table opens to somebody with the flags that are known here."""
    columns = [evidence.index(effort) for effort in options["effort"]]
    by_flag = np.array([evidence.open_to(()), evidence.open_to((GRADUATE,))])[:, columns]
    opened: Bools = by_flag[citizens["is_graduate"].to_numpy().astype(np.int64)]
    return opened


def _later(
    citizens: pl.DataFrame, options: pl.DataFrame, is_open: Bools, evidence: Evidence
) -> Bools:
    """(n, k) what a graduate is shown after something else that is open to them."""
    efforts = options["effort"].to_list()
    follows = np.array(
        [
            [evidence.order_for((GRADUATE,), [one, other]) != [one, other] for other in efforts]
            for one in efforts
        ]
    )
    later = np.zeros_like(is_open)
    graduates = np.flatnonzero(citizens["is_graduate"].to_numpy())
    comes_before = is_open[graduates].astype(np.float32) @ follows.T.astype(np.float32)
    later[graduates] = is_open[graduates] & (comes_before > 0)
    return later


def _beside_a_wish(options: pl.DataFrame, is_wished: Bools) -> Bools:
    """(n, k) offers of an effort of which the citizen has wished for another."""
    beside = np.zeros_like(is_wished)
    efforts = options["effort"].to_numpy()
    offers = options["offer"].is_not_null().to_numpy()
    for effort in np.unique(efforts[is_wished.any(axis=0)]):
        columns = np.flatnonzero((efforts == effort) & offers)
        wished = is_wished[:, columns]
        beside[:, columns] = wished.any(axis=1, keepdims=True) & ~wished
    return beside


def _helps(citizens: pl.DataFrame, options: pl.DataFrame) -> Ints:
    """(n, k) 1 where the offer is about what the citizen says would help most."""
    answers = citizens["help"].fill_null("")
    kinds = sorted(set(answers))
    needs = [set(each) for each in options["needs"].to_list()]
    fits = np.array(
        [[bool({*_HELPED_BY.get(kind, ())} & each) for each in needs] for kind in kinds]
    ).reshape(len(kinds), len(needs))
    at = pl.Series(kinds, dtype=pl.String).to_frame("help").with_row_index()
    rows = answers.to_frame("help").join(at, on="help", how="left", maintain_order="left")
    helped: Ints = fits.astype(np.int64)[rows["index"].to_numpy()]
    return helped
