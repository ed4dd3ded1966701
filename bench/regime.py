"""How long the law takes: duties and ledgers of many citizens, and one citizen explained.

Run `python bench/regime.py [CITIZENS ...]`; it prints seconds and ratios and asserts none.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import numpy as np
import polars as pl

from velvalgt.core import frames
from velvalgt.core.frames import Kind
from velvalgt.core.regime import load

ON = date(2026, 11, 23)
SPELLS_EACH, EVENTS_EACH = 2, 3
SCENES = (
    ("dagpenge", "G1"),
    ("kontanthjaelp", "G2"),
    ("kontanthjaelp", "G3"),
    ("kontanthjaelp", "G4"),
    ("ledighedsydelse", "G9"),
)
KINDS = (
    "interview",
    "interview",
    "interview",
    "registration",
    "first_contact",
    "offer_start",
    "request",
    "leave_out",
)
T = TypeVar("T")


def world(citizens: int, seed: int) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """People, spells and events of so many citizens, already across the border."""
    chance = np.random.default_rng(seed)
    today = np.datetime64(ON, "D")
    scene = chance.integers(0, len(SCENES), citizens)
    open_since = today - chance.integers(0, 400, citizens).astype("timedelta64[D]")
    before = open_since - chance.integers(20, 400, citizens).astype("timedelta64[D]")
    closed = before + chance.integers(1, 20, citizens).astype("timedelta64[D]")
    spells = {
        "person_id": np.tile(np.arange(citizens), SPELLS_EACH),
        "benefit": words([benefit for benefit, _ in SCENES], np.tile(scene, 2)),
        "group": words([group for _, group in SCENES], np.tile(scene, 2)),
        "municipality": words(["099"], np.zeros(2 * citizens, np.int64)),
        "start": np.concatenate([before, open_since]),
        "end": np.concatenate([closed, np.full(citizens, np.datetime64("NaT"))]),
        "degree": np.ones(2 * citizens),
    }
    total = citizens * EVENTS_EACH
    kind = chance.integers(0, len(KINDS), total)
    events = {
        "person_id": chance.integers(0, citizens, total),
        "kind": words(KINDS, kind),
        "on": today - chance.integers(0, 400, total).astype("timedelta64[D]"),
        "until": np.full(total, np.datetime64("NaT", "D")),
        "actor": words(["a_kasse", "municipality"], chance.integers(0, 2, total)),
        "form": words(["in_person", "phone", "video"], chance.integers(0, 3, total)),
        "detail": pl.repeat(None, total, dtype=pl.String, eager=True),
    }
    people = frames.empty("people").vstack(
        pl.DataFrame({"person_id": np.arange(citizens)}).select(
            pl.col("person_id").cast(pl.Int32),
            *(
                pl.lit(None, dtype).alias(n)
                for n, dtype in frames.schema("people").items()
                if n != "person_id"
            ),
        )
    )
    return people, typed("spells", spells), typed("events", events)


def words(known: tuple[str, ...] | list[str], numbers: np.ndarray) -> pl.Series:
    """Words by their numbers."""
    return pl.Series(list(known)).gather(numbers)


def typed(kind: Kind, columns: dict[str, object]) -> pl.DataFrame:
    """Columns with the contract's types."""
    return pl.DataFrame(columns).cast(frames.schema(kind))  # type: ignore[arg-type]


def timed(what: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and the seconds it took."""
    began = time.perf_counter()
    return what(), time.perf_counter() - began


def main(sizes: list[int]) -> None:
    """Print a line for each size, then one citizen's time."""
    book, seconds = timed(load)
    print(f"load: {seconds:.3f} s, {len(book.rules)} rules, version {book.version}")
    book.duties(*world(100, 0), ON)
    print("citizens   check s   duties s   us/citizen   ledgers s   rows   peak MB")
    for size in sizes:
        people, spells, events = world(size, 1)
        _, checking = timed(
            lambda s=spells, e=events: [frames.check("spells", s), frames.check("events", e)]
        )
        duties, deciding = timed(lambda p=people, s=spells, e=events: book.duties(p, s, e, ON))
        _, summing = timed(lambda d=duties: book.ledgers(d, ON))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:8d} {checking:9.3f} {deciding:10.3f} {deciding / size * 1e6:12.2f}"
            f" {summing:11.3f} {duties.height:8d} {peak:8.0f}"
        )
    one = [frame.filter(pl.col("person_id") == 7) for frame in world(100, 1)]
    again = [timed(lambda: book.duties(*one, ON))[1] for _ in range(50)]
    rule = "k3_first_for_all"
    told = [
        timed(lambda: book.explain(*one, ON, person_id=7, rule_id=rule).text("da"))[1]
        for _ in range(50)
    ]
    print(
        f"one citizen, warm median: duties {np.median(again) * 1e3:.1f} ms,"
        f" one explanation {np.median(told) * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
