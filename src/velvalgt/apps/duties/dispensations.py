"""A dispensation as it is written (dispensation): from a draft or a row to the core's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

import structlog
from pydantic import ValidationError

from velvalgt.apps.duties.choices import Effect
from velvalgt.core.regime import Dispensation, LawBook, LawError
from velvalgt.core.regime.parts import Confidence, Source, Texts
from velvalgt.core.regime.places import regions_on
from velvalgt.core.regime.schema import Effect as EffectInLaw

log = structlog.get_logger("velvalgt.duties")

NOT_WRITTEN_YET = "..."
READ_BY_TWO: Confidence = "CONFIRMED-LAW"
"""Two people have read the order and vouch for what is written here."""
LISTS = ("rules", "forms", "clocks", "regions", "municipalities")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the State gave, in the words of its order; empty places mean the whole country.

    `last_day` is the last day on which it holds; None while the State has named none.
    """

    effect: Effect
    first_day: date
    last_day: date | None = None
    rules: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    instrument: str = ""
    paragraph: str = ""
    url: str = ""
    words_da: str = ""
    words_en: str = ""

    def as_law(self, key: str = "draft") -> Dispensation:
        """The core's dispensation; what is not written yet stands as dots.

        Raises:
            pydantic.ValidationError: it cannot hold as it is.
        """
        instrument = self.instrument or NOT_WRITTEN_YET
        words = {"da": self.words_da or NOT_WRITTEN_YET, "en": self.words_en or NOT_WRITTEN_YET}
        lists = {name: getattr(self, name) for name in LISTS}
        return Dispensation.model_validate(
            {
                "id": key,
                "instrument": instrument,
                "effect": self.effect.value,
                **{name: given for name, given in lists.items() if given},
                "valid": (self.first_day, self.last_day),
                "text": words,
                "source": {
                    "paragraph": self.paragraph or NOT_WRITTEN_YET,
                    "act": instrument,
                    "url": self.url or None,
                },
                "confidence": READ_BY_TWO,
                "unverified": False,
            }
        )


def as_written(key: str, draft: Draft) -> Dispensation:
    """A dispensation that changes nothing, with the words of one that the book cannot take."""
    text = Texts.model_construct(da=draft.words_da, en=draft.words_en)
    source = Source.model_construct(
        paragraph=draft.paragraph, act=draft.instrument, url=draft.url or None
    )
    return Dispensation.model_construct(
        id=key,
        instrument=draft.instrument,
        effect=cast("EffectInLaw", draft.effect.value),
        regions=draft.regions,
        municipalities=draft.municipalities,
        a_kasser=(),
        valid=(draft.first_day, draft.last_day),
        text=text,
        source=source,
        rules=(),
        forms=(),
        clocks=(),
        confidence=READ_BY_TWO,
        unverified=False,
    )


def amended(law: LawBook, given: Iterable[tuple[str, Draft]]) -> LawBook:
    """The book with recorded dispensations, each under its key, as far as it can take them.

    A newer book is not stopped by an old record: what it no longer has is left out of a record, and
    a record that it cannot take at all is left out, which the log tells.
    """
    held = []
    for key, draft in given:
        each = taken(law, key, draft)
        if each is None:
            log.warning("dispensation_left_out", dispensation=key)
        else:
            held.append(each)
    while True:
        try:
            return law.amended(held)
        except LawError as error:
            refused = [each for each in held if each.id == error.rule]
            if not refused:
                raise
            log.warning("dispensation_left_out", dispensation=error.rule)
            held = [each for each in held if each not in refused]


def taken(law: LawBook, key: str, draft: Draft) -> Dispensation | None:
    """What a book has of a record, by the ids that it names; None where that is nothing."""
    try:
        given = draft.as_law(key)
    except ValidationError:
        return None
    if not {*given.regions} <= {*regions_on(given.valid_from)}:
        return None
    rules = {rule.id for rule in law.rules if rule.forms or not given.forms}
    kept = {
        "rules": tuple(each for each in given.rules if each in rules),
        "clocks": tuple(each for each in given.clocks if each in law.clocks),
    }
    return given.model_copy(update=kept) if any(kept.values()) else None
