"""The worklist says whom the law cannot let wait, what came in, and what the ledgers owe."""

from datetime import date

from django.test import Client

from tests.world.factories import CaseFactory, CitizenFactory, EntryFactory, SpellFactory
from tests.world.municipality import World


def test_joern_stands_first_with_the_day_the_law_gives(tine: Client, monday: World) -> None:
    page = tine.get("/caseworker/").content.decode()

    assert "Jørn" in page
    assert "In 1\xa0week" in page
    assert "Monday 30 November 2026" in page
    assert "23 November 2026, in person" in page
    assert f"/caseworker/citizens/{monday.joern.pk}/duties/k3_first_for_all/" in page


def test_what_is_late_is_said_in_days(tine: Client, monday: World) -> None:
    with monday.building():
        ali = CitizenFactory(tenant=monday.tenant, name="Ali")
        CaseFactory(citizen=ali, unit=monday.team, caseworker=monday.tine)
        SpellFactory(citizen=ali, starts_on=date(2026, 11, 9))
        EntryFactory(citizen=ali, kind="first_contact", on=date(2026, 11, 9), form="")

    page = tine.get("/caseworker/").content.decode()

    assert "1\xa0week late" in page
    pressing = page.split('id="pressing"')[1]
    assert pressing.index(">Ali<") < pressing.index(">Jørn<")


def test_who_asks_to_be_called_does_not_ask_for_an_interview(tine: Client, monday: World) -> None:
    with monday.building():
        EntryFactory(
            citizen=monday.joern,
            kind="request",
            detail="call",
            on=date(2026, 11, 23),
            actor="citizen",
            form="",
        )

    arrived = tine.get("/caseworker/").content.decode().split('id="arrived"')[1]

    assert "asked to be called" in arrived
    assert "asked for an interview" not in arrived


def test_what_came_in_this_week_is_told(tine: Client, monday: World) -> None:
    with monday.building():
        EntryFactory(citizen=monday.amalie, kind="request", on=date(2026, 11, 20), actor="citizen")
        EntryFactory(citizen=monday.joern, kind="moved", on=date(2026, 11, 2), actor="citizen")

    page = tine.get("/caseworker/").content.decode()

    assert "asked for an interview" in page
    assert "moved" not in page
