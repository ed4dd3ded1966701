"""`velvalgt law`: read the book of laws, and check law files of one's own."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from velvalgt.cli.teaching import Taught, TaughtGroup

if TYPE_CHECKING:
    from velvalgt.core.regime import Dispensation, LawBook, Rule
    from velvalgt.core.regime.examples import Miss
    from velvalgt.core.regime.parts import Language
    from velvalgt.core.regime.schema import Example


class Day(click.ParamType[date]):
    """A day of the calendar."""

    name = "day"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Read YYYY-MM-DD."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no day; write it as 2026-11-30", param, ctx)


DAY = Day()
LAWS = click.option(
    "--laws",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of law files of your own, laid over the book.",
)
LANGUAGE = click.option(
    "--language", type=click.Choice(["da", "en"]), default="en", show_default=True
)


@click.group(
    cls=TaughtGroup,
    examples=[
        "velvalgt law list --on 2024-05-15",
        "velvalgt law show k2_first_within_2w --language da",
        "velvalgt law words benefit",
        "velvalgt law check my-laws",
    ],
)
def law() -> None:
    """Read the book of laws, and check law files of your own.

    Needs no installation: nothing is stored, and no database is started.
    """


@law.command(
    "list",
    cls=Taught,
    examples=["velvalgt law list", "velvalgt law list --regime K2", "velvalgt law list --json"],
)
@click.option("--on", type=DAY, help="Only what may ask something on this day.")
@click.option("--regime", help="Only the rules of this regime.")
@click.option("--json", "as_json", is_flag=True, help="An object a line.")
@LAWS
def list_(on: date | None, regime: str | None, as_json: bool, folder: Path | None) -> None:
    """List rules and dispensations with their days, groups and how well each is known."""
    book = book_of(folder)
    known_regime(book, regime)
    rules = [rule for rule in book.rules if regime is None or regime in rule.regimes]
    listed: list[Rule | Dispensation] = [*rules, *(book.dispensations if regime is None else ())]
    entries = [each for each in listed if on is None or _holds(book, each, on)]
    told = [_listed(entry) for entry in entries]
    if as_json:
        for each in told:
            click.echo(json.dumps(each, ensure_ascii=False))
        return
    rows = [["NAME", "DAYS", "REGIMES", "GROUPS", "SHAPE", ""], *map(_columns, told)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    clocks, regimes = ", ".join(book.clocks), ", ".join(book.regimes)
    click.echo(f"Clocks: {clocks}. Regimes: {regimes}. Version {book.version}.", err=True)


@law.command(cls=Taught, examples=["velvalgt law show k3_first_for_all", "velvalgt law show K3"])
@click.argument("name")
@LANGUAGE
@LAWS
def show(name: str, language: "Language", folder: Path | None) -> None:
    """Show a rule, dispensation, clock or regime with source, doubt and examples."""
    book = book_of(folder)
    lines = _told(book, name, language)
    if lines is None:
        from velvalgt.core.regime.parts import refusal

        ids = [rule.id for rule in book.rules] + [each.id for each in book.dispensations]
        known = [*ids, *book.clocks, *book.regimes]
        raise click.UsageError(refusal(name, "in the book", known).partition("; allowed")[0] + ".")
    for line in lines:
        click.echo(line)


@law.command(cls=Taught, examples=["velvalgt law words", "velvalgt law words benefit"])
@click.argument("name", required=False)
def words(name: str | None) -> None:
    """List the words that law files and frames may hold: benefit, group, kind, actor, form, ..."""
    from velvalgt.core.frames import vocabulary
    from velvalgt.core.words import vocabularies

    if name is not None and name not in vocabularies():
        raise click.UsageError(f"There are: {', '.join(vocabularies())}.")
    for each in vocabularies() if name is None else [name]:
        click.echo(each)
        for word in vocabulary(each):
            click.echo(f"  {word.word:<32} {word.da} / {word.en}")


@law.command(cls=Taught, examples=["velvalgt law copy lov-1750-2025.yaml my-laws"])
@click.argument("file")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def copy(file: str, folder: Path) -> None:
    """Copy a law file that Velvalgt ships into a folder of yours, to change it there."""
    from velvalgt.core.regime.files import LAWS as SHIPPED

    names = [path.name for path in sorted(SHIPPED.glob("*.yaml"))]
    if file not in names:
        raise click.UsageError(f"There are: {', '.join(names)}.")
    if (folder / file).exists():
        raise click.ClickException(f"{folder / file} is there already.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes((SHIPPED / file).read_bytes())
    click.echo(f"{folder / file} now stands in place of the shipped one, with --laws {folder}.")


@law.command(cls=Taught, examples=["velvalgt law check my-laws"])
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Check a folder of law files of your own: the schema, the names, conflicts, the examples.

    The folder is laid over the book that Velvalgt ships: a file with the name of a shipped one
    stands in its place, with all that it holds; others are added. Leaves with 1 when something
    does not hold.
    """
    from velvalgt.core.regime.checking import checked

    found = checked(folder)
    for fault in found.faults:
        click.echo(f"{fault.file}: {fault.rule or 'the file'}, {fault.field or 'as a whole'}")
        click.echo(f"    {fault.problem}")
    for miss in found.misses:
        click.echo("\n".join(_missed(miss)))
    if not found.holds or found.book is None:
        raise click.ClickException(f"{len(found.faults) + len(found.misses)} to mend.")
    if found.moved:
        moved = ", ".join(sorted({miss.rule_id for miss in found.moved}))
        click.echo(
            f"{len(found.moved)} shipped examples come out otherwise because of your dispensations"
            f" ({moved}). That is what they are for."
        )
    book = found.book
    click.echo(
        f"All holds. Yours: {', '.join(found.files)}. The book then has {len(book.rules)} rules,"
        f" {len(book.dispensations)} dispensations, {found.examples} examples."
    )


def book_of(folder: Path | None) -> "LawBook":
    """The shipped book, with somebody's own files laid over it."""
    from velvalgt.core.regime import LawError, load

    try:
        return load(folder)
    except LawError as error:
        check = f"velvalgt law check {folder} tells all of it." if folder else ""
        raise click.ClickException(f"{error}\n{check}".strip()) from None


def known_regime(book: "LawBook", regime: str | None) -> None:
    """Refuse a regime that the book does not have."""
    if regime is not None and regime not in book.regimes:
        raise click.UsageError(f"There is no regime {regime}. There are: {', '.join(book.regimes)}")


def _holds(book: "LawBook", entry: "Rule | Dispensation", day: date) -> bool:
    from velvalgt.core.regime import Rule

    if isinstance(entry, Rule):
        return entry.standing == "law" and book.may_ask(entry, day)
    return entry.valid_from <= day and (entry.valid_to is None or day < entry.valid_to)


def _columns(told: dict[str, Any]) -> list[str]:
    days = f"{told['first_day']} to {told['last_day'] or 'open'}"
    groups = " ".join(told["groups"]) or ", ".join(told["places"])
    doubt = "" if told["verified"] else "not verified"
    return [told["id"], days, ", ".join(told["regimes"]) or "all", groups, told["shape"], doubt]


def _days(entry: "Rule | Dispensation") -> str:
    return f"{entry.valid[0]} to {entry.valid[1] or 'open'}"


def _listed(entry: "Rule | Dispensation") -> dict[str, Any]:
    return {
        "id": entry.id,
        "shape": getattr(entry, "shape", getattr(entry, "effect", "")),
        "regimes": list(getattr(entry, "regimes", ())),
        "groups": list(getattr(entry, "groups", ())),
        "places": [*entry.municipalities, *entry.regions, *entry.a_kasser] or ["everywhere"],
        "first_day": entry.valid[0].isoformat(),
        "last_day": entry.valid[1].isoformat() if entry.valid[1] else None,
        "source": str(entry.source),
        "confidence": entry.confidence,
        "verified": not entry.unverified,
    }


def _told(book: "LawBook", entry_id: str, language: "Language") -> list[str] | None:
    for rule in book.rules:
        if rule.id == entry_id:
            return [*_rule(book, rule, language), f"  file         {book.file_of(rule.id)}"]
    for each in book.dispensations:
        if each.id == entry_id:
            return [*_dispensation(each, language), f"  file         {book.file_of(each.id)}"]
    if entry_id in book.clocks:
        clock = book.clocks[entry_id]
        parts = [f"  {part.text.text(language)} ({part.source})" for part in clock.parts]
        said = f"{clock.id}: {clock.name.text(language)}"
        return [said, clock.text.text(language), *parts, *_known(clock, language)]
    if entry_id in book.regimes:
        regime = book.regimes[entry_id]
        rules = [f"  {rule.id}" for rule in book.rules if entry_id in rule.regimes]
        follows = f", follows {regime.follows}, {regime.commences}" if regime.follows else ""
        days = f"{regime.valid[0]} to {regime.valid[1] or 'open'}"
        return [f"{regime.id}: {regime.name.text(language)}", days + follows, *rules]
    return None


def _rule(book: "LawBook", rule: "Rule", language: "Language") -> Iterable[str]:
    yield f"{rule.id}: {rule.name.text(language)}"
    yield rule.text.text(language)
    yield f"  regimes      {', '.join(rule.regimes) or 'all'}; {_days(rule)}, {rule.commences}"
    yield f"  groups       {', '.join(rule.groups)}"
    yield f"  places       {_places(rule)}"
    for name in ("unless_flag", "only_flag", "clock", "forms", "exemptions"):
        if getattr(rule, name):
            yield f"  {name:<12} {', '.join(getattr(rule, name))}"
    yield f"  shape        {rule.shape}"
    for case in rule.cases:
        flags = [f"only {flag}" for flag in case.only_flag]
        flags += [f"unless {flag}" for flag in case.unless_flag]
        whom = ", ".join([*case.groups, *flags])
        yield f"    {whom}: {_parameters(case.params) or 'no limit was read'}; {case.actor}"
    if rule.params is not None:
        yield f"    {_parameters(rule.params)}; {rule.actor}"
    touching = [each.id for each in book.dispensations if rule.id in each.rules]
    if touching:
        yield f"  dispensations {', '.join(touching)}"
    yield from _known(rule, language)
    yield from _examples(rule.examples, language)


def _dispensation(each: "Dispensation", language: "Language") -> Iterable[str]:
    yield f"{each.id}: {each.instrument}"
    yield each.text.text(language)
    yield f"  effect       {each.effect}{', only these forms' if each.only else ''}, {_days(each)}"
    yield f"  places       {_places(each)}"
    for name in ("rules", "clocks", "forms"):
        if getattr(each, name):
            yield f"  {name:<12} {', '.join(getattr(each, name))}"
    yield from _known(each, language)
    yield from _examples(each.examples, language)


def _places(entry: "Rule | Dispensation") -> str:
    named = [*entry.municipalities, *entry.regions, *entry.a_kasser]
    return ", ".join(named) or "the whole country"


def _known(entry: Any, language: "Language") -> Iterable[str]:
    yield f"  source       {entry.source}"
    if entry.source.url:
        yield f"               {entry.source.url}"
    yield f"  confidence   {entry.confidence}"
    if entry.caveat is not None:
        yield f"  not verified {entry.caveat.text(language)}"


def _parameters(params: Any) -> str:
    told = params.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return ", ".join(f"{name}: {_short(value)}" for name, value in told.items())


def _short(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {"count", "unit"}:
        return f"{value['count']}{value['unit']}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_short(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_short(part) for part in value) + "]"
    return str(value)


def _examples(examples: Iterable["Example"], language: "Language") -> Iterable[str]:
    for example in examples:
        yield f"  example      {example.name.text(language)}"
        for row in (*example.people, *example.spells, *example.events):
            yield "      " + ", ".join(f"{name} {value}" for name, value in row.items())
        for expected in example.expect:
            row = expected.model_dump(mode="json", exclude_none=True, exclude={"person_id"})
            told = ", ".join(f"{name} {_short(value)}" for name, value in row.items())
            yield f"    {example.on}: {told}"
        if not example.expect:
            yield f"    {example.on}: nothing is asked"


def _missed(miss: "Miss") -> Iterable[str]:
    yield f"{miss.rule_id}, example '{miss.example.name.en}' on {miss.example.on}"
    if miss.problem:
        yield f"    {miss.problem}"
        return
    names = {name: None for row in miss.expected for name in row} or {"status": None, "due": None}
    yield f"    expected: {_rows(miss.expected)}"
    yield f"    given:    {_rows([{name: row[name] for name in names} for row in miss.given])}"


def _rows(rows: Iterable[dict[str, Any]]) -> str:
    told = ["; ".join(f"{name} {value}" for name, value in row.items()) for row in rows]
    return " | ".join(told) or "no row"
