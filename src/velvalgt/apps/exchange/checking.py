"""Checking a file's rows (kontrol): each by itself, among the others, and by the core."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl

from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.files import CITIZEN, FILES, KEY, Column
from velvalgt.apps.exchange.reading import FAULTS
from velvalgt.apps.exchange.reasons import FROM_CORE
from velvalgt.apps.people import cpr
from velvalgt.apps.people.choices import AtJobnet
from velvalgt.core import frames
from velvalgt.core.words import possible_days

MUNICIPALITY = "municipality"
CORE: Mapping[FileKind, frames.Kind] = {
    FileKind.PEOPLE: "people",
    FileKind.SPELLS: "spells",
    FileKind.EVENTS: "events",
    FileKind.WORK: "work",
    FileKind.PAYMENTS: "payments",
}
OF_CELLS = ("unknown_word", "unknown_municipality", "out_of_range")


def none() -> pl.DataFrame:
    """No faults."""
    return pl.DataFrame(schema=FAULTS)


def fault(rows: pl.DataFrame, column: str, code: str) -> pl.DataFrame:
    """The same fault in each of these rows."""
    return rows.select("row", column=pl.lit(column), code=pl.lit(code)).cast(FAULTS)


def without(frame: pl.DataFrame, *faults: pl.DataFrame) -> pl.DataFrame:
    """The rows that have no fault."""
    bad = pl.concat([found.select("row") for found in faults])
    return frame.join(bad, on="row", how="anti", maintain_order="left")


def with_cpr(frame: pl.DataFrame, today: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read the CPR numbers (CPR-nummer).

    Args:
        frame: rows with `cpr` as written.
        today: nobody is born after it.

    Returns:
        The rows with `cpr` as ten digits and `born`; and the faults.
    """
    read = [_read(text, today) for text in frame["cpr"].to_list()]
    numbers, born, codes = zip(*read, strict=True) if read else ((), (), ())
    found = pl.DataFrame({"row": frame["row"], "code": pl.Series(codes, dtype=pl.String)})
    bad = found.drop_nulls("code").select("row", column=pl.lit("cpr"), code="code")
    good = frame.with_columns(
        pl.Series("cpr", numbers, dtype=pl.String), pl.Series("born", born, dtype=pl.Date)
    )
    return good, bad.cast(FAULTS)


def _read(text: str | None, today: date) -> tuple[str | None, date | None, str | None]:
    if text is None:
        return None, None, None  # told as missing
    try:
        known = cpr.read(text)
    except cpr.NotACpr as error:
        return None, None, error.code
    if known.born_on > today:
        return None, None, "cpr_in_the_future"
    return known.number, known.born_on, None


def file_faults(kind: FileKind, frame: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
    """What is wrong with rows that could be read: words, limits, periods, what is said twice.

    A row with a fault already never stands in the way of a good one.

    Args:
        kind: the kind of file.
        frame: `row` and the typed columns.
        bad: the faults that are known.

    Returns:
        The new faults.
    """
    spoiled = frame.join(bad, on="row", how="semi", maintain_order="left")
    clean = without(frame, bad)
    twice = again(clean, KEY, "noegle", "duplicate_key")
    if kind is FileKind.PEOPLE:
        twice = pl.concat([twice, again(without(clean, twice), "cpr", "cpr", "duplicate_cpr")])
    by_core = [
        core_faults(kind, without(clean, twice)),
        _of_cells_alone(core_faults(kind, spoiled), bad),
    ]
    return pl.concat([twice, *by_core, *_own_faults(kind, frame)])


def again(frame: pl.DataFrame, field: str, name: str, code: str) -> pl.DataFrame:
    """The rows that repeat a value; the first in the file stands."""
    return fault(frame.filter(~pl.col(field).is_first_distinct()), name, code)


def _of_cells_alone(found: pl.DataFrame, bad: pl.DataFrame) -> pl.DataFrame:
    """Of rows that are out already, what is wrong with a cell whatever the other rows say."""
    of_cells = found.filter(pl.col("code").is_in(OF_CELLS))
    return of_cells.join(bad, on=["row", "column"], how="anti", maintain_order="left")


def core_faults(kind: FileKind, frame: pl.DataFrame) -> pl.DataFrame:
    """What the core's border rejects, in the file's own column names."""
    if kind not in CORE:
        return none()
    columns = FILES[kind]
    who = KEY if kind is FileKind.PEOPLE else CITIZEN
    coded = frames.Ids(frame[who]).code(frame.with_columns(person_id=pl.col(who)))
    frame_kind = CORE[kind]
    here = [name for name in frames.COLUMNS[frame_kind] if name in coded.columns]
    _, rejects = frames.check(frame_kind, coded.select(here))
    names = {column.field: column.name for column in columns} | {
        "person_id": _name_of(who, columns),
        "born": "cpr",
    }
    return rejects.select(
        frame["row"].gather(rejects["row"]),
        pl.col("column").replace_strict(names, return_dtype=pl.String),
        pl.col("reason_code").cast(pl.String).replace(FROM_CORE).alias("code"),
    )


def _name_of(field: str, columns: Sequence[Column]) -> str:
    return next(column.name for column in columns if column.field == field)


def _own_faults(kind: FileKind, frame: pl.DataFrame) -> list[pl.DataFrame]:
    """What the core's frames do not hold, or hold more loosely than the records."""
    if kind is FileKind.SPELLS and "degree" in frame.columns:
        return [fault(frame.filter(pl.col("degree") <= 0), "grad", "out_of_range")]
    if kind is FileKind.JOBNET:
        return _faults_of_jobnet(frame)
    if kind is not FileKind.PEOPLE:
        return []
    codes = frames.enum(MUNICIPALITY).categories.to_list()
    forms = [word.word for word in frames.vocabulary("form")]
    found = [
        outside(frame, MUNICIPALITY, "kommune", codes, "unknown_municipality"),
        outside(frame, "form", "kontaktform", forms, "unknown_word"),
        outside(frame, "a_kasse", "a_kasse", frames.a_kasser(), "unknown_a_kasse"),
    ]
    if {"initials", "unit"} & set(frame.columns):
        alone = pl.col("unit").is_null() if "unit" in frame.columns else pl.lit(value=True)
        named = (
            pl.col("initials").is_not_null() if "initials" in frame.columns else pl.lit(value=False)
        )
        found.append(fault(frame.filter(named & alone), "sagsbehandler", "caseworker_without_unit"))
    return found


def _faults_of_jobnet(frame: pl.DataFrame) -> list[pl.DataFrame]:
    found = [
        outside(frame, "about", "om", AtJobnet.values, "unknown_word"),
        impossible_days(frame, {"updated_on": "dato", "as_of": "pr"}),
    ]
    if "updated_on" in frame.columns:
        late = frame.filter(pl.col("updated_on") > pl.col("as_of"))
        found.append(fault(late, "dato", "after_its_day"))
    return found


def impossible_days(frame: pl.DataFrame, names: Mapping[str, str]) -> pl.DataFrame:
    """The rows with a day that is a slip of the keyboard; by field, its name in the file."""
    first, last = possible_days()
    here = {field: name for field, name in names.items() if field in frame.columns}
    found = [
        fault(frame.filter(~pl.col(field).is_between(first, last)), name, "out_of_range")
        for field, name in here.items()
    ]
    return pl.concat([none(), *found])


def outside(
    frame: pl.DataFrame, field: str, name: str, words: Collection[str], code: str
) -> pl.DataFrame:
    """The rows whose word is not on a list, where the file has the column."""
    if field not in frame.columns:
        return none()
    return fault(frame.filter(~pl.col(field).is_in(list(words))), name, code)
