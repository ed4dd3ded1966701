"""How long the law takes: duties of many citizens, beside pandas and OpenFisca; one explained.

Alone it runs as it is, `python bench/regime.py [CITIZENS ...]`. The peers lie in a venv of their
own, so that the project's stays as pinned; it and the whole bench take two commands:

    python3 -m venv .venv-bench && \
        .venv-bench/bin/pip install --require-hashes -r requirements/bench.txt
    PYTHONPATH=src .venv-bench/bin/python bench/regime.py [CITIZENS ...]

It prints seconds and ratios and asserts none.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
import polars as pl

from regime_world import Raw, checked, world
from velvalgt.core.regime import LawBook, Rule, load
from velvalgt.core.regime.files import read_laws
from velvalgt.core.regime.schema import LawFile

try:
    import peers_openfisca
    import peers_pandas
except ImportError as error:
    NO_PEERS = f"No peers here ({error.name} is missing)"
else:
    NO_PEERS = ""

SIZES = (10_000, 100_000, 1_000_000)
K2_ON, K3_ON = date(2025, 6, 2), date(2026, 11, 23)
RULES = ("k2_min4_in_6mt", "k2_first_within_1w")
EXPLAINED = {K2_ON: RULES[1], K3_ON: "k3_first_for_all"}
KEY = ["person_id", "rule_id", "since"]
WORDS = ["rule_id", "status", "reason", "municipality", "group", "actor"]
ROUNDS = 2
T = TypeVar("T")
ABOUT_PEERS = f"""
The K2 minimum and first interview on {K2_ON}, seconds from checked frames in memory
  ours, all rules: the whole law in force that day; ours: a book of the two rules
  pandas: the same answer, column for column, from the same frames made pandas' own beforehand
  OpenFisca: knows neither spells nor events, so the pandas peer makes each case ready for it: the
    clock's start and end, whom each rule concerns by the group on its due day, and interviews and
    exemptions as columns ('made ready', in no ratio); 'alone' works out due days, counts and
    status from them, 'with input' sets the arrays too
  citizens  ours, all rules      ours    pandas  made ready  OpenFisca alone  with input\
  pandas/ours  OpenFisca/ours  with input/ours"""


def timed(what: Callable[[], T], rounds: int = 1) -> tuple[T, float]:
    """What it gives, and the least of the seconds that it took."""
    laps = []
    for _ in range(rounds):
        gc.collect()
        began = time.perf_counter()
        made = what()
        laps.append(time.perf_counter() - began)
    return made, min(laps)


def two_rules() -> LawBook:
    """A book of the two rules that the peers know, with the rules that give no rows of their own.

    A folder of law files is laid over the book that is shipped, so it cannot leave rules out.
    """
    files, version = read_laws(None)
    kept = {name: file.model_copy(update=_kept(file)) for name, file in files.items()}
    return LawBook(kept, version)


def _kept(file: LawFile) -> dict[str, tuple[Rule, ...]]:
    alone = [rule for rule in file.rules if not rule.clock and not hasattr(rule.params, "of")]
    rules = tuple(rule for rule in file.rules if rule.id in RULES or rule in alone)
    return {"rules": rules, "dispensations": ()}


def alone(book: LawBook, sizes: Sequence[int], on: date) -> None:
    """A line for each size: from raw frames to all duties of a day."""
    print(f"\nAll duties on {on}, from raw frames (check, then duties); ledgers apart")
    print(
        "  citizens  spells+events   check s  duties s   total s  us/citizen"
        "   ledgers s      rows  peak MB"
    )
    each = []
    for size in sizes:
        raw = world(size, 1, on)
        known, checking = timed(lambda raw=raw: checked(raw))
        duties, deciding = timed(lambda known=known: book.duties(*known, on))
        _, summing = timed(lambda duties=duties: book.ledgers(duties, on))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        total = checking + deciding
        each.append(total / size * 1e6)
        print(
            f"{size:10,} {raw[1].height + raw[2].height:14,} {checking:9.3f} {deciding:9.3f}"
            f" {total:9.3f} {each[-1]:11.2f} {summing:11.3f} {duties.height:9,} {peak:8,.0f}"
        )
    print(f"  growth: us/citizen, dearest size over cheapest {max(each) / min(each):.2f}")


def beside(book: LawBook, sizes: Sequence[int]) -> None:
    """The two rules in ours, pandas and OpenFisca: times, ratios, and who disagrees."""
    if NO_PEERS:
        print(f"\n{NO_PEERS}; the head of this file says how to install them.")
        return
    print(ABOUT_PEERS)
    answers = [_line(book, size) for size in sizes]
    for size, (ours, theirs) in zip(sizes, answers, strict=True):
        for name, frame in theirs.items():
            print(f"  {size:,} citizens, {name}: {agreement(ours, frame)}")
    print(f"  the rows of {sizes[-1]:,} citizens, one for each case on the clock and rule:")
    _statuses(answers[-1][0])


def _line(book: LawBook, size: int) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    people, spells, events = checked(world(size, 1, K2_ON))
    small = two_rules()
    every, whole = timed(lambda: book.duties(people, spells, events, K2_ON), ROUNDS)
    ours, own = timed(lambda: small.duties(people, spells, events, K2_ON), ROUNDS)
    given = peers_pandas.converted(spells), peers_pandas.converted(events)
    in_pandas, pandas = timed(lambda: peers_pandas.duties(*given, K2_ON), ROUNDS)
    inputs, readying = timed(lambda: peers_openfisca.prepared(*given, K2_ON), ROUNDS)
    in_openfisca, fisca, with_input = _openfisca(inputs)
    print(
        f"{size:10,} {whole:16.3f} {own:9.3f} {pandas:9.3f} {readying:11.3f} {fisca:16.3f}"
        f" {with_input:11.3f} {pandas / own:12.2f} {fisca / own:15.2f} {with_input / own:16.2f}"
    )
    return plain(every), {
        "our own two rules alone": plain(ours),
        "pandas": from_pandas(in_pandas),
        "OpenFisca": from_pandas(in_openfisca),
    }


def _openfisca(inputs: Any) -> tuple[Any, float, float]:
    """The duties, the seconds of the calculation, and those with the inputs set."""
    law = peers_openfisca.system(inputs)
    laps = []
    for _ in range(ROUNDS):
        made, setting = timed(lambda: peers_openfisca.simulation(law, inputs))
        answers, working = timed(lambda made=made: peers_openfisca.calculated(made, K2_ON))
        laps.append((working, setting + working))
    least = [min(seconds) for seconds in zip(*laps, strict=True)]
    return peers_openfisca.duties(inputs, answers), least[0], least[1]


def _statuses(rows: pl.DataFrame) -> None:
    for rule in RULES:
        counts = rows.filter(pl.col("rule_id") == rule).group_by("status").len().sort("status")
        told = ", ".join(f"{status} {number:,}" for status, number in counts.rows())
        print(f"    {rule}: {told}")


def plain(duties: pl.DataFrame) -> pl.DataFrame:
    """The rows of the two rules with words as text, to be compared."""
    words = [pl.col(name).cast(pl.String) for name in WORDS]
    forms = pl.col("forms").cast(pl.List(pl.String)).list.join(", ")
    return duties.select("person_id", "since", "due", "done", *words, forms).filter(
        pl.col("rule_id").is_in(RULES)
    )


def from_pandas(frame: Any) -> pl.DataFrame:
    """A peer's answer as a frame of ours; a peer may lack some columns."""
    columns = {name: frame[name].to_numpy().astype("datetime64[D]") for name in ("since", "due")}
    for name in ("person_id", "done"):
        columns[name] = frame[name].to_numpy().astype(np.int32)
    for name in {*WORDS, "forms"} & set(frame.columns):
        columns[name] = frame[name].astype(object).to_numpy()
    return pl.DataFrame(columns)


def agreement(ours: pl.DataFrame, theirs: pl.DataFrame) -> str:
    """How many rows agree in all that both tell, and how the others differ."""
    told = [name for name in theirs.columns if name not in KEY]
    both = ours.join(theirs, on=KEY, how="full", suffix="_theirs", coalesce=True)
    why = pl.when(pl.col("status").is_null()).then(pl.lit("only theirs"))
    why = why.when(pl.col("status_theirs").is_null()).then(pl.lit("only ours"))
    for name in sorted(told, key=lambda name: name != "status"):
        theirs_too = pl.col(f"{name}_theirs")
        how = pl.format(
            f"{name} {{}} not {{}}",
            *(pl.col(n).cast(pl.String).fill_null("none") for n in (name, f"{name}_theirs")),
        )
        why = why.when(~pl.col(name).eq_missing(theirs_too)).then(how)
    both = both.with_columns(why.otherwise(None).alias("why"))
    differ = both.filter(pl.col("why").is_not_null())
    reasons = differ.group_by("rule_id", "why").len().sort("len", descending=True).head(6)
    found = "".join(f"; {rule} {number:,} times {how}" for rule, how, number in reasons.rows())
    same = both.height - differ.height
    return f"{same:,} rows agree in {', '.join(sorted(told))}; {differ.height:,} differ{found}"


def one(book: LawBook, on: date) -> None:
    """One citizen's duties and one explanation, warm."""
    known: Raw = checked(world(100, 1, on))
    rule = EXPLAINED[on]
    duties = book.duties(*known, on).filter(pl.col("rule_id").cast(pl.String) == rule)
    person = duties["person_id"][0]
    frames = [frame.filter(pl.col("person_id") == person) for frame in known]

    def told() -> str:
        return book.explain(*frames, on, person_id=person, rule_id=rule).text("da")

    laps = {"duties": lambda: book.duties(*frames, on), "an explanation": told}
    medians = {
        name: float(np.median([timed(work)[1] for _ in range(50)])) * 1e3
        for name, work in laps.items()
    }
    parts = ", ".join(f"{name} {ms:.1f} ms" for name, ms in medians.items())
    print(f"One citizen on {on}, warm median: {parts}, together {sum(medians.values()):.1f} ms")


def main(sizes: Sequence[int]) -> None:
    """Print the book's time, the tables, and one citizen's time."""
    book, seconds = timed(load)
    cores = len(os.sched_getaffinity(0))
    print(f"load: {seconds:.3f} s, {len(book.rules)} rules, version {book.version}; {cores} cores")
    for on in (K2_ON, K3_ON):
        book.duties(*checked(world(100, 0, on)), on)
    one(book, K2_ON)
    one(book, K3_ON)
    alone(book, sizes, K2_ON)
    alone(book, sizes, K3_ON)
    beside(book, sizes)


if __name__ == "__main__":
    main([int(size.replace("_", "")) for size in sys.argv[1:]] or SIZES)
