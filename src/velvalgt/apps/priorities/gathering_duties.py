"""What the law asks of the municipality within the period, and what it takes of a caseworker.

One talk meets every duty that asks for a talk of its kind: where several do, the hours stand at the
one that asks for most, and the others have none. How long a talk takes says the municipality's own
file of meeting types.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.duties.queries import rule_in_book
from velvalgt.apps.meetings.queries import MeetingType, types
from velvalgt.apps.priorities.frames import frame_of
from velvalgt.apps.priorities.inputs import DUTIES
from velvalgt.core.regime.schema import Rule
from velvalgt.core.regime.shapes import Counting

WITHIN = """
with talked as (
  select distinct e.citizen_id from cases_entry e
  where e.kind in ('interview', 'follow_up') and not e.is_withdrawal
    and not exists (select 1 from cases_entry c where c.corrects_id = e.id)
)
select d.citizen_id::text, d.rule_id, d.status, d.due, greatest(d.required - d.done, 0)::int,
  d.target_group, talked.citizen_id is not null
from duties_duty d join cases_case c on c.citizen_id = d.citizen_id and c.closed_on is null
left join talked on talked.citizen_id = d.citizen_id
where d.status in ('overdue', 'upcoming') and d.due < %(ends)s and c.opened_on <= %(on)s
  and d.actor in ('municipality', 'joint')
order by d.citizen_id, d.due, d.rule_id, d.since
"""
ASKED = {
    "citizen": pl.String,
    "rule_id": pl.String,
    "status": pl.String,
    "due": pl.Date,
    "remaining": pl.Int32,
    "group": pl.String,
    "has_talked": pl.Boolean,
}
ALONE = {Kind.INTERVIEW, Kind.FOLLOW_UP}
"""The kinds of talk that a caseworker holds with one citizen."""

OF_A_TALK = ("rule_id", "group", "has_talked", "needs_interpreter")


@dataclass(frozen=True, slots=True)
class Talks:
    """How long the talks of a rule take, in minutes, and which kind of talk it is."""

    kind: str
    first: int
    later: int


def duties_within(day: date, *, weeks: int, citizens: pl.DataFrame) -> pl.DataFrame:
    """Give what is overdue, or due within the period, as `inputs.DUTIES` says.

    Args:
        day: the first day of the period.
        weeks: its length.
        citizens: everybody in the plan; an interpreter makes a talk longer.
    """
    asked = frame_of(WITHIN, {"on": day, "ends": day + timedelta(weeks=weeks)}, ASKED)
    interpreted = citizens.select("citizen", "needs_interpreter")
    known = asked.join(interpreted, on="citizen", maintain_order="left")
    lengths = _lengths(known.select(OF_A_TALK).unique(maintain_order=True))
    told = known.join(lengths, on=OF_A_TALK, how="left", nulls_equal=True, maintain_order="left")
    hours = _hours_once(told)
    return hours.select(pl.col(name).cast(dtype) for name, dtype in DUTIES.items())


def _hours_once(told: pl.DataFrame) -> pl.DataFrame:
    """Hours of all that remains; of a citizen's duties of one kind, only at the greatest."""
    minutes = pl.col("first") + (pl.col("remaining") - 1) * pl.col("later")
    reckoned = told.with_columns(
        is_contact=pl.col("talk").is_not_null(),
        hours=pl.when(pl.col("remaining") > 0).then(minutes / 60).fill_null(0.0),
    )
    place = pl.col("hours").rank("ordinal", descending=True).over("citizen", "talk")
    return reckoned.with_columns(hours=pl.when(place == 1).then("hours").otherwise(0.0))


def _lengths(combinations: pl.DataFrame) -> pl.DataFrame:
    """Minutes for each rule, group and need of an interpreter: as many rows as there are kinds."""
    rows = []
    for rule_id, group, has_talked, needs_interpreter in combinations.iter_rows():
        rule = rule_in_book(rule_id).rule
        talks = _talks(rule, group, language="any" if needs_interpreter else "")
        first = (talks.later if has_talked else talks.first) if talks else None
        kind, later = (talks.kind, talks.later) if talks else (None, None)
        rows.append((rule_id, group, has_talked, needs_interpreter, kind, first, later))
    schema = dict(zip(OF_A_TALK, (pl.String, pl.String, pl.Boolean, pl.Boolean), strict=True))
    minutes = {"talk": pl.String, "first": pl.Float64, "later": pl.Float64}
    return pl.DataFrame(rows, schema=schema | minutes, orient="row")


def _talks(rule: Rule, group: str, *, language: str) -> Talks | None:
    """The talks that meet a rule; None where it asks for something else than a talk."""
    counts = _counts(rule, group)
    if counts is None:
        return None
    fitting = [
        each
        for each in types().values()
        if each.kind == counts.kind and each.detail == (counts.detail or "")
        if not each.groups or group in each.groups
    ]
    if not fitting or counts.kind not in ALONE:
        return None
    first = _of(fitting, "first") or fitting[0]
    later = _of(fitting, "later") or fitting[0]
    return Talks(counts.kind, _minutes(first, language), _minutes(later, language))


def _of(fitting: Iterable[MeetingType], when: str) -> MeetingType | None:
    return next((each for each in fitting if each.when == when), None)


def _minutes(meeting_type: MeetingType, language: str) -> int:
    return int(meeting_type.length(language).total_seconds()) // 60


def _counts(rule: Rule, group: str) -> Counting | None:
    """What a rule counts, for a group; None where it counts nothing."""
    params = next((case.params for case in rule.cases if group in case.groups), rule.params)
    counts: Counting | None = getattr(getattr(params, "inner", params), "counts", None)
    return counts
