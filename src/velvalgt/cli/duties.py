"""`velvalgt duties`: what the law asks of the people in some files, on a day."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from velvalgt.cli.law import DAY, LAWS, book_of, known_regime
from velvalgt.cli.teaching import Taught, bar

if TYPE_CHECKING:
    import polars as pl

    from velvalgt.cli.files import Read
    from velvalgt.core.regime import LawBook

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PEOPLE_A_STEP = 50_000
SHOWN = 40


@click.command(
    cls=Taught,
    examples=[
        "velvalgt duties --people p.csv --spells s.csv --events e.csv --on 2026-11-23",
        "velvalgt duties --people p.parquet --spells s.parquet --events e.parquet \\",
        "    --on 2024-05-15 --regime K3 --out duties.parquet",
        "velvalgt duties ... --municipality 851 --json | head",
    ],
)
@click.option("--people", required=True, type=FILE, help="CSV or Parquet: person_id, born, ...")
@click.option("--spells", required=True, type=FILE, help="CSV or Parquet: person_id, benefit, ...")
@click.option("--events", required=True, type=FILE, help="CSV or Parquet: person_id, kind, on, ...")
@click.option("--on", required=True, type=DAY, help="The day.")
@click.option("--municipality", metavar="CODE", help="Only the duties that this one answers for.")
@click.option("--regime", help="Ask what this regime would say, whatever its days.")
@click.option("--json", "as_json", is_flag=True, help="An object a line, to standard output.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV, Parquet, JSON.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("rejects.csv"),
    show_default=True,
    help="Where rows that do not hold are told of.",
)
@LAWS
def duties(  # noqa: PLR0913 each is a word of the command line
    people: Path,
    spells: Path,
    events: Path,
    on: date,
    municipality: str | None,
    regime: str | None,
    as_json: bool,
    out: Path | None,
    rejects: Path,
    folder: Path | None,
) -> None:
    """Work out what the law asks of the people in three files, on a day.

    Rows that do not hold are left out and told of in the rejects file with file, row and reason;
    the others go on. Nothing is stored, and no database is started. The columns are those of the
    core's frames: docs/reference/core-frames.md.
    """
    from velvalgt.cli import files

    book = book_of(folder)
    known_regime(book, regime)
    files.may_write([path for path in (out, rejects) if path], not_over=[people, spells, events])
    read = files.read({"people": people, "spells": spells, "events": events})
    answer = _reckoned(book, read, on, regime)
    if municipality is not None:
        _known_code(municipality)
        answer = answer.filter(answer["municipality"].cast(str) == municipality)
    _give(answer, out, as_json=as_json)
    rejects.unlink(missing_ok=True)
    if read.rejects.height:
        read.rejects.write_csv(rejects)
        rows = read.rejects.select("file", "row").unique().height
        click.echo(f"{rows} rows left out; why, row by row: {rejects}", err=True)


def _known_code(municipality: str) -> None:
    from velvalgt.core.frames import enum

    if municipality not in enum("municipality").categories:
        raise click.UsageError(f"There is no municipality {municipality}; use its 3-digit code.")


def _reckoned(book: "LawBook", read: "Read", on: date, regime: str | None) -> "pl.DataFrame":
    """The duties, some people at a time so that one sees how far it is."""
    import polars as pl

    parts = []
    with bar("Duties", hidden=not sys.stderr.isatty()) as progress:
        for done, (people, spells, events) in _steps(read):
            parts.append(book.duties(people, spells, events, on, regime=regime))
            progress(min(done, read.people.height), read.people.height)
    return read.keys.label(pl.concat(parts))


def _steps(read: "Read") -> Iterator[tuple[int, tuple["pl.DataFrame", ...]]]:
    import polars as pl

    frames = (read.people, read.spells, read.events)
    for first in range(0, max(read.keys.size, 1), PEOPLE_A_STEP):
        mine = pl.col("person_id").is_between(first, first + PEOPLE_A_STEP - 1)
        yield first + PEOPLE_A_STEP, tuple(frame.filter(mine) for frame in frames)


def _give(answer: "pl.DataFrame", out: Path | None, *, as_json: bool) -> None:
    from velvalgt.cli import files

    if out is not None:
        files.write(answer, out)
        click.echo(f"{answer.height} duties written to {out}.", err=True)
    if as_json:
        answer.write_ndjson(sys.stdout)
    elif out is None:
        click.echo(files.table(answer, SHOWN))
