"""A file about the labour market on its way in: balances and vacancies, about nobody."""

import polars as pl

from velvalgt.apps.companies.choices import Category
from velvalgt.apps.companies.services import receive_balances, receive_vacancies
from velvalgt.apps.exchange.checking import (
    again,
    fault,
    impossible_days,
    none,
    outside,
    without,
)
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.citizens import Reception
from velvalgt.apps.exchange.files import KEY
from velvalgt.apps.exchange.reading import Table
from velvalgt.apps.exchange.staging import staged

DAYS = {"as_of": "pr", "apply_by": "frist"}


def file_faults(kind: FileKind, frame: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with rows that could be read: words, days, places, what is said twice.

    Args:
        kind: balances or vacancies.
        frame: `row` and the typed columns.
        bad: the faults that are known; such a row stands in no good one's way.

    Returns:
        The new faults.
    """
    own = _of_balances(frame) if kind is FileKind.BALANCES else _of_vacancies(frame)
    found = pl.concat([own, impossible_days(frame, DAYS)])
    return pl.concat([found, _among_rows(kind, without(frame, bad, found))])


def receive(kind: FileKind, rows: pl.DataFrame, table: Table, reception: Reception) -> int:
    """Receive the good rows of a file about the labour market.

    Args:
        kind: balances or vacancies.
        rows: `row` and the typed columns.
        table: the whole file as written; a vacancy whose row is rejected is listed all the same.
        reception: where they come from.

    Returns:
        How many were added or changed.
    """
    tenant_id, source = reception.tenant_id, reception.source
    with staged(kind, rows):
        if kind is FileKind.BALANCES:
            return receive_balances(tenant_id=tenant_id, source=source)
        listed = table.cells[KEY].drop_nulls().to_list()
        return receive_vacancies(tenant_id=tenant_id, source=source, listed=listed, at=reception.at)


def _of_balances(frame: pl.DataFrame) -> pl.DataFrame:
    return outside(frame, "category", "balance", Category.values, "unknown_word")


def _of_vacancies(frame: pl.DataFrame) -> pl.DataFrame:
    """A place has both its numbers or none."""
    here = [name for name in ("latitude", "longitude") if name in frame.columns]
    known = [pl.col(name).is_not_null() for name in here]
    match known:
        case [latitude, longitude]:
            half = latitude != longitude
        case [alone]:
            half = alone
        case _:
            return none()
    return fault(frame.filter(half), "breddegrad", "place_incomplete")


def _among_rows(kind: FileKind, clean: pl.DataFrame) -> pl.DataFrame:
    """What does not go with the rows before it; the first in the file stands."""
    if kind is FileKind.VACANCIES:
        return again(clean, KEY, "noegle", "duplicate_key")
    strange = fault(
        clean.filter(pl.col("area") != pl.col("area").first()), "omraade", "another_area"
    )
    rest = without(clean, strange)
    twice = rest.filter(~pl.struct("occupation", "as_of").is_first_distinct())
    return pl.concat([strange, fault(twice, "stilling", "duplicate_key")])
