"""A municipality publishes its catalogue from a file; a slip is told, and the rest is kept."""

import pytest

from tests.world.municipality import World
from velvalgt.apps.offers import services
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.staff.models import Unit

ONE = """
checked_on: 2026-11-02
expires_on: 2027-06-01
price_source: budget
offers:
  - key: svejs
    kind: course
    unit: NORD
    title: {da: Svejsekursus, en: Welding course}
    words: {da: Seks uger., en: Six weeks.}
    suits: {da: Til dig., en: For you.}
    needs: [learn]
    price_oere: 100
    starts: [{starts_on: 2027-01-11, apply_by: 2026-12-18, seats: 8}]
"""


def published(world: World, text: str) -> services.Published:
    with world.building():
        return services.publish_catalogue(text=text, units={u.code: u for u in Unit.objects.all()})


def test_an_offer_is_published_with_its_start(world: World) -> None:
    done = published(world, ONE)

    with world.building():
        offer = Offer.objects.get(key="svejs")
        (start,) = offer.starts.all()
    assert done.faults == ()
    assert (offer.title.da, offer.price_source, start.seats) == ("Svejsekursus", "budget", 8)


def test_publishing_again_changes_what_has_changed_and_doubles_nothing(world: World) -> None:
    published(world, ONE)
    published(world, ONE.replace("seats: 8", "seats: 9"))

    with world.building():
        offer = Offer.objects.get(key="svejs")
        assert [start.seats for start in offer.starts.all()] == [9]


@pytest.mark.parametrize(
    ("slip", "field"),
    [
        (("kind: course", "kind: party"), "kind"),
        (("seats: 8", "seats: 0"), "starts.0.seats"),
        (("needs: [learn]", "needs: [fun]"), "needs.0"),
        (("price_oere: 100", "price: 100"), "price"),
        (("en: Six weeks.", "en: ''"), "words.en"),
    ],
)
def test_a_slip_is_told_with_its_field_and_the_rest_is_kept(
    world: World, slip: tuple[str, str], field: str
) -> None:
    wrong = ONE.partition("offers:\n")[2].replace(*slip).replace("key: svejs", "key: galt")

    done = published(world, ONE + wrong)

    assert [offer.key for offer in done.offers] == ["svejs"]
    assert [(fault.offer, fault.field) for fault in done.faults] == [("galt", field)]


def test_a_unit_and_a_word_of_the_law_must_exist(world: World) -> None:
    elsewhere = published(world, ONE.replace("unit: NORD", "unit: MARS"))
    unlawful = published(world, ONE.replace("needs: [learn]", "law_word: party"))

    assert "MARS" in elsewhere.faults[0].why
    assert "party" in unlawful.faults[0].why


@pytest.mark.parametrize("text", ["", "a: [", "offers: 3", "- 1"])
def test_what_is_no_catalogue_is_refused_whole(world: World, text: str) -> None:
    with pytest.raises(services.NoCatalogue):
        published(world, text)


def test_an_offer_is_taken_out_by_its_file(world: World) -> None:
    published(world, ONE)
    published(world, ONE.replace("needs: [learn]", "retired_on: 2026-11-20"))

    with world.building():
        assert Offer.objects.get(key="svejs").retired_on is not None
