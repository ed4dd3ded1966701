"""The catalogue's verbs: publish an offer, schedule a start, take an offer out again."""

from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.offers.choices import OfferKind
from velvalgt.apps.offers.models import Offer, Start, Texts
from velvalgt.apps.staff.models import Unit
from velvalgt.core.words import vocabulary

TEXTS = ("title", "words", "suits")


class NotInTheVocabulary(Exception):
    """A word stands for an offer in the law's sense that the law does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """What is to be published of an offer (katalogpost); `Offer` tells what each part means."""

    key: str
    kind: OfferKind
    title: Texts
    words: Texts
    suits: Texts
    checked_on: date
    expires_on: date
    needs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    leads_to: str = ""
    price_oere: int | None = None
    price_source: str = ""
    green_on: date | None = None
    green_source: str = ""
    right_source: str = ""
    law_word: str = ""
    law: str = ""

    def columns(self) -> dict[str, object]:
        """The columns of the offer, with each text in both languages."""
        told: dict[str, object] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in TEXTS:
                told |= {f"{each.name}_da": value.da, f"{each.name}_en": value.en}
            else:
                told[each.name] = list(value) if isinstance(value, tuple) else value
        return told


@transaction.atomic
def publish_offer(*, draft: OfferDraft, unit: Unit) -> Offer:
    """Publish an offer (udgive), or what has changed in one; the same key is the same offer.

    Raises:
        NotInTheVocabulary: the law has no such type of offer, or no such target group.
    """
    _check("offer", (draft.law_word,) if draft.law_word else ())
    _check("group", draft.groups)
    columns = draft.columns() | {"unit": unit, "retired_on": None}
    offer, _made = Offer.objects.update_or_create(
        tenant_id=unit.tenant_id, key=draft.key, defaults=columns
    )
    return offer


@transaction.atomic
def schedule_start(
    *, offer: Offer, starts_on: date, apply_by: date, seats: int, place: str = ""
) -> Start:
    """Schedule a day on which an offer begins (sætte hold op); the same day again changes it."""
    start, _made = Start.objects.update_or_create(
        tenant_id=offer.tenant_id,
        offer=offer,
        starts_on=starts_on,
        defaults={"apply_by": apply_by, "seats": seats, "place": place},
    )
    return start


@transaction.atomic
def retire_offer(*, offer: Offer, on: date) -> Offer:
    """Take an offer out of the catalogue (tage af); what was applied for stands."""
    offer.retired_on = on
    offer.save(update_fields=["retired_on"])
    return offer


def _check(name: str, words: tuple[str, ...]) -> None:
    known = {word.word for word in vocabulary(name)}
    for word in words:
        if word not in known:
            raise NotInTheVocabulary(_("The law has no “%(word)s”.") % {"word": word})
