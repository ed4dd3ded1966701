"""A citizen on one page, and a search for one; whoever is not visible is not found."""

from uuid import UUID

import pytest
from django.test import Client

from tests.world.dispensations import given
from tests.world.factories import CitizenFactory, EntryFactory
from tests.world.municipality import World
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.people.models import Citizen, Residence


def page_of(tine: Client, citizen: Citizen) -> str:
    return tine.get(f"/caseworker/citizens/{citizen.pk}/").content.decode()


def test_the_page_tells_duties_journal_and_spells(tine: Client, monday: World) -> None:
    page = page_of(tine, monday.joern)

    assert "The first interview" in page
    assert "first asked for help" in page
    assert "cash benefit" in page


def test_a_paused_duty_has_no_last_day_and_is_not_pressing(tine: Client, monday: World) -> None:
    given(monday)

    page = page_of(tine, monday.joern)

    first = page.partition("The first interview")[2].partition("</li>")[0]
    assert "on pause" in first
    assert "last day" not in first
    assert "Jørn" not in tine.get("/caseworker/").content.decode().partition("pressing-lines")[2]


def test_whoever_is_not_visible_is_not_found(tine: Client, monday: World) -> None:
    for hidden in (monday.elsewhere, monday.stranger):
        assert tine.get(f"/caseworker/citizens/{hidden.pk}/").status_code == 404
    assert tine.get(f"/caseworker/citizens/{UUID(int=7)}/").status_code == 404


@pytest.mark.parametrize("is_protected", [True, False])
def test_a_protected_address_is_never_shown(
    tine: Client, monday: World, is_protected: bool
) -> None:
    with monday.building():
        monday.joern.address_is_protected = is_protected
        monday.joern.save()
        Residence.objects.create(
            tenant_id=monday.tenant.pk,
            citizen=monday.joern,
            municipality="099",
            street="Stille Vej 7",
            starts_on="2020-01-01",
        )

    page = page_of(tine, monday.joern)

    assert ("Stille Vej" in page) is not is_protected
    assert ("The address is protected" in page) is is_protected


def test_why_a_duty_is_asked_is_a_page_of_its_own(tine: Client, monday: World) -> None:
    path = f"/caseworker/citizens/{monday.joern.pk}/duties/"

    page = tine.get(f"{path}k3_first_for_all/").content.decode()

    assert "30 November 2026" in page
    assert "LAB § 31" in page
    assert tine.get(f"{path}no_such_rule/").status_code == 404


def test_an_entry_from_another_system_cannot_be_taken_back_here(
    tine: Client, monday: World
) -> None:
    with monday.building():
        entry = EntryFactory(citizen=monday.joern, source="fagsystem", external_key="7")

    answer = tine.post(f"/caseworker/entries/{entry.pk}/withdrawal/")

    assert answer.status_code == 404
    assert f"entries/{entry.pk}/withdrawal" not in page_of(tine, monday.joern)


def test_a_search_finds_by_name_and_is_written_in_the_log(tine: Client, monday: World) -> None:
    with monday.building():
        CitizenFactory(tenant=monday.tenant, name="Jørgen uden sag")

    page = tine.post("/caseworker/citizens/", {"name": "jør"}).content.decode()

    assert ("Jørn" in page, "Jørgen" in page) == (True, False)
    with monday.as_tine():
        assert Trace.objects.filter(action=Action.SEARCH, count=1).count() == 1


def test_the_cases_are_ones_own_or_the_units(tine: Client, monday: World) -> None:
    with monday.building():
        case = monday.joern.cases.get()
        case.caseworker = None
        case.save()

    mine = tine.get("/caseworker/citizens/").content.decode()
    units = tine.get("/caseworker/citizens/?scope=unit").content.decode()

    assert ("Amalie" in mine, "Jørn" in mine) == (True, False)
    assert ("Amalie" in units, "Jørn" in units) == (True, True)
