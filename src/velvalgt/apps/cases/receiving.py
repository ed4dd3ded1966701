"""What a file brings in about cases and into the journal, many rows at once, out of `incoming`.

The journal is only added to: where a source says something else than it said before, a new entry
corrects what stands. An entry that nobody recorded (`recorded_by` is null) is a source's word; what
a person here has corrected stays until the source itself changes its word.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from psycopg import sql

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.cases.models import NeedAssessment
from velvalgt.apps.cases.ownwords import refuse_cpr
from velvalgt.apps.people.services import share_with_units

ROWS_AT_A_TIME = 1_000
ENTRY_COLUMNS = ("kind", "on", "until", "actor", "form", "detail")

# Every chain of corrections that begins in an entry of a row's key: its last link (the head), and
# the last link that is the source's own word (said).
JOURNAL = """
with recursive chain as (
  select i.row, 0 as depth, e.* from incoming i
  join cases_entry e on e.tenant_id = %(tenant)s and e.source = %(source)s
    and e.external_key = i.external_key and e.corrects_id is null
  union all
  select chain.row, chain.depth + 1, e.* from chain join cases_entry e on e.corrects_id = chain.id
),
head as (select distinct on (row) * from chain order by row, depth desc),
said as (
  select distinct on (row) * from chain where recorded_by_id is null order by row, depth desc
)
insert into cases_entry (id, tenant_id, citizen_id, {all}, corrects_id, is_withdrawal,
  recorded_at, recorded_by_id, source, external_key)
select i.id, %(tenant)s, i.citizen_id, {told}, head.id, false,
  %(at)s, null, %(source)s, i.external_key
from incoming i left join head using (row) left join said using (row)
where head.id is null or (({told}) is distinct from ({said})
  and (head.is_withdrawal or ({told}) is distinct from ({head})))
order by i.row
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """How a caseworker has seen a citizen's need, as another system keeps it."""

    citizen_id: UUID
    level: NeedLevel
    words: str
    assessed_by_id: UUID
    assessed_at: datetime


def receive_cases(*, tenant_id: UUID, has_caseworker: bool, day: date, at: datetime) -> set[UUID]:
    """Open, move and close cases (oprette, flytte, lukke sager) as the file has them.

    The unit that has a case may see the citizen; the one that had it may no more.

    Args:
        tenant_id: whose they are.
        has_caseworker: whether the file names caseworkers; otherwise they stay as they are.
        day: the day a new case is opened, or one is closed.
        at: from when a unit sees the citizen, or until when.

    Returns:
        The citizens whose case changed.
    """
    values: dict[str, UUID | date] = {"tenant": tenant_id, "day": day}
    caseworker = "i.caseworker_id" if has_caseworker else "c.caseworker_id"
    statements = (
        "update cases_case c set closed_on = greatest(%(day)s, c.opened_on) from incoming i"
        " where c.citizen_id = i.id and c.closed_on is null and i.unit_id is null"
        " returning c.citizen_id",
        f"update cases_case c set unit_id = i.unit_id, caseworker_id = {caseworker} from incoming i"  # noqa: S608 - one of two names of ours
        " where c.citizen_id = i.id and c.closed_on is null and i.unit_id is not null"
        f" and (c.unit_id, c.caseworker_id) is distinct from (i.unit_id, {caseworker})"
        " returning c.citizen_id",
        "insert into cases_case (id, tenant_id, citizen_id, unit_id, caseworker_id, opened_on)"
        " select i.case_id, %(tenant)s, i.id, i.unit_id, i.caseworker_id, %(day)s from incoming i"
        " where i.unit_id is not null and not exists"
        " (select 1 from cases_case c where c.citizen_id = i.id and c.closed_on is null)"
        " returning citizen_id",
    )
    changed: set[UUID] = set()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)
            changed |= {row[0] for row in cursor.fetchall()}
    share_with_units(tenant_id=tenant_id, at=at)
    return changed


def receive_entries(*, tenant_id: UUID, source: str, present: Collection[str], at: datetime) -> int:
    """Write in the journal what a file tells; where it tells something new of a known key, correct.

    Args:
        tenant_id: whose journal it is.
        source: where the file comes from.
        present: the columns that the file has; the others stay as they were told.
        at: when it was recorded.

    Returns:
        How many entries were written.
    """
    told = sql.SQL(", ").join(_told(name, name in present) for name in ENTRY_COLUMNS)
    statement = sql.SQL(JOURNAL).format(
        all=_columns(None), told=told, said=_columns("said"), head=_columns("head")
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": tenant_id, "source": source, "at": at})
        return int(cursor.rowcount)


def receive_need_assessments(*, tenant_id: UUID, seen: Iterable[Seen]) -> int:
    """Write how caseworkers have seen many citizens' need (behovsvurdering) before.

    Whoever has been assessed here keeps what was said here.

    Returns:
        How many were written.

    Raises:
        HoldsCpr: a CPR number stands in the words.
    """
    told = list(seen)
    for each in told:
        refuse_cpr(each.words)
    known = set(NeedAssessment.objects.values_list("citizen_id", flat=True))
    new = [
        NeedAssessment(
            tenant_id=tenant_id,
            citizen_id=each.citizen_id,
            level=each.level,
            words=each.words,
            assessed_by_id=each.assessed_by_id,
            assessed_at=each.assessed_at,
        )
        for each in told
        if each.citizen_id not in known
    ]
    return len(NeedAssessment.objects.bulk_create(new, batch_size=ROWS_AT_A_TIME))


def _columns(table: str | None) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.Identifier(table, name) if table else sql.Identifier(name) for name in ENTRY_COLUMNS
    )


def _told(name: str, is_present: bool) -> sql.Composed:
    """What the file tells; where it lacks the column, what it told before."""
    return sql.SQL("i.{0}" if is_present else "coalesce(said.{0}, i.{0})").format(
        sql.Identifier(name)
    )
