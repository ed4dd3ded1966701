"""What a file brings in about people, many rows at once, out of the temporary table `incoming`.

The exchange lays checked rows in `incoming`, one citizen or fact a row, with the keys that new
records get. A record that says the same already is not touched: it leaves no trace and no new fact
number.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from psycopg import sql

from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.people.choices import Ground

CITIZEN_COLUMNS = (
    "name", "born_on", "a_kasse", "clock_weeks", "clock_as_of", "phone", "email",
    "address_is_protected", "cpr_index",
)  # fmt: skip
RESIDENCE_COLUMNS = ("municipality", "street", "postcode", "city")
WISH_COLUMNS = ("form", "language")
FACT_COLUMNS = {
    "people_spell": ("benefit", "target_group", "municipality", "starts_on", "ends_on", "degree"),
    "people_work": ("starts_on", "ends_on", "hours_week", "kind"),
    "people_payment": (
        "benefit",
        "starts_on",
        "ends_on",
        "gross_oere",
        "paid_on",
        "stopped_by",
    ),
    "people_jobnetstate": ("about", "updated_on", "as_of"),
}

CITIZENS = """
insert into people_citizen as kept (id, tenant_id, source, external_key, cpr_sealed, {all})
select i.id, %(tenant)s, %(source)s, i.external_key, coalesce(i.cpr_sealed, ''), {given}
from incoming i order by i.row
on conflict (tenant_id, source, external_key) where not (external_key = '') do update set
  cpr_sealed = case when kept.cpr_index = excluded.cpr_index
    then kept.cpr_sealed else excluded.cpr_sealed end,
  {sets}
where ({kept}) is distinct from ({excluded}) returning kept.id
"""

FACTS = """
insert into {table} as kept (id, tenant_id, citizen_id, source, external_key, {all})
select i.id, %(tenant)s, i.citizen_id, %(source)s, i.external_key, {given}
from incoming i order by i.row
on conflict (tenant_id, source, external_key) where not (external_key = '') do update set {sets}
where ({kept}) is distinct from ({excluded}) returning kept.id
"""

# A residence that no longer holds ends, and a new one begins; one begun today is put right.
MOVED = """
from incoming i where r.citizen_id = i.id and r.ends_on is null and i.municipality <> ''
  and ({kept}) is distinct from ({given})
"""
RESIDENCE_CORRECTED = "update people_residence r set {sets}{moved} and r.starts_on >= %(day)s"
RESIDENCE_ENDED = "update people_residence r set ends_on = %(day)s{moved}"
RESIDENCE_BEGUN = """
insert into people_residence (id, tenant_id, citizen_id, source, external_key, starts_on, {all})
select i.residence_id, %(tenant)s, i.id, %(source)s, '', %(day)s, {given}
from incoming i where i.municipality <> '' and not exists
  (select 1 from people_residence r where r.citizen_id = i.id and r.ends_on is null)
"""

WISHES = """
with last as (
  select distinct on (citizen_id) citizen_id, form, language from people_contactwish
  where source = %(source)s order by citizen_id, recorded_at desc, id desc
)
insert into people_contactwish
  (id, tenant_id, citizen_id, form, language, wants_companion, source, recorded_at)
select i.wish_id, %(tenant)s, i.id, {told}, false, %(source)s, %(at)s
from incoming i left join last w on w.citizen_id = i.id
where ({told}) is distinct from (coalesce(w.form, ''), coalesce(w.language, ''))
returning citizen_id
"""

# Who may see a citizen follows the case: not the unit that had it, but the one that has it, and
# the citizen, where they can sign in.
SHARING = (
    """
    update people_access a set ends_at = greatest(%(at)s, a.starts_at) from incoming i
    where a.citizen_id = i.id and a.ground = %(case)s and a.ends_at is null
      and a.unit_id is distinct from i.unit_id
    """,
    """
    insert into people_access (id, tenant_id, citizen_id, unit_id, purpose, ground, starts_at)
    select i.access_id, %(tenant)s, i.id, i.unit_id, %(work)s, %(case)s, %(at)s
    from incoming i where i.unit_id is not null on conflict do nothing
    """,
    """
    insert into people_access (id, tenant_id, citizen_id, user_id, purpose, ground, starts_at)
    select i.own_access_id, %(tenant)s, i.id, c.user_id, %(own)s, %(self)s, %(at)s
    from incoming i join people_citizen c on c.id = i.id
    where i.unit_id is not null and c.user_id is not null on conflict do nothing
    """,
)

Values = dict[str, str | UUID | date | datetime]


@dataclass(frozen=True, slots=True)
class Known:
    """A citizen as a source knows them: enough to find them again, nothing to read."""

    id: UUID
    source: str
    external_key: str
    cpr_index: bytes = field(repr=False)


def known_citizens() -> list[Known]:
    """Give the acting tenant's citizens by the key that each has at its source."""
    with connection.cursor() as cursor:
        cursor.execute("select id, source, external_key, cpr_index from people_citizen")
        return [Known(row[0], row[1], row[2], bytes(row[3])) for row in cursor.fetchall()]


def receive_citizens(
    *, tenant_id: UUID, source: str, present: Collection[str], day: date, at: datetime
) -> set[UUID]:
    """Add and change citizens, their residence and contact wish (modtage borgere).

    Args:
        tenant_id: whose they are.
        source: where the file comes from.
        present: the columns that the file has; the others stay as they are.
        day: the day a new residence begins.
        at: when a new wish was recorded.

    Returns:
        The citizens of whom something changed.
    """
    values: Values = {"tenant": tenant_id, "source": source, "day": day, "at": at}
    chosen = [name for name in CITIZEN_COLUMNS if name in {*present, "born_on", "cpr_index"}]
    changed = _ids(_upsert(CITIZENS, CITIZEN_COLUMNS, chosen), values)
    if "municipality" in present:
        changed |= _receive_residences(present, values)
    if {"form", "language"} & set(present):
        told = sql.SQL(", ").join(_told(name, name in present) for name in WISH_COLUMNS)
        changed |= _ids(sql.SQL(WISHES).format(told=told), values)
    return changed


def _receive_residences(present: Collection[str], values: Values) -> set[UUID]:
    chosen = [name for name in RESIDENCE_COLUMNS if name in present]
    moved = sql.SQL(MOVED).format(kept=_list(chosen, "r"), given=_list(chosen, "i"))
    back, own = sql.SQL(" returning r.citizen_id"), sql.SQL(" returning citizen_id")
    corrected = sql.SQL(RESIDENCE_CORRECTED).format(sets=_sets(chosen, "i"), moved=moved) + back
    ended = sql.SQL(RESIDENCE_ENDED).format(moved=moved) + back
    begun = sql.SQL(RESIDENCE_BEGUN).format(
        all=_list(RESIDENCE_COLUMNS), given=_list(RESIDENCE_COLUMNS, "i")
    )
    return _ids(corrected, values) | _ids(ended, values) | _ids(begun + own, values)


def _told(name: str, is_present: bool) -> sql.Composed:
    """What the file says; where it lacks the column, what it said last."""
    word = sql.SQL("i.{0}" if is_present else "coalesce(w.{0}, '')")
    return word.format(sql.Identifier(name))


def receive_facts(*, table: str, tenant_id: UUID, source: str, present: Collection[str]) -> int:
    """Add and change facts about citizens (modtage forløb, arbejde, udbetalinger).

    Args:
        table: one of `FACT_COLUMNS`.
        tenant_id: whose they are.
        source: where the file comes from.
        present: the columns that the file has; the others stay as they are.

    Returns:
        How many were added or changed.
    """
    columns = FACT_COLUMNS[table]
    chosen = [name for name in columns if name in present]
    statement = _upsert(FACTS, columns, chosen, table=sql.Identifier(table))
    return len(_ids(statement, {"tenant": tenant_id, "source": source}))


def share_with_units(*, tenant_id: UUID, at: datetime) -> None:
    """Let the unit that has each citizen's case see them, and no other; the citizen their own."""
    values: Values = {
        "tenant": tenant_id,
        "at": at,
        "work": Purpose.CASE_WORK.value,
        "own": Purpose.OWN_CASE.value,
        "case": Ground.CASE.value,
        "self": Ground.SELF.value,
    }
    with connection.cursor() as cursor:
        for statement in SHARING:
            cursor.execute(statement, values)


def _upsert(
    text: str, columns: Collection[str], chosen: Collection[str], **more: sql.Composable
) -> sql.Composed:
    return sql.SQL(text).format(
        all=_list(columns),
        given=_list(columns, "i"),
        sets=_sets(chosen, "excluded"),
        kept=_list(chosen, "kept"),
        excluded=_list(chosen, "excluded"),
        **more,
    )


def _ids(statement: sql.Composed, values: Values) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0] for row in cursor.fetchall()}


def _list(names: Collection[str], table: str | None = None) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.Identifier(name) if table is None else sql.Identifier(table, name) for name in names
    )


def _sets(names: Collection[str], table: str) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Identifier(table, name))
        for name in names
    )
