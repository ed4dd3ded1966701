"""The demo's citizens as the five files of a case system, with made-up names and numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.demo.municipality import Municipality

SEED = 99
REPLACEMENT_DAY = 60


def key_of(person_id: int) -> str:
    """The key that a citizen has in the files."""
    return f"B{person_id}"


def write(
    municipality: Municipality, story: Mapping[str, Any], folder: Path
) -> dict[FileKind, tuple[Path, int]]:
    """Write the five files, in the order in which they are read.

    Args:
        municipality: the synthetic citizens.
        story: the demo's names and wishes.
        folder: where; made when it is not there.

    Returns:
        Each file and how many rows it has.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    frames = {
        FileKind.PEOPLE: _people(municipality, story),
        FileKind.SPELLS: _spells(municipality.spells),
        FileKind.EVENTS: _events(municipality.events),
        FileKind.WORK: _work(municipality.work),
        FileKind.PAYMENTS: _payments(municipality, story),
    }
    paths = {}
    for kind, frame in frames.items():
        path = folder / f"{kind}.csv"
        frame.write_csv(path, separator=";", include_bom=True, line_terminator="\r\n")
        path.chmod(0o600)
        paths[kind] = (path, frame.height)
    return paths


def _people(municipality: Municipality, story: Mapping[str, Any]) -> pl.DataFrame:
    people = municipality.people
    rng = np.random.default_rng(SEED)
    given = {number: name for name, number in municipality.named.items()}
    wishes = {municipality.named[name]: form for name, form in story["wishes"].items()}
    number = pl.col("person_id")
    drawn = people.with_columns(
        first=_drawn(rng, story["first_names"], people.height),
        last=_drawn(rng, story["last_names"], people.height),
        street=_drawn(rng, story["streets"], people.height),
        house=pl.Series(rng.integers(1, 200, people.height)),
        is_protected=pl.Series(rng.random(people.height) < story["protected_share"]),
        cpr=_replacement_numbers(people["born"]),
    ).join(_cases(municipality, story), on="person_id", how="left", maintain_order="left")
    return drawn.select(
        noegle=_key("B", "person_id"),
        cpr="cpr",
        navn=number.replace_strict(given, default=pl.col("first"), return_dtype=pl.String)
        + pl.lit(" ")
        + pl.col("last"),
        a_kasse="a_kasse",
        forbrug_uger=_number("clock_weeks", 2),
        forbrug_pr=_date("clock_as_of"),
        kommune=pl.lit(story["tenant"]["code"]),
        adresse=pl.col("street") + pl.lit(" ") + pl.col("house").cast(pl.String),
        postnr=pl.lit(story["place"]["postcode"]),
        by=pl.lit(story["place"]["city"]),
        adressebeskyttelse=pl.when("is_protected").then(pl.lit("ja")).otherwise(pl.lit("nej")),
        sprog=pl.lit("da"),
        kontaktform=number.replace_strict(wishes, default=None, return_dtype=pl.String),
        enhed="unit",
        sagsbehandler="initials",
    )


def _drawn(rng: np.random.Generator, words: list[str], count: int) -> pl.Series:
    return pl.Series(words).gather(rng.integers(0, len(words), count))


def _replacement_numbers(born: pl.Series) -> pl.Series:
    """CPR numbers that can be nobody's own: the day plus 60 (erstatnings-CPR).

    The seventh digit is 0 for those born in the 1900s, and 4 for the 2000s; the last three count
    those who are born on the same day.
    """
    frame = pl.DataFrame({"born": born})
    day, year = pl.col("born").dt.day() + REPLACEMENT_DAY, pl.col("born").dt.year()
    rank = pl.int_range(pl.len()).over("born") + 1
    serial = pl.when(year < 2000).then(rank).otherwise(rank + 4000)
    return frame.select(
        pl.format(
            "{}{}{}-{}",
            day.cast(pl.String),
            pl.col("born").dt.strftime("%m"),
            pl.col("born").dt.strftime("%y"),
            serial.cast(pl.String).str.zfill(4),
        )
    ).to_series()


def _cases(municipality: Municipality, story: Mapping[str, Any]) -> pl.DataFrame:
    """Who has a case, where and with whom: everybody on a running spell.

    Where no caseload is drawn, all are the one caseworker's.
    """
    running = municipality.spells.filter(pl.col("end").is_null())
    units = {entry["initials"]: entry["unit"] for entry in story["staff"]}
    if not municipality.caseload:
        everybody = running.select(pl.col("person_id").unique(maintain_order=True))
        hers = story["caseworker"]
        return everybody.with_columns(unit=pl.lit(units[hers]), initials=pl.lit(hers))
    is_shared = pl.col("group").cast(pl.String).is_in(story["shared_groups"]).any()
    first, second = story["shared_units"]
    is_hers = pl.col("person_id").is_in(list(municipality.caseload))
    alternate = pl.when(pl.col("person_id") % 2 == 0).then(pl.lit(first)).otherwise(pl.lit(second))
    return (
        running.group_by("person_id", maintain_order=True)
        .agg(is_shared.alias("is_shared"))
        .select(
            "person_id",
            unit=pl.when(is_hers)
            .then(pl.lit(units[story["caseworker"]]))
            .when("is_shared")
            .then(alternate)
            .otherwise(pl.lit(story["other_unit"])),
            initials=pl.when(is_hers).then(pl.lit(story["caseworker"])),
        )
    )


def _spells(spells: pl.DataFrame) -> pl.DataFrame:
    return spells.select(
        noegle=_counted("F"),
        borger=_key("B", "person_id"),
        ydelse="benefit",
        maalgruppe="group",
        kommune="municipality",
        fra=_date("start"),
        til=_last_day("end"),
        grad=_number("degree", 3),
    )


def _events(events: pl.DataFrame) -> pl.DataFrame:
    return events.select(
        noegle=_counted("H"),
        borger=_key("B", "person_id"),
        art="kind",
        dato=_date("on"),
        til=_last_day("until"),
        aktoer="actor",
        form="form",
        detalje="detail",
    )


def _work(work: pl.DataFrame) -> pl.DataFrame:
    return work.select(
        noegle=_counted("A"),
        borger=_key("B", "person_id"),
        fra=_date("start"),
        til=_last_day("end"),
        timer_uge=_number("hours_week", 2),
        art="kind",
    )


def _payments(municipality: Municipality, story: Mapping[str, Any]) -> pl.DataFrame:
    oere = pl.col("gross_oere")
    paid = municipality.payments.select(
        noegle=_counted("U"),
        borger=_key("B", "person_id"),
        ydelse=pl.col("benefit").cast(pl.String),
        fra=_date("start"),
        til=_last_day("end"),
        brutto=pl.format("{},{}", oere // 100, (oere % 100).cast(pl.String).str.zfill(2)),
        udbetales=pl.lit(None, pl.String),
    )
    coming = [
        {"noegle": f"N{number}", "borger": key_of(municipality.named[each["name"]]), **each}
        for number, each in enumerate(story["next_payments"])
    ]
    return pl.concat([paid, pl.DataFrame(coming, schema=paid.schema)])


def _key(letter: str, column: str) -> pl.Expr:
    return pl.lit(letter) + pl.col(column).cast(pl.String)


def _counted(letter: str) -> pl.Expr:
    return pl.lit(letter) + (pl.int_range(pl.len()) + 1).cast(pl.String)


def _date(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%d-%m-%Y")


def _last_day(column: str) -> pl.Expr:
    return pl.col(column).dt.offset_by("-1d").dt.strftime("%d-%m-%Y")


def _number(column: str, decimals: int) -> pl.Expr:
    """A number with a decimal comma."""
    return pl.col(column).round(decimals).cast(pl.String).str.replace(".", ",", literal=True)
