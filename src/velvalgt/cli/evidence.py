"""`velvalgt evidence`: what studies say of each effort, and a municipality's own copy of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from velvalgt.cli.law import LANGUAGE
from velvalgt.cli.teaching import Taught

if TYPE_CHECKING:
    from velvalgt.core.effect import Effort, Evidence, Row, Study, Texts

FOLDER = click.Path(file_okay=False, path_type=Path)
STRETCHES = {
    "weeks_0_8": "weeks 0-8",
    "during": "while it lasts",
    "months_3_12": "months 3-12",
    "years_2_3": "years 2-3",
}


@click.command(
    cls=Taught,
    examples=[
        "velvalgt evidence                              what Velvalgt ships",
        "velvalgt evidence --write our-evidence         a copy, to change it",
        "velvalgt evidence our-evidence --language da   check the copy, and read it",
    ],
)
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--write", "target", type=FOLDER, help="Write the shipped files into this folder.")
@LANGUAGE
def evidence(folder: Path | None, target: Path | None, language: str) -> None:
    """Check the evidence table in a FOLDER, or the shipped one, and print it in words.

    Each effort with its rows: for whom, what the study measured, how, and what is made of it in
    weeks. Leaves with 1 when something does not hold. The files: docs/reference/evidence-table.md.
    """
    if target is not None:
        if folder is not None:
            raise click.UsageError("Either a FOLDER to check, or --write and a folder to write.")
        _write(target)
        return
    for line in _told(_checked(folder), language):
        click.echo(line)
    if folder is not None:
        click.echo(_changed(_checked(folder), _checked(None)))


def _write(target: Path) -> None:
    from velvalgt.core.effect.checking import GAINS, SHIPPED, STUDIES

    there = [target / name for name in (GAINS, STUDIES) if (target / name).exists()]
    if there:
        raise click.ClickException(f"{there[0]} is there already; nothing was written.")
    target.mkdir(parents=True, exist_ok=True)
    for name in (GAINS, STUDIES):
        (target / name).write_bytes((SHIPPED / name).read_bytes())
    click.echo(
        f"{target} now holds {GAINS} and {STUDIES}. Change them, then: velvalgt evidence {target}"
    )


def _checked(folder: Path | None) -> "Evidence":
    from velvalgt.core.effect import load_evidence
    from velvalgt.core.effect.checking import faults_of

    faults = faults_of(folder)
    for fault in faults:
        click.echo(f"{fault.file}: {fault.row or 'the file'}, {fault.field or 'as a whole'}")
        click.echo(f"    {fault.problem}")
    if faults:
        raise click.ClickException(f"{len(faults)} to mend.")
    return load_evidence(folder)


def _told(table: "Evidence", language: str) -> Iterator[str]:
    for effort in table.efforts:
        yield from _effort(table, effort, language)
    yield ""
    for outcome in table.file.outcomes:
        yield f"{', '.join(outcome.groups)}: {_in(outcome.words, language)}"
    taken, share = table.file.displacement, f"{table.file.displacement.value:.0%}"
    yield f"Taken from others when everyone gets it: {share} ({taken.low:.0%} to {taken.high:.0%})"
    yield f"  {_in(taken.why, language)}"
    for rule in table.file.orders:
        yield f"{rule.flag}: {', '.join(rule.first)} before {', '.join(rule.then)}"
        yield f"  {_in(rule.why, language)}"
    yield f"{len(table.efforts)} efforts, {len(table.file.rows)} rows, version {table.version}."


def _effort(table: "Evidence", effort: "Effort", language: str) -> Iterator[str]:
    yield ""
    yield f"{effort.id} ({effort.kind}): {_in(effort.words, language)}"
    if effort.only_flag:
        yield f"  only for     {', '.join(effort.only_flag)}"
    if effort.profile is not None:
        told = effort.profile.model_dump(include={*STRETCHES}).items()
        shapes = [
            f"{STRETCHES[name]} {_in(table.file.shapes[shape], language)}" for name, shape in told
        ]
        yield f"  over time    {'; '.join(shapes)}"
        yield f"               {effort.profile.basis} ({effort.profile.status})"
    rows = [row for row in table.file.rows if row.effort == effort.id]
    for row in rows:
        yield from _row(table, row, table.study_of(row), language)
    if not rows and effort != table.efforts[0]:
        yield "  no study that measured what counts: no gain, and no rank"


def _row(table: "Evidence", row: "Row", study: "Study", language: str) -> Iterator[str]:
    from velvalgt.core.effect import interval

    read, measured = row.reading, row.measured
    low, high = interval(read.mean, read.sd)
    yield f"  {row.id}"
    levels = [_in(level.words, language) for level in table.levels if level.id in row.levels]
    yield f"    for        {', '.join(row.groups)}; {', '.join(levels)}"
    yield f"    we read it {read.mean:+.1f} weeks, nine times of ten {low:+.1f} to {high:+.1f}"
    yield f"               {_in(read.why, language)}"
    figure = "" if measured.figure is None else f"{measured.figure:+g} "
    error = (
        "" if measured.standard_error is None else f" (standard error {measured.standard_error:g})"
    )
    time = "" if measured.months is None else f" within {measured.months} months"
    unit = _in(table.file.units[measured.unit], language)
    yield f"    measured   {figure}{unit}{error}{time}, {measured.status}"
    yield f"               {_in(measured.conversion, language)}"
    likeness = _in(table.file.likeness[row.likeness], language)
    yield f"    study      {_in(study.grade.words, language)}; {likeness}"
    yield f"               {study.source.title}, {study.source.year}"


def _changed(own: "Evidence", shipped: "Evidence") -> str:
    """Say which rows are not as Velvalgt ships them, and which rest on before and after."""
    ours = {row.id: row for row in shipped.file.rows}
    theirs = {row.id: row for row in own.file.rows}
    moved = sorted(row for row in ours.keys() | theirs.keys() if ours.get(row) != theirs.get(row))
    lines = [f"Rows that are not as shipped: {', '.join(moved) or 'none'}."]
    weak = [row.id for row in own.file.rows if own.is_weak(row)]
    if weak:
        lines.append(f"Before and after is no effect; these rest on it: {', '.join(weak)}.")
    return "\n".join(lines)


def _in(texts: "Texts", language: str) -> str:
    return texts.da if language == "da" else texts.en
