"""The words that frames may hold, dated, and the municipalities with their regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary with its names and the days between which it may be used."""

    word: str
    da: str
    en: str
    first_day: date | None = None
    last_day: date | None = None


@cache
def vocabulary(name: str) -> tuple[Word, ...]:
    """The words of one vocabulary, in the file's order.

    Args:
        name: benefit, group, kind, actor, form, place, flag, exemption, interview, request,
            objection, offer or work_kind.

    Returns:
        The words.

    Raises:
        KeyError: there is no such vocabulary.
    """
    return tuple(Word(**entry) for entry in _file("vocabulary")[name])


def vocabularies() -> tuple[str, ...]:
    """The names of the vocabularies, in the file's order."""
    return tuple(name for name, entries in _file("vocabulary").items() if isinstance(entries, list))


@cache
def _file(name: str) -> dict[str, Any]:
    text = (_HERE / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return content


@cache
def municipalities() -> pl.DataFrame:
    """The municipalities (kommuner), a row for each period in a region.

    Returns:
        code, name, region, start, end (null = open), fictitious; periods are half-open.
    """
    content = _file("municipalities")
    return pl.DataFrame(
        [
            {
                "code": place["code"],
                "name": place["name"],
                **period,
                "fictitious": place["fictitious"],
            }
            for place in content["municipalities"]
            for period in place["regions"]
        ],
        schema={
            "code": enum("municipality"),
            "name": pl.String,
            "region": pl.String,
            "start": pl.Date,
            "end": pl.Date,
            "fictitious": pl.Boolean,
        },
    )


@cache
def a_kasser() -> Mapping[str, str]:
    """The unemployment-insurance funds (a-kasser).

    Returns:
        Key to name, in the file's order.
    """
    return {fund["id"]: fund["name"] for fund in _file("a_kasser")["a_kasser"]}


@cache
def enum(name: str) -> pl.Enum:
    """The type of a column that holds one vocabulary's words; `municipality` holds the codes.

    Args:
        name: a vocabulary, or municipality.

    Returns:
        A polars Enum.
    """
    if name != "municipality":
        return pl.Enum([word.word for word in vocabulary(name)])
    return pl.Enum([place["code"] for place in _file("municipalities")["municipalities"]])


@cache
def possible_days() -> tuple[date, date]:
    """The first and the last day that a frame may hold; others are slips of the keyboard."""
    dates = _file("vocabulary")["dates"]
    return dates["first_day"], dates["last_day"]
