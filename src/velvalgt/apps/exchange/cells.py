"""Cells (felter): from the text of a Danish export to typed columns, with what cannot be read.

Dates are dd-mm-åååå, dd.mm.åååå or åååå-mm-dd; numbers have a decimal comma and may have points
between thousands. Everything is an expression over whole columns; nothing is guessed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from velvalgt.apps.exchange.files import CITIZEN, KEY, Cell, Column
from velvalgt.apps.exchange.reading import FAULTS, Table

_DATES = {
    r"^\d{2}-\d{2}-\d{4}$": "%d-%m-%Y",
    r"^\d{2}\.\d{2}\.\d{4}$": "%d.%m.%Y",
    r"^\d{4}-\d{2}-\d{2}$": "%Y-%m-%d",
}
_NO_END = pl.date(9999, 12, 31)
_NUMBER = r"^-?(?:\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})(?:,\d{1,6})?$"
_SCALE = 6  # a number is read as whole millionths, so that nothing is lost on the way
_CONTROL = r"[\x00-\x1f\x7f]"
_FORMULA = r"^[=@+\-]"
_EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
_LINK = r"^https://[^\s/?#@]+\.[^\s@]+$"
_SHAPES = {Cell.EMAIL: ("bad_email", _EMAIL), Cell.LINK: ("bad_link", _LINK)}
_FREE_TEXT = {
    "name", "street", "city", "email", KEY, CITIZEN, "detail", "stopped_by",
    "title", "occupation", "area", "employer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    """An expression over the cells as written that is true where the cell fails."""

    column: str
    code: str
    fails: pl.Expr


def typed(table: Table, columns: Sequence[Column]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each cell its type.

    Args:
        table: the rows as written.
        columns: what the file may hold.

    Returns:
        `row` and the typed columns of the rows whose cells can be told apart, null where a cell
        cannot be read; and the faults: row, column (by its name in the file), code. A cell has at
        most one fault.
    """
    here = [column for column in columns if column.field in table.present]
    whole = table.cells.join(table.faults, on="row", how="anti", maintain_order="left")
    frame = whole.select("row", *(_expression(column) for column in here))
    rules = [rule for column in here for rule in _rules(column)]
    return frame, pl.concat([table.faults, *_found(whole, rules)]).unique(
        ["row", "column"], keep="first", maintain_order=True
    )


def _found(cells: pl.DataFrame, rules: Iterable[_Rule]) -> Iterable[pl.DataFrame]:
    for rule in rules:
        rows = cells.lazy().filter(rule.fails).select("row").collect()
        if rows.height:
            yield rows.select("row", column=pl.lit(rule.column), code=pl.lit(rule.code)).cast(
                FAULTS
            )


def _expression(column: Column) -> pl.Expr:
    cell = pl.col(column.field)
    match column.cell:
        case Cell.DATE:
            return _date(cell).alias(column.field)
        case Cell.LAST_DAY:
            last = _date(cell)
            return pl.when(last != _NO_END).then(last.dt.offset_by("1d")).alias(column.field)
        case Cell.NUMBER:
            number: pl.Expr = _rounded(cell, column.decimals) / 10**column.decimals
            return number.alias(column.field)
        case Cell.MONEY:
            return _rounded(cell, 2).alias(column.field)
        case Cell.YES_NO:
            word = cell.str.to_lowercase()
            return pl.when(word.is_in(["ja", "nej"])).then(word == "ja").alias(column.field)
        case _:
            return cell


def _date(cell: pl.Expr) -> pl.Expr:
    return pl.coalesce(
        pl.when(cell.str.contains(shape)).then(cell).str.to_date(form, strict=False)
        for shape, form in _DATES.items()
    )


def _millionths(cell: pl.Expr) -> pl.Expr:
    """The number without its sign in whole millionths; null where it is none."""
    plain = pl.when(cell.str.contains(_NUMBER)).then(cell).str.replace_all(".", "", literal=True)
    whole = plain.str.extract(r"^-?(\d+)").cast(pl.Int64)
    part = plain.str.extract(r",(\d+)$").fill_null("").str.pad_end(_SCALE, "0").cast(pl.Int64)
    number: pl.Expr = whole * 10**_SCALE + part
    return number


def _rounded(cell: pl.Expr, decimals: int) -> pl.Expr:
    """The number in units of its last decimal, rounded half up (away from zero)."""
    unit = 10 ** (_SCALE - decimals)
    size = (_millionths(cell) + unit // 2) // unit
    return pl.when(cell.str.starts_with("-")).then(-size).otherwise(size)


def _rules(column: Column) -> list[_Rule]:
    cell, typed_cell = pl.col(column.field), _expression(column)
    unread = cell.is_not_null() & typed_cell.is_null()
    rules = [
        ("control_character", cell.str.contains(_CONTROL)),
        ("too_long", cell.str.len_chars() > column.longest),
    ]
    if column.is_filled:
        rules.append(("missing", cell.is_null()))
    match column.cell:
        case Cell.DATE:
            rules.append(("impossible_date", unread))
        case Cell.LAST_DAY:
            rules.append(("impossible_date", cell.is_not_null() & _date(cell).is_null()))
        case Cell.NUMBER | Cell.MONEY:
            rules += [("not_a_number", unread), *_number_rules(column)]
        case Cell.YES_NO:
            rules.append(("not_yes_or_no", unread))
        case Cell.EMAIL | Cell.LINK as shaped:
            code, shape = _SHAPES[shaped]
            rules.append((code, ~cell.str.contains(shape)))
    if column.field in _FREE_TEXT:
        rules.insert(0, ("formula", cell.str.contains(_FORMULA)))
    return [_Rule(column.name, code, fails) for code, fails in rules]


def _number_rules(column: Column) -> list[tuple[str, pl.Expr]]:
    cell = pl.col(column.field)
    if column.cell is Cell.MONEY:
        return [("too_many_decimals", _millionths(cell) % 10 ** (_SCALE - 2) != 0)]
    number = _expression(column)
    limits = []
    if column.least is not None:
        limits.append(("out_of_range", number < column.least))
    if column.most is not None:
        limits.append(("out_of_range", number > column.most))
    return limits
