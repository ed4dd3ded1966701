"""Well chosen: what may suit a citizen, by what they have said and what the law gives them.

No gain is computed and nobody is ranked: the order is that of a list of rules which anybody can
check. Rights come first; then what stands on the citizen's own wish list, in their order; then
what helps with most of what they say they need; then how much the labour market asks for what it
leads to; then what begins first; and last the catalogue's own order.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from velvalgt.apps.companies.choices import Category
from velvalgt.apps.offers.choices import Need
from velvalgt.apps.offers.finding import OfferLine, lines_of
from velvalgt.apps.offers.models import Application, Offer
from velvalgt.apps.offers.wishing import wishes_of
from velvalgt.apps.people.models import Citizen
from velvalgt.core.effect import Study, studies_of
from velvalgt.core.words import vocabulary

FEW = 3
BY_DEMAND = (Category.SHORTAGE, Category.PARADOX, Category.GOOD, Category.LESS_GOOD)


@dataclass(frozen=True, slots=True)
class Fit:
    """What speaks for an offer: facts that the citizen can see and change.

    Attributes:
        wish: its place on the wish list, from 1; None where it is not on it.
        needs: what it helps with of what the citizen said they need.
        likes: what it has in common with what stands on the wish list.
    """

    key: UUID
    is_right: bool = False
    wish: int | None = None
    needs: tuple[Need, ...] = ()
    likes: tuple[Need, ...] = ()
    demand: Category | None = None
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """An offer that may suit a citizen, with the reasons in words."""

    line: OfferLine
    reasons: tuple[str, ...]
    studies: tuple[Study, ...]


def in_order(fits: Collection[Fit]) -> list[Fit]:
    """Order offers by the rules on top of this page; the same whatever order they come in."""
    return sorted(fits, key=_rank)


def _rank(fit: Fit) -> tuple[object, ...]:
    return (
        not fit.is_right,
        fit.wish is None,
        fit.wish or 0,
        -len(fit.needs),
        -len(fit.likes),
        BY_DEMAND.index(fit.demand) if fit.demand else len(BY_DEMAND),
        fit.starts_on or date.max,
        fit.key,
    )


def well_chosen(
    citizen: Citizen, *, on: date, needs: Sequence[Need] = (), most: int = FEW
) -> list[Chosen]:
    """Give the few offers that may suit a citizen, each with its reasons (vel valgt).

    Left out is what is not for their target group, and what they have applied for.

    Args:
        citizen: for whom.
        on: the day.
        needs: what they say that they need, besides what the wish list tells.
        most: how many.
    """
    groups = groups_of(citizen, on)
    applied = Application.objects.filter(citizen=citizen).undecided().values("offer")
    offers = Offer.objects.shown(on).for_group(groups).exclude(pk__in=applied)
    lines = {line.offer.pk: line for line in lines_of(list(offers.select_related("unit")), on)}
    wishes = wishes_of(citizen)
    liked = {need for key in wishes if key in lines for need in lines[key].offer.needs}
    fits = [_fit(line, wishes, needs, liked) for line in lines.values()]
    return [_chosen(fit, lines[fit.key], groups) for fit in in_order(fits)[:most]]


def groups_of(citizen: Citizen, on: date) -> tuple[str, ...]:
    """Give the target groups (målgruppe) that a citizen is in on a day."""
    return tuple(citizen.spells.on(on).order_by("pk").values_list("target_group", flat=True))


def _fit(
    line: OfferLine, wishes: Sequence[UUID], needs: Collection[Need], liked: Collection[str]
) -> Fit:
    offer = line.offer
    is_wished = offer.pk in wishes
    return Fit(
        key=offer.pk,
        is_right=offer.is_right,
        wish=wishes.index(offer.pk) + 1 if is_wished else None,
        needs=tuple(Need(each) for each in offer.needs if each in needs),
        likes=() if is_wished else tuple(Need(each) for each in offer.needs if each in liked),
        demand=line.demand.category if line.demand else None,
        starts_on=line.next.start.starts_on if line.next else None,
    )


def _chosen(fit: Fit, line: OfferLine, groups: tuple[str, ...]) -> Chosen:
    offer = line.offer
    return Chosen(line, _reasons(fit, offer, groups), studies_of(offer.kind, groups))


def _reasons(fit: Fit, offer: Offer, groups: Collection[str]) -> tuple[str, ...]:
    """Say what speaks for it; the demand has a line of its own on the page."""
    reasons = []
    if fit.is_right:
        reasons.append(_("You may have a right to it."))
    if fit.wish is not None:
        reasons.append(_("It is number %(place)s on your wish list.") % {"place": fit.wish})
    if fit.needs:
        reasons.append(_("You want to: %(needs)s.") % {"needs": _listed(fit.needs)})
    if fit.likes:
        said = {"needs": _listed(fit.likes)}
        reasons.append(_("It is like what you wish for: %(needs)s.") % said)
    reasons.extend(
        _("It is meant for your group: %(group)s.") % {"group": _group(group)}
        for group in sorted(set(offer.groups) & set(groups))
    )
    return tuple(reasons) or (_("It is open to all."),)


def _listed(needs: Sequence[Need]) -> str:
    return ", ".join(str(need.label) for need in needs)


def _group(group: str) -> str:
    language = "en" if (get_language() or "da").startswith("en") else "da"
    return next((getattr(w, language) for w in vocabulary("group") if w.word == group), group)
