"""The administrator sees files, users and seals, and never a citizen."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit import services as audit
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.exchange.models import ImportRun

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture
def ib(world: World) -> Client:
    """Ib's browser, signed in; one file came in with two bad rows."""
    with world.building():
        ImportRun.objects.create(
            tenant=world.tenant,
            kind="people",
            source="fagsystem",
            file_name="borgere.csv",
            sha256="0" * 64,
            encoding="utf-8",
            accepted=58,
            unchanged=0,
            rejected=2,
            reasons={"impossible_date": 2},
            started_at=NOON,
            finished_at=NOON,
        )
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": "ib"})
    return client


def test_a_file_is_told_with_what_came_of_its_rows(ib: Client) -> None:
    page = ib.get("/administrator/").content.decode()

    assert "borgere.csv" in page
    assert ">58<" in page
    assert "It is no date. Write it as 31-12-2026. (2)" in page


def test_everyone_who_works_here_is_named_with_unit_and_role(ib: Client) -> None:
    page = ib.get("/administrator/").content.decode()

    for words in ("Tine", "Jobteam Nord", "caseworker", "Mette", "Jura", "jurist"):
        assert words in page


def test_no_citizen_is_named(ib: Client, world: World) -> None:
    page = ib.get("/administrator/").content.decode()

    for citizen in (world.amalie, world.joern, world.elsewhere):
        assert citizen.name not in page
        assert str(citizen.pk) not in page


def test_the_seals_are_counted(ib: Client, world: World) -> None:
    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        seal = audit.seal(at=NOON)

    page = ib.get("/administrator/").content.decode()

    assert seal is not None
    assert f"1 seal stands over {seal.traces} lines" in page


def test_an_empty_house_says_what_to_do(world: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": "ib"})

    page = client.get("/administrator/").content.decode()

    assert "No file has come in yet" in page
    assert "Nothing is sealed yet" in page


def test_the_page_asks_a_fixed_number_of_questions(
    ib: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(13):
        assert ib.get("/administrator/").status_code == 200
