"""What a file brings in about people, many rows at once, from the temporary table `incoming`.

The exchange lays checked rows in `incoming`, one citizen or fact a row, with the keys that new records
get. A record that says the same already is not touched: it leaves no trace and no new fact number.
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
    "people_payment": ("benefit", "starts_on", "ends_on", "gross_oere"),
}

Values = dict[str, object]


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
    changed = _upsert_citizens(present, values)
    if "municipality" in present:
        changed |= _receive_residences(present, values)
    if {"form", "language"} & set(present):
        changed |= _receive_wishes(present, values)
    return changed


def _upsert_citizens(present: Collection[str], values: Values) -> set[UUID]:
    chosen = [
        name for name in CITIZEN_COLUMNS if name in present or name in {"born_on", "cpr_index"}
    ]
    return _ids(
        sql.SQL(
            "insert into people_citizen as kept (id, tenant_id, source, external_key, cpr_sealed, {all})"
            " select i.id, %(tenant)s, %(source)s, i.external_key, coalesce(i.cpr_sealed, ''), {given}"
            " from incoming i order by i.row"
            " on conflict (tenant_id, source, external_key) where not (external_key = '')"
            " do update set cpr_sealed = case when kept.cpr_index = excluded.cpr_index"
            " then kept.cpr_sealed else excluded.cpr_sealed end, {sets}"
            " where ({old}) is distinct from ({new}) returning kept.id"
        ).format(
            all=_list(CITIZEN_COLUMNS),
            given=_list(CITIZEN_COLUMNS, "i"),
            sets=_sets(chosen),
            old=_list(chosen, "kept"),
            new=_list(chosen, "excluded"),
        ),
        values,
    )


def _receive_residences(present: Collection[str], values: Values) -> set[UUID]:
    """End the residence that no longer holds and begin the new; one begun today is put right instead."""
    chosen = [name for name in RESIDENCE_COLUMNS if name in present]
    now = sql.SQL(
        " from incoming i where r.citizen_id = i.id and r.ends_on is null and i.municipality <> ''"
        " and ({old}) is distinct from ({new})"
    ).format(old=_list(chosen, "r"), new=_list(chosen, "i"))
    corrected = _ids(
        sql.SQL(
            "update people_residence r set {sets}{now} and r.starts_on >= %(day)s returning r.citizen_id"
        ).format(sets=_sets(chosen, "i"), now=now),
        values,
    )
    _ids(
        sql.SQL(
            "update people_residence r set ends_on = %(day)s{now} returning r.citizen_id"
        ).format(now=now),
        values,
    )
    begun = _ids(
        sql.SQL(
            "insert into people_residence (id, tenant_id, citizen_id, source, external_key, starts_on, {all})"
            " select i.residence_id, %(tenant)s, i.id, %(source)s, '', %(day)s, {given}"
            " from incoming i where i.municipality <> '' and not exists"
            " (select 1 from people_residence r where r.citizen_id = i.id and r.ends_on is null)"
            " returning citizen_id"
        ).format(all=_list(RESIDENCE_COLUMNS), given=_list(RESIDENCE_COLUMNS, "i")),
        values,
    )
    return corrected | begun


def _receive_wishes(present: Collection[str], values: Values) -> set[UUID]:
    """Add a wish where the source says something else than it said last; the citizen's own words stay."""
    told = [
        sql.SQL("i.{0}" if name in present else "coalesce(w.{0}, '')").format(sql.Identifier(name))
        for name in WISH_COLUMNS
    ]
    return _ids(
        sql.SQL(
            "with last as (select distinct on (citizen_id) citizen_id, form, language"
            " from people_contactwish where source = %(source)s"
            " order by citizen_id, recorded_at desc, id desc)"
            " insert into people_contactwish"
            " (id, tenant_id, citizen_id, form, language, wants_companion, source, recorded_at)"
            " select i.wish_id, %(tenant)s, i.id, {told}, false, %(source)s, %(at)s"
            " from incoming i left join last w on w.citizen_id = i.id"
            " where ({told}) is distinct from (coalesce(w.form, ''), coalesce(w.language, ''))"
            " returning citizen_id"
        ).format(told=sql.SQL(", ").join(told)),
        values,
    )


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
    changed = _ids(
        sql.SQL(
            "insert into {table} as kept (id, tenant_id, citizen_id, source, external_key, {all})"
            " select i.id, %(tenant)s, i.citizen_id, %(source)s, i.external_key, {given}"
            " from incoming i order by i.row"
            " on conflict (tenant_id, source, external_key) where not (external_key = '')"
            " do update set {sets} where ({old}) is distinct from ({new}) returning kept.id"
        ).format(
            table=sql.Identifier(table),
            all=_list(columns),
            given=_list(columns, "i"),
            sets=_sets(chosen),
            old=_list(chosen, "kept"),
            new=_list(chosen, "excluded"),
        ),
        {"tenant": tenant_id, "source": source},
    )
    return len(changed)


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
    grant = (
        "insert into people_access"
        " (id, tenant_id, citizen_id, unit_id, user_id, purpose, ground, starts_at)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_access a set ends_at = greatest(%(at)s, a.starts_at) from incoming i"
            " where a.citizen_id = i.id and a.ground = %(case)s and a.ends_at is null"
            " and a.unit_id is distinct from i.unit_id",
            values,
        )
        cursor.execute(
            grant
            + " select i.access_id, %(tenant)s, i.id, i.unit_id, null, %(work)s, %(case)s, %(at)s"
            " from incoming i where i.unit_id is not null on conflict do nothing",
            values,
        )
        cursor.execute(
            grant
            + " select i.own_access_id, %(tenant)s, i.id, null, c.user_id, %(own)s, %(self)s, %(at)s"
            " from incoming i join people_citizen c on c.id = i.id where i.unit_id is not null"
            " and c.user_id is not null on conflict do nothing",
            values,
        )


def _ids(statement: sql.Composed, values: Values) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {row[0] for row in cursor.fetchall()}


def _list(names: Collection[str], table: str | None = None) -> sql.Composed:
    return sql.SQL(", ").join(
        sql.Identifier(name) if table is None else sql.Identifier(table, name) for name in names
    )


def _sets(names: Collection[str], table: str = "excluded") -> sql.Composed:
    return sql.SQL(", ").join(
        sql.SQL("{} = {}").format(sql.Identifier(name), sql.Identifier(table, name))
        for name in names
    )
