"""Each page asks the database a fixed number of questions, with two cases or with seventy."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world.factories import LONG_AGO, CaseFactory, CitizenFactory, EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.duties.services import recompute

MONDAY = date(2026, 11, 23)


@pytest.fixture
def seventy(monday: World) -> World:
    """Seventy citizens who all asked for help today, reckoned in the night."""
    with monday.building():
        for citizen in CitizenFactory.create_batch(68, tenant=monday.tenant):
            CaseFactory(citizen=citizen, unit=monday.team, caseworker=monday.tine)
            SpellFactory(citizen=citizen, starts_on=MONDAY)
            EntryFactory(citizen=citizen, kind="first_contact", on=MONDAY, form="")
    with as_role("worker"):
        recompute(tenant=monday.tenant, on=MONDAY, at=LONG_AGO)
    return monday


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("/caseworker/", 31),
        ("/caseworker/?scope=unit", 31),
        ("/caseworker/citizens/", 10),
        ("/caseworker/citizens/{joern}/", 23),
        ("/caseworker/hours/", 23),
        ("/caseworker/citizens/{joern}/leave-out/", 14),
        ("/caseworker/citizens/{joern}/safety/", 12),
        ("/caseworker/citizens/{joern}/preparation/", 11),
        ("/caseworker/citizens/{joern}/profile/", 11),
        ("/caseworker/citizens/{joern}/suggestion/", 13),
        ("/caseworker/citizens/{joern}/own-nos/", 14),
        ("/caseworker/citizens/{joern}/plan/", 14),
        ("/caseworker/citizens/{joern}/plan/agreement/", 10),
        ("/caseworker/citizens/{joern}/duties/k3_first_for_all/", 14),
    ],
)
def test_a_page_asks_no_more_with_seventy_cases(
    tine: Client,
    seventy: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    questions: int,
) -> None:
    with django_assert_num_queries(questions):
        answer = tine.get(path.format(joern=seventy.joern.pk))

    assert answer.status_code == 200
