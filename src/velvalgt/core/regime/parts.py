"""What the parts of a law file are made of: words, lengths, texts, sources, places."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from velvalgt.core.calendar import Span
from velvalgt.core.frames import a_kasser, municipalities, vocabulary

CONFIRMED = ("CONFIRMED-LAW", "CONFIRMED-OFFICIAL")
Confidence = Literal[
    "CONFIRMED-LAW",
    "CONFIRMED-OFFICIAL",
    "UNCERTAIN-SEC",
    "UNCERTAIN-MEM",
    "UNCERTAIN-INF",
    "UNCERTAIN",
]
Language = Literal["da", "en"]
Standing = Literal["law", "frame"]
Commences = Literal["by_case_start", "by_date"]
Period = tuple[date, date | None]


def refusal(word: str, what: str, allowed: Collection[str]) -> str:
    """Say that a word is none of those allowed, and which it may be meant for.

    Args:
        word: as it was written.
        what: what it should have been.
        allowed: the words that it could have been.

    Returns:
        A sentence for the one who wrote it.
    """
    near = get_close_matches(word.lower(), allowed, n=1)
    meant = f" (did you mean {near[0]}?)" if near else ""
    return f"'{word}' is not {what}{meant}; allowed: {', '.join(allowed)}"


def _among(what: str, known: Callable[[], Collection[str]]) -> AfterValidator:
    def checked(word: str) -> str:
        if word not in known():
            raise ValueError(refusal(word, what, known()))
        return word

    return AfterValidator(checked)


def _some(words: tuple[str, ...]) -> tuple[str, ...]:
    if not words:
        raise ValueError("empty: leave the field out where it holds everywhere")
    return words


def _in(name: str) -> AfterValidator:
    return _among(f"in the vocabulary {name}", lambda: [entry.word for entry in vocabulary(name)])


def _codes() -> Collection[str]:
    return municipalities()["code"].cast(pl.String).unique().sort().to_list()


def _regions() -> Collection[str]:
    return municipalities()["region"].unique().sort().to_list()


def _span(value: object) -> object:
    return Span.parse(value) if isinstance(value, str) else value


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Group = Annotated[str, _in("group")]
Benefit = Annotated[str, _in("benefit")]
Flag = Annotated[str, _in("flag")]
Actor = Annotated[str, _in("actor")]
Form = Annotated[str, _in("form")]
EventKind = Annotated[str, _in("kind")]
Detail = Annotated[str, _in("interview")]
Request = Annotated[str, _in("request")]
Offer = Annotated[str, _in("offer")]
Ground = Annotated[str, _in("exemption")]
Municipality = Annotated[str, _among("a municipality's code", _codes)]
Region = Annotated[str, _among("a region", _regions)]
AKasse = Annotated[str, _among("an a-kasse", a_kasser)]
Length = Annotated[Span, BeforeValidator(_span)]
Share = Annotated[float, Field(gt=0, le=1)]
Ids = Annotated[tuple[str, ...], BeforeValidator(_several)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]


class Strict(BaseModel):
    """A part of a law file: no unknown field, nothing changed after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


class Texts(Strict):
    """A text in both languages."""

    da: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.da if language == "da" else self.en


class Source(Strict):
    """Where a rule stands: paragraph, act, and the public page that was read."""

    paragraph: str
    act: str
    url: str | None = None

    def __str__(self) -> str:
        return f"{self.paragraph}, {self.act}"


class Placed(Strict):
    """Something that holds in the whole country, or only in some places or a-kasser."""

    municipalities: Annotated[tuple[Municipality, ...], AfterValidator(_some)] = ()
    regions: Annotated[tuple[Region, ...], AfterValidator(_some)] = ()
    a_kasser: Annotated[tuple[AKasse, ...], AfterValidator(_some)] = ()

    @property
    def speciality(self) -> int:
        """How special it is: 0 the country, 1 regions, 2 municipalities or a-kasser."""
        return 2 if self.municipalities or self.a_kasser else 1 if self.regions else 0


def day_after(last: date | None) -> date | None:
    """The end of a period whose own last day is given."""
    return None if last is None else date.fromordinal(last.toordinal() + 1)


def _in_order(period: Period) -> Period:
    if period[1] is not None and period[1] < period[0]:
        raise ValueError(f"the last day, {period[1]}, is before the first, {period[0]}")
    return period


Valid = Annotated[Period, AfterValidator(_in_order)]


class Stated(Placed):
    """Something that the law says for a time: in which days, where it stands, how well it is known.

    What is not confirmed is not verified, and says what was not read.
    """

    valid: Valid
    source: Source
    confidence: Confidence
    unverified: bool
    caveat: Texts | None = None

    @property
    def valid_from(self) -> date:
        """The first day."""
        return self.valid[0]

    @property
    def valid_to(self) -> date | None:
        """The day after the last; None where none is given."""
        return day_after(self.valid[1])

    @model_validator(mode="before")
    @classmethod
    def _doubt(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        confirmed = data.get("confidence") in CONFIRMED
        return {**data, "unverified": data.get("unverified", False) or not confirmed}

    @model_validator(mode="after")
    def _told(self) -> Stated:
        if self.unverified and self.caveat is None:
            raise ValueError("caveat: what is not verified says what was not read")
        return self
