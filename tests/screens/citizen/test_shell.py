"""What stands on every page of a citizen: whom to call, in which languages, how it can be used."""

import re

import pytest
from django.test import Client

from tests.screens.citizen.conftest import MONDAY, signed_in
from tests.world.municipality import World
from velvalgt.apps.cases.models import Entry, Receipt


def calls_of(world: World) -> list[Entry]:
    with world.as_tine():
        return list(Entry.objects.filter(citizen=world.joern, kind="request", detail="call"))


@pytest.mark.parametrize("address", ["/citizen/", "/citizen/rights/", "/citizen/looks/"])
def test_every_page_says_whom_to_call_and_offers_to_call(joern: Client, address: str) -> None:
    page = joern.get(address).content.decode()

    assert "Call me" in page
    assert 'href="/accessibility/"' in page


def test_a_wish_to_be_called_gives_a_receipt_and_counts_for_no_law(
    joern: Client, monday: World
) -> None:
    answer = joern.post("/citizen/calls/", follow=True)

    (call,) = calls_of(monday)
    with monday.as_tine():
        receipt = Receipt.objects.get(citizen=monday.joern)
    page = answer.content.decode()
    assert (call.on, call.actor) == (MONDAY, "citizen")
    assert "Asked to be called" in page
    assert receipt.number in page
    assert "I want to talk to somebody" in joern.get("/citizen/").content.decode()


def test_a_receipt_for_a_call_says_which_number_or_asks_for_it(
    joern: Client, monday: World
) -> None:
    without = joern.post("/citizen/calls/", follow=True).content.decode()
    joern.post("/citizen/data/contact/", {"phone": "11 22 33 44", "email": ""})
    with_number = joern.post("/citizen/calls/", follow=True).content.decode()

    assert "We do not know your number." in without
    assert 'href="/citizen/data/contact/"' in without
    assert "We call you on 11 22 33 44." in with_number


@pytest.mark.parametrize(
    ("address", "marked"),
    [("/citizen/wishes/", "Offers"), ("/citizen/documents/", "My case"), ("/citizen/", "My page")],
)
def test_the_menu_marks_where_one_is_below_its_pages_too(
    joern: Client, address: str, marked: str
) -> None:
    menu = joern.get(address).content.decode().split("<nav")[1].split("</nav>")[0]

    (active,) = re.findall(r'class="active">\s*<a[^>]*aria-current="\w+">([^<]*)', menu)
    assert active == marked


def test_asking_to_be_called_twice_a_day_is_asking_once(joern: Client, monday: World) -> None:
    first = joern.post("/citizen/calls/")
    second = joern.post("/citizen/calls/")

    assert first["Location"] == second["Location"]
    assert len(calls_of(monday)) == 1


def test_a_receipt_is_nobody_elses(joern: Client, amalie: Client) -> None:
    address = joern.post("/citizen/calls/")["Location"]

    assert joern.get(address).status_code == 200
    assert amalie.get(address).status_code == 404


def test_staff_does_it_for_a_citizen_and_prints_the_receipt(monday: World) -> None:
    tine = signed_in("tine")

    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")
    home = tine.get("/citizen/").content.decode()
    receipt = tine.post("/citizen/calls/", follow=True).content.decode()
    tine.post("/caseworker/on-behalf/end/")

    assert "You do this for <strong>Jørn</strong>" in home
    assert "Done for you by Tine" in receipt
    assert tine.get("/citizen/").status_code == 404


def test_staff_cannot_step_in_for_whom_they_may_not_see(monday: World) -> None:
    tine = signed_in("tine")

    assert tine.post(f"/caseworker/citizens/{monday.elsewhere.pk}/on-behalf/").status_code == 404
    assert tine.get("/citizen/").status_code == 404


def test_the_statement_on_accessibility_is_open_to_everybody(db: None) -> None:
    page = Client().get("/accessibility/")

    assert page.status_code == 200
    assert Client().get("/was")["Location"] == "/accessibility/"


def test_each_language_calls_itself_by_its_own_name(joern: Client) -> None:
    page = joern.get("/citizen/").content.decode()

    assert ">Dansk</button>" in page
    assert ">English</button>" in page
