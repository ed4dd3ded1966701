"""The catalogue as a file: what a municipality offers, written in YAML by those who know it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from velvalgt.apps.offers.choices import Need, OfferKind
from velvalgt.apps.offers.models import Offer, Texts
from velvalgt.apps.offers.publishing import (
    NotInTheVocabulary,
    OfferDraft,
    publish_offer,
    retire_offer,
    schedule_start,
)
from velvalgt.apps.staff.models import Unit

STRICT = ConfigDict(extra="forbid")


class NoCatalogue(Exception):
    """The file is no catalogue at all; nothing of it was published."""


class Said(BaseModel):
    """A text in both languages."""

    model_config = STRICT
    da: str = Field(min_length=1)
    en: str = Field(min_length=1)


class StartEntry(BaseModel):
    """A day on which an offer begins."""

    model_config = STRICT
    starts_on: date
    apply_by: date
    seats: int = Field(ge=1)
    place: str = ""


class OfferEntry(BaseModel):
    """One offer of the file."""

    model_config = STRICT
    key: str = Field(min_length=1, max_length=40)
    kind: OfferKind
    unit: str
    title: Said
    words: Said
    suits: Said
    needs: list[Need] = []
    groups: list[str] = []
    leads_to: str = ""
    price_oere: int | None = Field(default=None, ge=0)
    price_source: str = ""
    green_on: date | None = None
    green_source: str = ""
    right_source: str = ""
    law_word: str = ""
    law: str = ""
    checked_on: date
    expires_on: date
    starts: list[StartEntry] = []
    retired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an offer of the file was left out: which, where in it, and what is wrong."""

    offer: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Published:
    """What came of a catalogue's file."""

    offers: tuple[Offer, ...]
    faults: tuple[Fault, ...]


def publish_catalogue(*, text: str, units: Mapping[str, Unit]) -> Published:
    """Publish the offers of a file (udgive katalog); a bad one is told of, the good ones are kept.

    Args:
        text: YAML with `offers`, and `checked_on`, `expires_on` and `price_source` for those that
            do not say it themselves.
        units: the municipality's units by their code.

    Raises:
        NoCatalogue: it is not YAML, or has no list of offers.
    """
    content = _read(text)
    offers: list[Offer] = []
    faults: list[Fault] = []
    for number, told in enumerate(content["offers"], start=1):
        name = str(told.get("key") or number) if isinstance(told, dict) else str(number)
        try:
            offers.append(_publish(OfferEntry.model_validate(_filled(told, content)), units))
        except ValidationError as error:
            faults += _faults(name, error)
        except (NotInTheVocabulary, UnknownUnit) as error:
            faults.append(Fault(name, "", str(error)))
    return Published(tuple(offers), tuple(faults))


class UnknownUnit(Exception):
    """The municipality has no unit with that code."""


def _read(text: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise NoCatalogue(_("The file is not YAML: %(why)s") % {"why": error}) from None
    if not isinstance(content, dict) or not isinstance(content.get("offers"), list):
        raise NoCatalogue(_("The file has no list called “offers”."))
    return content


def _filled(told: object, content: Mapping[str, Any]) -> object:
    """An entry with what the file says once for all of them."""
    if not isinstance(told, dict):
        return told
    usual = {each: content[each] for each in ("checked_on", "expires_on") if each in content}
    if told.get("price_oere") is not None and "price_source" in content:
        usual["price_source"] = content["price_source"]
    return usual | told


@transaction.atomic
def _publish(entry: OfferEntry, units: Mapping[str, Unit]) -> Offer:
    if entry.unit not in units:
        raise UnknownUnit(_("There is no unit “%(unit)s”.") % {"unit": entry.unit})
    parts = entry.model_dump(exclude={"unit", "starts", "retired_on"})
    parts |= {part: Texts(**parts[part]) for part in ("title", "words", "suits")}
    parts |= {part: tuple(parts[part]) for part in ("needs", "groups")}
    offer = publish_offer(draft=OfferDraft(**parts), unit=units[entry.unit])
    for start in entry.starts:
        schedule_start(offer=offer, **start.model_dump())
    if entry.retired_on:
        retire_offer(offer=offer, on=entry.retired_on)
    return offer


def _faults(name: str, error: ValidationError) -> Iterator[Fault]:
    for each in error.errors():
        yield Fault(name, ".".join(map(str, each["loc"])), each["msg"])
