"""Staging: checked rows are laid in the temporary table `incoming`; the stations take them."""

import io
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

import polars as pl
from django.db import connection
from psycopg import sql
from uuid_utils import uuid7

from velvalgt.apps.exchange.choices import FileKind

ROWS_AT_A_TIME = 50_000
_FACT = {"row": "bigint", "id": "uuid", "citizen_id": "uuid", "external_key": "text"}
_PERIOD = {"starts_on": "date", "ends_on": "date"}

# What `incoming` holds, and the SQL type of each column.
TABLES: Mapping[FileKind, Mapping[str, str]] = {
    FileKind.PEOPLE: {
        "row": "bigint",
        "id": "uuid",
        "residence_id": "uuid",
        "wish_id": "uuid",
        "case_id": "uuid",
        "access_id": "uuid",
        "own_access_id": "uuid",
        "external_key": "text",
        "cpr_index": "bytea",
        "cpr_sealed": "bytea",
        "born_on": "date",
        "name": "text",
        "a_kasse": "text",
        "clock_weeks": "numeric(6,2)",
        "clock_as_of": "date",
        "municipality": "text",
        "street": "text",
        "postcode": "text",
        "city": "text",
        "phone": "text",
        "email": "text",
        "address_is_protected": "boolean",
        "language": "text",
        "form": "text",
        "unit_id": "uuid",
        "caseworker_id": "uuid",
    },
    FileKind.SPELLS: {
        **_FACT,
        "benefit": "text",
        "target_group": "text",
        "municipality": "text",
        **_PERIOD,
        "degree": "numeric(4,3)",
    },
    FileKind.EVENTS: {
        **_FACT,
        "kind": "text",
        "on": "date",
        "until": "date",
        "actor": "text",
        "form": "text",
        "detail": "text",
    },
    FileKind.WORK: {**_FACT, **_PERIOD, "hours_week": "numeric(5,2)", "kind": "text"},
    FileKind.PAYMENTS: {
        **_FACT,
        "benefit": "text",
        **_PERIOD,
        "gross_oere": "bigint",
        "paid_on": "date",
        "stopped_by": "text",
    },
    FileKind.JOBNET: {**_FACT, "about": "text", "updated_on": "date", "as_of": "date"},
    FileKind.BALANCES: {
        "row": "bigint",
        "id": "uuid",
        "occupation": "text",
        "title": "text",
        "area": "text",
        "category": "text",
        "as_of": "date",
    },
    FileKind.VACANCIES: {
        "row": "bigint",
        "id": "uuid",
        "external_key": "text",
        "title": "text",
        "occupation": "text",
        "employer": "text",
        "postcode": "text",
        "city": "text",
        "latitude": "double precision",
        "longitude": "double precision",
        "hours_week": "numeric(5,2)",
        "apply_by": "date",
        "url": "text",
    },
}
INDEXED = frozenset({"row", "id", "citizen_id", "external_key"})
# What a column holds where the file lacks it or leaves it empty; null where nothing is named.
_EMPTY: Mapping[str, object] = {"degree": 1.0, "address_is_protected": False}
_NEVER_NULL = {"text"}


@contextmanager
def staged(kind: FileKind, rows: pl.DataFrame) -> Iterator[None]:
    """Hold rows in `incoming` for a while; keys that the rows lack are made.

    Args:
        kind: the kind of file, which decides the columns.
        rows: `row` and the columns under the names that the tables have.
    """
    columns = TABLES[kind]
    made = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(of_type))
        for name, of_type in columns.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("create temporary table incoming ({})").format(made))
        copy = "copy incoming from stdin (format csv, null '')"
        with cursor.copy(copy) as stream:
            for part in _completed(columns, rows).iter_slices(ROWS_AT_A_TIME):
                buffer = io.BytesIO()
                part.write_csv(buffer, include_header=False)
                stream.write(buffer.getvalue())
        # With an index, a plan made on wrong figures is still no product of two tables.
        for name in INDEXED & set(columns):
            index = sql.SQL("create index on incoming ({})").format(sql.Identifier(name))
            cursor.execute(index)
        cursor.execute("analyze incoming")
    yield
    with connection.cursor() as cursor:
        cursor.execute("drop table incoming")


def _completed(columns: Mapping[str, str], rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        _column(name, of_type, rows).alias(name) for name, of_type in columns.items()
    )


def _column(name: str, of_type: str, rows: pl.DataFrame) -> pl.Expr:
    if name in rows.columns:
        empty = _EMPTY.get(name, "" if of_type in _NEVER_NULL else None)
        column = pl.col(name)
        return column if empty is None else column.fill_null(pl.lit(empty))
    if name == "id" or (name.endswith("_id") and name not in {"unit_id", "caseworker_id"}):
        return pl.lit(pl.Series(name, [str(uuid7()) for _ in range(rows.height)], dtype=pl.String))
    return pl.lit(_EMPTY.get(name, "" if of_type in _NEVER_NULL else None))


def discard(rows: Collection[int]) -> None:
    """Take rows out of `incoming` again."""
    with connection.cursor() as cursor:
        cursor.execute("delete from incoming where row = any(%s)", [list(rows)])


def rows_of_another_citizen(table: str, *, tenant_id: UUID, source: str) -> list[int]:
    """Find the rows whose key the table knows from another citizen; a key never changes owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "select i.row from incoming i join {} t on t.tenant_id = %s and t.source = %s"
                " and t.external_key = i.external_key where t.citizen_id <> i.citizen_id"
            ).format(sql.Identifier(table)),
            [tenant_id, source],
        )
        return sorted({row[0] for row in cursor.fetchall()})


def stored_spells(source: str) -> pl.DataFrame:
    """Give the stored spells of the citizens in `incoming`.

    Returns:
        citizen_id, benefit, group, municipality, start, end, degree; and `row`, the row of
        `incoming` that has the same key, or null.
    """
    schema = {
        "citizen_id": pl.String,
        "benefit": pl.String,
        "start": pl.Date,
        "end": pl.Date,
        "municipality": pl.String,
        "group": pl.String,
        "degree": pl.Float64,
        "row": pl.Int64,
    }
    query = (
        "copy (select s.citizen_id, s.benefit, s.starts_on, s.ends_on, s.municipality,"
        " s.target_group, s.degree, i.row from people_spell s"
        " left join incoming i on s.source = {} and i.external_key = s.external_key"
        " where s.citizen_id in (select citizen_id from incoming))"
        " to stdout (format csv)"
    )
    with connection.cursor() as cursor, cursor.copy(sql.SQL(query).format(source)) as stream:
        read = b"".join(bytes(part) for part in stream)
    return (
        pl.read_csv(io.BytesIO(read), has_header=False, schema=schema)
        if read
        else (pl.DataFrame(schema=schema))
    )
