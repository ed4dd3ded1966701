"""CSV and Parquet files to the core's frames, with what is wrong told by file and row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import polars as pl

from velvalgt.core import frames

ENDINGS = (".csv", ".parquet", ".json", ".ndjson")
WHY = {
    "missing": "this must not be empty",
    "bad_person_id": "this person is not in the people file",
    "impossible_date": "not a date as YYYY-MM-DD, or one that cannot be",
    "not_a_number": "not a number",
    "out_of_range": "outside what is possible",
    "unknown_word": "not a word of its vocabulary: velvalgt law words lists them",
    "word_not_in_force": "the word is not used at this time",
    "unknown_municipality": "not a code of three digits; did a spreadsheet drop a zero?",
    "end_before_start": "the end is not after the start",
    "clock_incomplete": "clock_weeks and clock_as_of go together",
    "duplicate_person": "the person stands in the file already",
    "duplicate_row": "the same row stands in the file already",
    "second_open_spell": "a second open spell on the benefit; the first in the file stands",
}


@dataclass(frozen=True, slots=True)
class Read:
    """The frames of some files, the keys behind their numbers, and the rows that do not hold."""

    people: pl.DataFrame
    spells: pl.DataFrame
    events: pl.DataFrame
    keys: frames.Ids
    rejects: pl.DataFrame


def read(paths: Mapping[frames.Kind, Path]) -> Read:
    """Read people, spells and events; a row that does not hold is told of and left out."""
    raw = {kind: _raw(kind, path) for kind, path in paths.items()}
    keys = frames.Ids(_keys(paths["people"], raw["people"]))
    good, rejects = {}, []
    for kind, frame in raw.items():
        try:
            good[kind], bad = frames.check(kind, keys.code(_with_text_keys(paths[kind], frame)))
        except frames.ColumnsMissing as error:
            lacking = str(error).partition(": ")[2]
            raise click.ClickException(
                f"{paths[kind]} lacks {lacking}; the heading has: {', '.join(frame.columns)}."
            ) from None
        rejects.append(_told(paths[kind], _with_text_keys(paths[kind], frame), bad))
    return Read(good["people"], good["spells"], good["events"], keys, pl.concat(rejects))


def may_write(paths: Sequence[Path], not_over: Sequence[Path]) -> None:
    """Refuse, before the work, what could not be written after it, or would be written over."""
    for path in paths:
        if path.suffix not in ENDINGS:
            raise click.UsageError(f"{path}: the name must end in {', '.join(ENDINGS)}.")
        if not path.absolute().parent.is_dir():
            raise click.UsageError(f"There is no folder {path.absolute().parent}.")
        if path.resolve() in {each.resolve() for each in not_over}:
            raise click.UsageError(f"{path} is one of the files that are read.")


def write(frame: pl.DataFrame, path: Path) -> None:
    """Write a frame as its file's ending says: Parquet, JSON an object a line, else CSV."""
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix in (".json", ".ndjson"):
        frame.write_ndjson(path)
    else:
        forms = pl.col("forms").cast(pl.List(pl.String)).list.join(" ")
        frame.with_columns(forms).write_csv(path)


def table(duties: pl.DataFrame, most: int) -> str:
    """The first duties in columns, and how many there are of each rule and status."""
    if not duties.height:
        return "No duties."
    names = ["person_id", "rule_id", "since", "status", "due", "done", "required", "reason"]
    rows = [names, *(_cells(row) for row in duties.select(names).head(most).iter_rows())]
    widths = [max(len(row[place]) for row in rows) for place in range(len(names))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if duties.height > most:
        lines.append(f"... and {duties.height - most} more: --out FILE or --json gives all.")
    counted = duties.group_by("rule_id", "status").len().sort("rule_id", "status")
    lines += ["", *(f"{rule:<36} {status:<15} {n:>8}" for rule, status, n in counted.iter_rows())]
    return "\n".join(lines)


def _cells(row: tuple[object, ...]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _raw(kind: frames.Kind, path: Path) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return _of_parquet(kind, path)
        return _of_csv(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        why = str(error).partition("\n")[0]
        raise click.ClickException(f"{path} cannot be read: {why}") from None


def _of_csv(path: Path) -> pl.DataFrame:
    frame = pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
    if "person_id" not in frame.columns and any(";" in name for name in frame.columns):
        raise click.ClickException(
            f"{path} is separated by semicolons; this command reads commas (velvalgt import"
            " reads semicolons)."
        )
    twice = [name for name in frame.columns if "_duplicated_" in name]
    if twice:
        name = twice[0].partition("_duplicated_")[0]
        raise click.ClickException(f"{path}: the column {name} stands twice.")
    return frame


def _of_parquet(kind: frames.Kind, path: Path) -> pl.DataFrame:
    """A Parquet file; a code that was read as a number has lost its zeros, and is refused."""
    frame = pl.read_parquet(path)
    columns = frames.COLUMNS[kind]
    for name, dtype in frame.schema.items():
        column = columns.get(name)
        if column is None or name == "person_id" or not dtype.is_numeric():
            continue
        if column.words or column.dtype in (pl.String, pl.Date):
            like = 'text such as "099"' if column.words == "municipality" else "text"
            raise click.ClickException(f"{path}, column {name}: numbers, where {like} is needed.")
    return frame


def _keys(path: Path, people: pl.DataFrame) -> pl.Series:
    return _with_text_keys(path, people)["person_id"]


def _with_text_keys(path: Path, frame: pl.DataFrame) -> pl.DataFrame:
    if "person_id" not in frame.columns:
        raise click.ClickException(
            f"{path} lacks the column person_id; the heading has: {', '.join(frame.columns)}."
        )
    text = pl.col("person_id").cast(pl.String).str.strip_chars()
    return frame.with_columns(pl.when(text != "").then(text).alias("person_id"))


def _told(path: Path, frame: pl.DataFrame, rejects: pl.DataFrame) -> pl.DataFrame:
    """Reasons with the file's own row: 1 is the first of a Parquet file, the heading of a CSV."""
    offset = 1 if path.suffix == ".parquet" else 2
    keys = frame["person_id"].gather(rejects["row"])
    stranger = (pl.col("column") == "person_id") & keys.is_not_null()
    stranger &= pl.col("reason_code") == "missing"
    code = pl.when(stranger).then(pl.lit("bad_person_id")).otherwise(pl.col("reason_code"))
    told = rejects.with_columns(reason_code=code.cast(pl.String))
    return told.select(
        file=pl.lit(path.name),
        row=pl.col("row") + offset,
        column=pl.col("column"),
        value=pl.when(pl.col("column") == "person_id").then(keys).otherwise(pl.col("value")),
        reason_code=pl.col("reason_code"),
        reason=pl.col("reason_code").replace_strict(WHY),
    )
