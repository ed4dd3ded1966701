"""How much a title is asked for: the newest word that is not after the day, and no other."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world.factories import MONDAY
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.companies.choices import Category
from velvalgt.apps.companies.models import Balance
from velvalgt.apps.companies.queries import demand_for, demands_for
from velvalgt.apps.staff.models import Tenant

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def balance(tenant: Tenant, as_of: date, category: str = "good", **more: str) -> Balance:
    told = {"occupation": "svejser", "title": "Svejser", "area": "Nordjylland", "source": "star"}
    return Balance.objects.create(tenant=tenant, as_of=as_of, category=category, **(told | more))


def test_the_newest_balance_that_is_not_after_the_day_is_told_with_area_day_and_source(
    world: World,
) -> None:
    with world.building():
        balance(world.tenant, date(2026, 1, 1), "less_good")
        balance(world.tenant, date(2026, 7, 1), "shortage")
        balance(world.tenant, date(2027, 1, 1), "paradox")

    with world.as_tine():
        found = demand_for("svejser", on=MONDAY)

    assert found is not None
    assert (found.category, found.area) == (Category.SHORTAGE, "Nordjylland")
    assert (found.as_of, found.source) == (date(2026, 7, 1), "star")


def test_a_title_that_nobody_has_told_of_has_no_demand_rather_than_a_guess(world: World) -> None:
    with world.building():
        balance(world.tenant, date(2027, 1, 1))

    with world.as_tine():
        assert demand_for("svejser", on=MONDAY) is None
        assert demands_for(["svejser", "maler"], on=MONDAY) == {}


def test_many_titles_are_asked_for_at_once(world: World, django_assert_num_queries: object) -> None:
    with world.building():
        balance(world.tenant, date(2026, 7, 1))
        balance(world.tenant, date(2026, 7, 1), occupation="maler", title="Maler")

    with world.as_tine(), django_assert_num_queries(1):  # type: ignore[operator]
        assert set(demands_for(["svejser", "maler", "kok"], on=MONDAY)) == {"svejser", "maler"}


def test_another_municipalitys_balance_is_not_ours(world: World) -> None:
    with world.building():
        balance(world.tenant, date(2026, 7, 1))

    with acting(world.neighbour.pk, world.tine.pk, Purpose.CASE_WORK):
        assert demand_for("svejser", on=MONDAY) is None


def test_each_of_the_four_categories_is_said_in_words_of_its_own_and_explained() -> None:
    assert len({str(each.label) for each in Category}) == 4
    assert len({str(each.meaning) for each in Category}) == 4


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=st.sets(DAYS, min_size=1, max_size=6), on=DAYS)
def test_whatever_the_days_the_newest_not_after_is_chosen(
    world: World, days: set[date], on: date
) -> None:
    with world.building():
        Balance.objects.all().delete()
        for each in days:
            balance(world.tenant, each)

    with world.as_tine():
        found = demand_for("svejser", on=on)

    expected = max((each for each in days if each <= on), default=None)
    assert (found.as_of if found else None) == expected


@pytest.mark.parametrize("table", ["companies_balance", "companies_vacancy"])
def test_the_web_reads_the_labour_market_and_writes_none_of_it(world: World, table: str) -> None:
    with world.as_tine(), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            cursor.execute(f"delete from {table}")
