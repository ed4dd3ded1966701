"""How far it is as the crow flies, and which vacancies are near."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.factories import MONDAY
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.companies.distance import EARTH_KM, Point, straight_km
from velvalgt.apps.companies.models import Vacancy
from velvalgt.apps.companies.queries import places, search, vacancies_of

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
AALBORG, AARHUS = Point(57.048, 9.919), Point(56.157, 10.21)
NEAR_KM = 0.01


@given(here=POINTS, there=POINTS)
def test_the_way_back_is_as_long_as_the_way_there(here: Point, there: Point) -> None:
    assert straight_km(here, there) == pytest.approx(straight_km(there, here), abs=1e-6)


@given(here=POINTS)
def test_there_is_no_way_to_where_one_is(here: Point) -> None:
    assert straight_km(here, here) == 0


@given(a=POINTS, b=POINTS, c=POINTS)
def test_no_detour_is_a_short_cut(a: Point, b: Point, c: Point) -> None:
    assert straight_km(a, c) <= straight_km(a, b) + straight_km(b, c) + NEAR_KM


@given(here=POINTS, there=POINTS)
def test_nothing_is_farther_than_half_round_the_earth(here: Point, there: Point) -> None:
    assert 0 <= straight_km(here, there) <= 3.1416 * EARTH_KM


def test_a_degree_of_latitude_is_as_long_as_the_earths_radius_says() -> None:
    assert straight_km(Point(56, 10), Point(57, 10)) == pytest.approx(111.195, abs=0.001)
    assert 95 < straight_km(AALBORG, AARHUS) < 105


def vacancy(world: World, title: str, point: Point | None = None, **more: object) -> Vacancy:
    told = {"employer": "Velby Smed", "postcode": "0099", "city": "Velby"}
    return Vacancy.objects.create(
        tenant=world.tenant,
        source="jobs",
        external_key=title,
        title=title,
        latitude=point and point.latitude,
        longitude=point and point.longitude,
        url="https://example.org/",
        imported_at=datetime(2026, 11, 20, tzinfo=UTC),
        **(told | more),
    )


@pytest.fixture
def market(world: World) -> World:
    """A welder here, a painter in the next town, a cook nowhere on the map, a baker too late."""
    with world.building():
        vacancy(world, "Svejser", Point(57.0, 10.0), apply_by=date(2026, 12, 7))
        vacancy(world, "Maler", Point(57.2, 10.0), postcode="0098", city="Naboby")
        vacancy(world, "Kok", apply_by=date(2026, 11, 23))
        vacancy(world, "Bager", Point(57.0, 10.0), apply_by=date(2026, 11, 22))
    return world


def found(world: World, **asked: object) -> list[str]:
    with world.as_tine():
        return [each.title for each, _ in vacancies_of(search(on=MONDAY, **asked).hits)]


def test_without_a_start_all_that_are_open_are_found_the_first_to_close_first(
    market: World,
) -> None:
    assert found(market) == ["Kok", "Svejser", "Maler"]


def test_from_a_place_the_nearest_comes_first_and_the_distance_is_a_limit(market: World) -> None:
    naboby = Point(57.2, 10.0)

    assert found(market, start=naboby) == ["Maler", "Svejser"]
    assert found(market, start=naboby, within_km=22) == ["Maler"]
    assert found(market, start=naboby, within_km=23) == ["Maler", "Svejser"]


def test_those_that_are_nowhere_on_the_map_are_counted_and_not_forgotten(market: World) -> None:
    with market.as_tine():
        assert search(on=MONDAY, start=AALBORG).without_place == 1
        assert search(on=MONDAY).without_place == 0


@pytest.mark.parametrize(
    ("words", "titles"),
    [("svejs", ["Svejser"]), ("SMED naboby", ["Maler"]), ("%", []), ("pilot", []), ("\x00", None)],
)
def test_every_word_must_stand_in_title_company_or_town(
    market: World, words: str, titles: list[str] | None
) -> None:
    assert found(market, words=words) == (titles if titles is not None else found(market))


def test_the_places_to_start_from_are_those_of_the_open_vacancies(market: World) -> None:
    with market.as_tine():
        told = [(place.postcode, place.city) for place in places(MONDAY)]

    assert told == [("0098", "Naboby"), ("0099", "Velby")]


def test_another_municipalitys_vacancies_are_not_shown(market: World) -> None:
    with acting(market.neighbour.pk, market.tine.pk, Purpose.CASE_WORK):
        assert search(on=MONDAY).hits == []
