"""Well chosen: by rights, wishes and demand, with reasons; never by a number about anybody."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.factories import MONDAY, SpellFactory
from tests.world.municipality import World
from tests.world.offers import (
    NOW,
    a_start,
    an_offer,
    answered,
    application_of,
    applied,
    asked_for,
)
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.companies.choices import Category
from velvalgt.apps.offers import services
from velvalgt.apps.offers.choices import Need, OfferKind, Outcome
from velvalgt.apps.offers.choosing import Fit, in_order
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.offers.queries import Chosen, well_chosen

KEYS = [UUID(int=number) for number in range(9)]
fits = st.builds(
    Fit,
    key=st.sampled_from(KEYS),
    is_right=st.booleans(),
    wish=st.none() | st.integers(1, 5),
    needs=st.lists(st.sampled_from(list(Need)), unique=True, max_size=2).map(tuple),
    likes=st.lists(st.sampled_from(list(Need)), unique=True, max_size=2).map(tuple),
    demand=st.none() | st.sampled_from(list(Category)),
    starts_on=st.none() | st.dates(date(2026, 11, 23), date(2027, 6, 1)),
)
many = st.lists(fits, unique_by=lambda fit: fit.key)


@given(fits=many, data=st.data())
def test_the_order_of_the_rows_does_not_matter(fits: list[Fit], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(fits))

    assert in_order(shuffled) == in_order(fits)


@given(fits=many)
def test_a_right_never_stands_below_what_is_none(fits: list[Fit]) -> None:
    rights = [fit.is_right for fit in in_order(fits)]

    assert rights == sorted(rights, reverse=True)


@given(fits=many)
def test_wishes_stand_in_the_citizens_own_order(fits: list[Fit]) -> None:
    wishes = [fit.wish for fit in in_order(fits) if fit.wish is not None and not fit.is_right]

    assert wishes == sorted(wishes)


@given(fit=fits, other=fits)
def test_more_demand_never_moves_an_offer_down(fit: Fit, other: Fit) -> None:
    rest = {"is_right": False, "wish": None, "needs": (), "likes": ()}
    wanted = Fit(key=KEYS[1], demand=Category.SHORTAGE, starts_on=fit.starts_on, **rest)
    less = Fit(key=KEYS[0], demand=Category.LESS_GOOD, starts_on=other.starts_on, **rest)

    assert in_order([less, wanted])[0] == wanted


@pytest.fixture
def amalie(world: World) -> World:
    """Amalie is on unemployment benefit."""
    with world.building():
        SpellFactory(
            citizen=world.amalie,
            benefit="dagpenge",
            target_group="G1",
            starts_on=date(2026, 8, 18),
        )
    return world


def chosen(world: World) -> list[Chosen]:
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        return well_chosen(world.amalie, on=MONDAY)


def keys(found: list[Chosen]) -> list[str]:
    return [each.line.offer.key for each in found]


def wished(world: World, offer: Offer) -> None:
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        services.wish(citizen=world.amalie, offer=offer, by=world.amalie.user, at=NOW)


def test_few_at_a_time(amalie: World) -> None:
    for number in range(5):
        an_offer(amalie, key=f"offer{number}")

    assert len(chosen(amalie)) == 3


def test_rights_then_wishes_then_demand_then_the_first_start(amalie: World) -> None:
    asked_for(amalie, "svejser", "shortage")
    an_offer(amalie, key="later")
    an_offer(amalie, key="welding", leads_to="svejser")
    wished(amalie, an_offer(amalie, key="wish"))
    an_offer(amalie, key="right", right_source="LAB § 97")

    assert keys(chosen(amalie)) == ["right", "wish", "welding"]


def test_each_says_why(amalie: World) -> None:
    wished(amalie, an_offer(amalie, key="wish", needs=(Need.PAPERS,)))
    an_offer(amalie, key="alike", needs=(Need.PAPERS,))
    an_offer(amalie, key="group", groups=("G1",))

    reasons = {each.line.offer.key: each.reasons for each in chosen(amalie)}
    assert len(reasons) == 3
    assert all(reasons.values())
    assert "1" in reasons["wish"][0]
    assert "dagpengemodtager" in reasons["group"][0]


def test_what_is_for_another_group_is_left_out(amalie: World) -> None:
    an_offer(amalie, key="theirs", groups=("G3",))

    assert chosen(amalie) == []


def test_what_one_has_applied_for_is_left_out_and_comes_back_after_a_no(amalie: World) -> None:
    offer = an_offer(amalie)
    applied(amalie, amalie.amalie, offer)
    assert chosen(amalie) == []

    answered(amalie, application_of(amalie, amalie.amalie), Outcome.REFUSED)

    assert keys(chosen(amalie)) == ["data"]


@pytest.mark.parametrize(("right_source", "is_shown"), [("", False), ("LAB § 97", True)])
def test_what_is_outdated_hides_itself_but_a_right_never_does(
    amalie: World, right_source: str, is_shown: bool
) -> None:
    an_offer(amalie, expires_on=MONDAY, right_source=right_source)

    assert bool(chosen(amalie)) is is_shown


def test_a_right_is_shown_when_no_seat_is_left(amalie: World) -> None:
    offer = an_offer(amalie, right_source="LAB § 97")
    start = a_start(amalie, offer, seats=1)
    applied(amalie, amalie.joern, offer, start)
    answered(amalie, application_of(amalie, amalie.joern))

    (only,) = chosen(amalie)
    assert only.line.next is not None
    assert only.line.next.seats.left == 0


def test_every_kind_has_studies_behind_it() -> None:
    from velvalgt.core.effect import KINDS

    assert set(OfferKind.values) == set(KINDS)
