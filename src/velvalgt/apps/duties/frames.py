"""From records to the core's frames, and from the core's answer to rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import polars as pl
from django.db import connection

from velvalgt.apps.audit.models import new_id
from velvalgt.core import frames

PEOPLE = """
select id::text as person_id, born_on as born, nullif(a_kasse, '') as a_kasse,
       clock_weeks::float8 as clock_weeks, clock_as_of
from people_citizen where %(all)s or id = any(%(citizens)s) order by id
"""
SPELLS = """
select citizen_id::text as person_id, benefit, nullif(target_group, '') as "group", municipality,
       starts_on as start, ends_on as "end", degree::float8 as degree
from people_spell where %(all)s or citizen_id = any(%(citizens)s)
"""
EVENTS = """
select citizen_id::text as person_id, kind, e.on, until, actor, nullif(form, '') as form,
       nullif(detail, '') as detail
from cases_entry e
where (%(all)s or citizen_id = any(%(citizens)s)) and not is_withdrawal
  and not exists (select 1 from cases_entry c where c.corrects_id = e.id)
"""
VERSIONS = """
select citizen_id, number from people_factversion
where %(all)s or citizen_id = any(%(citizens)s)
"""
Chosen = dict[str, bool | list[UUID]]
TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "born": pl.Date,
    "clock_weeks": pl.Float64,
    "clock_as_of": pl.Date,
    "start": pl.Date,
    "end": pl.Date,
    "degree": pl.Float64,
    "on": pl.Date,
    "until": pl.Date,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the core is told of some citizens, with the keys behind its numbers.

    `versions` was read first: a fact that comes in meanwhile makes the answer stale, never unseen.
    """

    versions: Sequence[tuple[UUID, int]]
    people: pl.DataFrame
    spells: pl.DataFrame
    events: pl.DataFrame
    keys: pl.Series

    def number(self, citizen_id: UUID) -> int:
        """The core's number for a citizen."""
        found = self.keys.index_of(str(citizen_id))
        if found is None:
            raise KeyError(citizen_id)
        return found


def facts_of(citizens: Sequence[UUID] | None) -> Facts:
    """Load the facts of some citizens, or of all whom the actor may see."""
    chosen: Chosen = {"all": citizens is None, "citizens": list(citizens or ())}
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, chosen)
        versions = cursor.fetchall()
    people = _select(PEOPLE, chosen)
    ids = frames.Ids(people["person_id"])
    return Facts(
        versions,
        _at_border("people", people, ids),
        _at_border("spells", _select(SPELLS, chosen), ids),
        _at_border("events", _select(EVENTS, chosen), ids),
        people["person_id"],
    )


def _at_border(kind: frames.Kind, frame: pl.DataFrame, ids: frames.Ids) -> pl.DataFrame:
    known = ids.code(frame).filter(pl.col("person_id").is_not_null())
    good, rejects = frames.check(kind, known)
    if rejects.height:
        faults = rejects.select("column", "reason_code").unique(maintain_order=True).rows()
        raise frames.RowsRejected(f"{kind} in the database: {faults}")
    return good


def _select(query: str, parameters: Chosen) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall()
    schema = {name: TYPES.get(name, pl.String) for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")


MERGE = """
with fresh as (
  select * from unnest(
    %s::uuid[], %s::uuid[], %s::text[], %s::date[], %s::text[], %s::text[], %s::text[],
    %s::date[], %s::smallint[], %s::smallint[], %s::text[], %s::text[], %s::text[], %s::text[])
  as f(id, citizen_id, rule_id, since, municipality, target_group, status,
       due, required, done, actor, forms, reason, law_source)
), gone as (
  delete from duties_duty d where (%s or d.citizen_id = any(%s))
    and not exists (select 1 from fresh f where
      (f.citizen_id, f.rule_id, f.since) = (d.citizen_id, d.rule_id, d.since))
)
insert into duties_duty as held (
  id, tenant_id, citizen_id, rule_id, since, municipality, target_group, status,
  due, required, done, actor, forms, reason, law_source)
select id, velvalgt_tenant(), citizen_id, rule_id, since, municipality, target_group, status,
       due, required, done, actor, forms, reason, law_source
from fresh order by citizen_id
on conflict (citizen_id, rule_id, since) do update set
  (municipality, target_group, status, due, required, done, actor, forms, reason, law_source) =
  (excluded.municipality, excluded.target_group, excluded.status, excluded.due,
   excluded.required, excluded.done, excluded.actor, excluded.forms, excluded.reason,
   excluded.law_source)
where (held.municipality, held.target_group, held.status, held.due, held.required, held.done,
       held.actor, held.forms, held.reason, held.law_source)
  is distinct from
      (excluded.municipality, excluded.target_group, excluded.status, excluded.due,
       excluded.required, excluded.done, excluded.actor, excluded.forms, excluded.reason,
       excluded.law_source)
"""
COLUMNS = (
    "person_id", "rule_id", "since", "municipality", "group", "status", "due", "required", "done",
    "actor", "forms", "reason", "source",
)  # fmt: skip

RECKONED = """
insert into duties_reckoning (citizen_id, tenant_id, facts, law_version, reckoned_for)
select citizen_id, velvalgt_tenant(), number, %s, %s
from unnest(%s::uuid[], %s::bigint[]) as seen(citizen_id, number) order by citizen_id
on conflict (citizen_id) do update set
  facts = excluded.facts, law_version = excluded.law_version, reckoned_for = excluded.reckoned_for
"""


def store(
    duties: pl.DataFrame,
    facts: Facts,
    citizens: Sequence[UUID] | None,
    *,
    law_version: str,
    on: date,
) -> None:
    """Put the core's duties in place of those stored; rows that still hold are left alone."""
    everybody, chosen = citizens is None, list(citizens or ())
    rows = _as_stored(duties, facts)
    columns = [rows[name].to_list() for name in COLUMNS]
    keys = [new_id() for _ in range(rows.height)]
    seen, numbers = [key for key, _ in facts.versions], [number for _, number in facts.versions]
    with connection.cursor() as cursor:
        cursor.execute(RECKONED, [law_version, on, seen, numbers])
        cursor.execute(MERGE, [keys, *columns, everybody, chosen])


def _as_stored(duties: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    words = ("rule_id", "municipality", "group", "status", "actor", "reason")
    return duties.with_columns(
        facts.keys.gather(duties["person_id"]).alias("person_id"),
        *(pl.col(name).cast(pl.String).fill_null("") for name in words),
        pl.col("forms").cast(pl.List(pl.String)).list.join(",").fill_null(""),
    )
