"""The wish list's verbs: put an offer on it, move it, take it off; each is a new version."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.services import give_receipt, one_at_a_time
from velvalgt.apps.offers.models import Offer, WishList
from velvalgt.apps.offers.speaking import title_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


def wishes_of(citizen: Citizen) -> list[UUID]:
    """Give the keys of what a citizen would like, the dearest first."""
    newest = WishList.objects.filter(citizen=citizen).order_by("-changed_at", "-pk").first()
    return list(newest.offers) if newest else []


def moved(wishes: Sequence[UUID], wish: UUID, by: int) -> list[UUID]:
    """Move a wish some places within the list, up where negative; nothing is lost or doubled."""
    order = list(wishes)
    if wish in order:
        place = order.index(wish)
        order.remove(wish)
        order.insert(max(place + by, 0), wish)
    return order


@transaction.atomic
def wish(*, citizen: Citizen, offer: Offer, by: User, at: datetime) -> None:
    """Put an offer last on the wish list (ønske); once, however often one asks."""
    one_at_a_time(citizen.pk)
    wishes = wishes_of(citizen)
    if offer.pk not in wishes:
        _write(citizen, [*wishes, offer.pk], offer=offer, by=by, at=at)


@transaction.atomic
def take_off_wish_list(*, citizen: Citizen, offer: Offer, by: User, at: datetime) -> None:
    """Take an offer off the wish list (fjerne ønske)."""
    one_at_a_time(citizen.pk)
    wishes = wishes_of(citizen)
    if offer.pk in wishes:
        left = [each for each in wishes if each != offer.pk]
        _write(citizen, left, offer=offer, by=by, at=at)


@transaction.atomic
def move_wish(*, citizen: Citizen, offer: Offer, places: int, by: User, at: datetime) -> None:
    """Move a wish down the list, or up where `places` is negative (flytte ønske)."""
    one_at_a_time(citizen.pk)
    wishes = wishes_of(citizen)
    order = moved(wishes, offer.pk, places)
    if order != wishes:
        _write(citizen, order, offer=offer, by=by, at=at)


def _write(
    citizen: Citizen, offers: Sequence[UUID], *, offer: Offer, by: User, at: datetime
) -> None:
    WishList.objects.create(
        tenant_id=citizen.tenant_id, citizen=citizen, offers=list(offers), changed_at=at
    )
    give_receipt(citizen=citizen, deed=Deed.WISH_LIST, by=by, at=at, title=title_of(offer))
