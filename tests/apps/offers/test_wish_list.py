"""The wish list: the citizen's own order, kept version by version, nothing lost or doubled."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.world.municipality import World
from tests.world.offers import NOW, an_offer
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.offers import services
from velvalgt.apps.offers.models import WishList
from velvalgt.apps.offers.queries import wish_list
from velvalgt.apps.offers.wishing import moved

lists = st.lists(st.integers(0, 9), unique=True, min_size=1).map(
    lambda numbers: [UUID(int=number) for number in numbers]
)


@given(wishes=lists, data=st.data(), by=st.integers(-12, 12))
def test_moving_loses_and_doubles_nothing(wishes: list[UUID], data: st.DataObject, by: int) -> None:
    wish = data.draw(st.sampled_from(wishes))

    order = moved(wishes, wish, by)

    assert sorted(order) == sorted(wishes)
    others = [each for each in wishes if each != wish]
    assert [each for each in order if each != wish] == others


@given(wishes=lists, data=st.data())
def test_up_and_then_down_is_where_it_was_unless_it_was_on_top(
    wishes: list[UUID], data: st.DataObject
) -> None:
    wish = data.draw(st.sampled_from(wishes))

    back = moved(moved(wishes, wish, -1), wish, 1)

    assert back == wishes or wishes[0] == wish


def test_the_citizen_orders_the_list_and_each_change_has_its_receipt(world: World) -> None:
    offers = [an_offer(world, key=key) for key in ("a", "b", "c")]
    mine = {"citizen": world.amalie, "by": world.amalie.user, "at": NOW}
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        for offer in [*offers, offers[0]]:
            services.wish(offer=offer, **mine)
        services.move_wish(offer=offers[2], places=-1, **mine)
        services.move_wish(offer=offers[0], places=-1, **mine)
        services.take_off_wish_list(offer=offers[1], **mine)

        assert [offer.key for offer in wish_list(world.amalie)] == ["a", "c"]
        assert WishList.objects.count() == 5
        assert Receipt.objects.filter(deed=Deed.WISH_LIST).count() == 5
