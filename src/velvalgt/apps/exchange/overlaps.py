"""Spells that share a day (overlap): nobody has the same benefit twice at once."""

from bisect import bisect_left, insort
from datetime import date

import polars as pl

_OPEN = date.max


def overlapping(spells: pl.DataFrame) -> pl.Series:
    """Find the new spells that overlap a stored one, or a new one that stands before them.

    Grows as n log n: only the citizens who have an overlap at all are looked at one by one.

    Args:
        spells: person_id, benefit, start, end (null = open), row (null = stored); stored first,
            the others in the file's order.

    Returns:
        The rows that cannot be kept.
    """
    who = ["person_id", "benefit"]
    numbered = spells.with_columns(pl.col("end").fill_null(_OPEN)).with_row_index("place")
    reach = pl.col("end").cum_max().shift(1).over(who)
    hit = numbered.sort(*who, "start", "place").filter(pl.col("start") < reach).select(who).unique()
    suspects = numbered.join(hit, on=who, how="semi").sort("place")
    found = [
        row
        for _, group in suspects.group_by(who, maintain_order=True)
        for row in _refused(group.select("start", "end", "row").rows())
    ]
    return pl.Series("row", found, dtype=pl.Int64)


def _refused(spells: list[tuple[date, date, int | None]]) -> list[int]:
    """Keep each in turn unless it overlaps what is kept; stored ones are merged, never refused."""
    kept = _merged([(start, end) for start, end, row in spells if row is None])
    refused = []
    for start, end, row in spells:
        if row is None:
            continue
        place = bisect_left(kept, (start, start))
        before_reaches = place > 0 and kept[place - 1][1] > start
        after_begins = place < len(kept) and kept[place][0] < end
        if before_reaches or after_begins:
            refused.append(row)
        else:
            insort(kept, (start, end))
    return refused


def _merged(periods: list[tuple[date, date]]) -> list[tuple[date, date]]:
    merged: list[tuple[date, date]] = []
    for start, end in sorted(periods):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
