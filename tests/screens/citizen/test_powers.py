"""Whoever stands in for a citizen sees and does what the table of powers says, and no more."""

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import resolve

from tests.house.test_doors import addresses
from tests.screens.citizen.conftest import signed_in
from tests.world.factories import UserFactory
from tests.world.municipality import World
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.people.choices import Area, PowerKind
from velvalgt.apps.people.models import (
    GIVEN_BY_THE_CITIZEN,
    Citizen,
    Payment,
    Power,
    Residence,
)
from velvalgt.apps.people.queries import power_rules
from velvalgt.apps.people.services import end_power, give_power, hold_power
from velvalgt.apps.staff.models import User
from velvalgt.screens.citizen.receipts import AREAS

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WALKED = [
    (name, path, entry.callback.area)
    for name, path, entry in addresses()
    if name.startswith("citizen:") and hasattr(entry.callback, "area")
]
FORBIDDEN_BY_THE_PAGE = {405}
OF_NOTHING = {"citizen:documents_all"}
"""Not found while the citizen has nothing there."""


@pytest.fixture
def grethe(monday: World) -> User:
    """Jørn's sister."""
    with monday.building():
        return UserFactory(tenant=monday.tenant, name="Grethe", known_as="grethe")


def given(world: World, user: User, kind: PowerKind, citizen: Citizen | None = None) -> Power:
    citizen = citizen or world.joern
    proof = {} if kind in GIVEN_BY_THE_CITIZEN else {"proof": "Afgørelse", "proof_seen_on": TODAY}
    with world.building():
        if kind == PowerKind.CUSTODY:
            Citizen.objects.filter(pk=citizen.pk).update(born_on=date(2010, 5, 1))
            citizen.refresh_from_db()
        power = give_power(
            citizen=citizen, kind=kind, name="Grethe", by=world.tine, today=TODAY, at=NOW, **proof
        ).power
        hold_power(power=power, user=user, at=NOW)
    return power


def offered_on(page: str, path: str) -> tuple[set[str], set[str]]:
    """The citizen's pages that a page links to, and those that its forms send to."""
    links = set(re.findall(r'href="(/citizen/[^"#?]*)', page))
    forms = re.findall(r'<form[^>]*method="post"[^>]*>', page)
    actions = (re.search(r'action="([^"#?]+)', form) for form in forms)
    return links, {action[1] if action else path for action in actions}


def area_of(path: str) -> Area | None:
    return getattr(resolve(path).func, "area", None)


def test_there_are_pages_to_walk() -> None:
    assert len(WALKED) >= 15


@pytest.mark.parametrize("kind", PowerKind)
def test_every_page_is_open_or_shut_just_as_the_table_says(
    monday: World, grethe: User, kind: PowerKind
) -> None:
    given(monday, grethe, kind)
    client, rule, wrong = signed_in("grethe"), power_rules()[kind], []

    for name, path, area in WALKED:
        for method, areas in (("get", rule.sees), ("post", rule.acts)):
            status = getattr(client, method)(path).status_code
            is_shut = status == 404
            if area not in areas and not is_shut and status not in FORBIDDEN_BY_THE_PAGE:
                wrong.append(f"{method} {name} is open: {status}")
            is_of_nothing = name in OF_NOTHING or "0000-0000" in path or "k3_first" in path
            if area in areas and is_shut and not is_of_nothing:
                wrong.append(f"{method} {name} is shut")

    assert wrong == []


@pytest.mark.parametrize("kind", PowerKind)
def test_no_page_offers_what_the_power_shuts(monday: World, grethe: User, kind: PowerKind) -> None:
    given(monday, grethe, kind)
    client, rule, wrong = signed_in("grethe"), power_rules()[kind], set()
    seen, ahead = set(), ["/citizen/"]

    while ahead:
        path = ahead.pop()
        seen.add(path)
        answer = client.get(path)
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        links, forms = offered_on(answer.content.decode(), path)
        wrong |= {f"{path} links {to}" for to in links if area_of(to) not in {None, *rule.sees}}
        wrong |= {f"{path} sends {to}" for to in forms if area_of(to) not in {None, *rule.acts}}
        ahead += [to for to in links if area_of(to) and to not in {*seen, *ahead}]

    assert len(seen) > 1
    assert sorted(wrong) == []


def test_a_representative_comes_to_whom_they_act_for(monday: World, grethe: User) -> None:
    given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)
    client = Client(headers={"accept-language": "en"})

    first = client.post("/session/", {"persona": "grethe"})
    page = client.get("/citizen/").content.decode()

    assert first.headers["Location"] == "/citizen/represented/"
    assert "You are here for <strong>Jørn</strong>." in page
    assert "Party representative" in page


def test_the_menu_shows_only_what_the_power_opens(monday: World, grethe: User) -> None:
    given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)

    menu = signed_in("grethe").get("/citizen/").content.decode().split("<nav")[1]

    assert "My page" in menu
    assert "My data" not in menu


@pytest.mark.parametrize("kind", PowerKind)
def test_the_first_page_tells_of_money_only_where_the_power_does(
    monday: World, grethe: User, kind: PowerKind
) -> None:
    given(monday, grethe, kind)

    page = signed_in("grethe").get("/citizen/").content.decode()

    assert ('id="money"' in page) == (Area.MONEY in power_rules()[kind].sees)
    assert ("I want to talk to somebody" in page) == (Area.RIGHTS in power_rules()[kind].acts)


def test_somebody_who_acts_for_two_chooses(monday: World, grethe: User) -> None:
    given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)
    given(monday, grethe, PowerKind.COMPANION, monday.amalie)
    client = signed_in("grethe")

    assert client.get("/citizen/").status_code == 404
    client.post("/citizen/represented/", {"citizen": str(monday.amalie.pk)})

    assert "Amalie's page" in client.get("/citizen/").content.decode()


def test_nobody_chooses_a_citizen_they_have_no_power_for(monday: World, grethe: User) -> None:
    given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)

    answer = signed_in("grethe").post(
        "/citizen/represented/", {"citizen": str(monday.elsewhere.pk)}
    )

    assert answer.status_code == 404


def test_the_end_of_the_power_shuts_the_pages_at_once(monday: World, grethe: User) -> None:
    power = given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)
    client = signed_in("grethe")
    assert client.get("/citizen/").status_code == 200

    with monday.building():
        end_power(power=power, by=monday.tine, at=NOW)

    assert client.get("/citizen/").status_code == 404
    assert "act for nobody" in client.get("/citizen/represented/").content.decode()
    assert Client().post("/session/", {"persona": "grethe"}).headers["Location"] == "/"


def test_what_a_representative_does_is_receipted_as_theirs(monday: World, grethe: User) -> None:
    given(monday, grethe, PowerKind.CUSTODY)
    signed_in("grethe").post("/citizen/data/need/objection/")

    page = signed_in("joern").get("/citizen/data/need/").content.decode()
    assert "You have said no to profiling" in page
    with monday.as_tine():
        receipt = monday.joern.receipts.select_related("done_by").get()
        assert (receipt.is_on_behalf, receipt.done_by.name) == (True, "Grethe")


def test_somebody_with_a_case_of_their_own_comes_to_it_first_and_can_change(
    monday: World,
) -> None:
    given(monday, monday.amalie.user, PowerKind.PARTY_REPRESENTATIVE)
    client = signed_in("amalie")
    assert "Hello Amalie" in client.get("/citizen/").content.decode()

    client.post("/session/", {"role": "representative"})
    assert "Jørn's page" in client.get("/citizen/").content.decode()
    assert "Go to my own case" in client.get("/citizen/represented/").content.decode()

    client.post("/session/", {"role": "citizen"})
    assert "Hello Amalie" in client.get("/citizen/").content.decode()


@pytest.mark.parametrize("role", ["representative", "caseworker", "jurist", "nonsense"])
def test_nobody_changes_to_a_role_they_do_not_have(monday: World, role: str) -> None:
    assert signed_in("joern").post("/session/", {"role": role}).status_code == 404


def test_a_citizen_gives_a_power_whose_code_is_shown_once(monday: World, joern: Client) -> None:
    said = {"kind": "companion", "name": "Karen"}

    page = joern.post("/citizen/data/powers/", said).content.decode()
    code = page.split("v-code")[1].split(">")[1].split("<")[0]
    again = joern.post("/citizen/data/powers/", said).content.decode()

    assert len(code) == 14
    assert "Karen may do that already." in again
    assert code not in joern.get("/citizen/data/powers/").content.decode()


def test_the_code_lets_a_stranger_in_at_their_own_sign_in(
    monday: World, joern: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = joern.post("/citizen/data/powers/", {"kind": "companion", "name": "Grethe"})
    code = page.content.decode().split("v-code")[1].split(">")[1].split("<")[0]
    hers = Client(headers={"accept-language": "en"})

    assert hers.post("/code/", {"code": "ABC"}).status_code == 422
    hers.post("/code/", {"code": code})
    answer = hers.post("/session/", {"persona": "grethe"})

    assert answer.headers["Location"] == "/citizen/represented/"
    assert "Jørn's page" in hers.get("/citizen/").content.decode()


def test_the_citizen_ends_what_they_gave_and_nothing_else(
    monday: World, joern: Client, grethe: User
) -> None:
    own = given(monday, grethe, PowerKind.COMPANION)
    guardian = given(monday, grethe, PowerKind.GUARDIAN_PERSONAL)

    assert joern.post(f"/citizen/data/powers/{own.pk}/end/").status_code == 302
    assert joern.post(f"/citizen/data/powers/{guardian.pk}/end/").status_code == 404
    with monday.as_tine():
        assert [each.kind for each in Power.objects.standing(datetime.now(UTC))] == [
            PowerKind.GUARDIAN_PERSONAL
        ]


def test_staff_records_a_power_after_seeing_a_proof_and_ends_it(monday: World) -> None:
    tine, address = signed_in("tine"), f"/caseworker/citizens/{monday.joern.pk}/powers/"
    said = {
        "kind": "guardian_economic", "name": "Per", "proof": "Afgørelse 12",
        "proof_seen_on": "2026-11-23",
    }  # fmt: skip

    without = tine.post(address, said | {"proof": ""})
    late = tine.post(address, said | {"proof_seen_on": "2026-12-24"})
    page = tine.post(address, said).content.decode()

    assert (without.status_code, late.status_code) == (422, 422)
    assert "v-code" in page
    assert "Seen: Afgørelse 12" in page
    with monday.as_tine():
        key = Power.objects.get().pk
    tine.post(f"{address}{key}/end/")
    with monday.as_tine():
        assert not Power.objects.standing(datetime.now(UTC)).exists()


def test_staff_cannot_give_what_only_the_citizen_gives(monday: World) -> None:
    address = f"/caseworker/citizens/{monday.joern.pk}/powers/"

    answer = signed_in("tine").post(address, {"kind": "companion", "name": "Per"})

    assert answer.status_code == 422


@pytest.mark.parametrize("kind", [PowerKind.GUARDIAN_PERSONAL, PowerKind.CUSTODY])
def test_nobody_passes_a_power_on_or_takes_anothers_away(
    monday: World, grethe: User, kind: PowerKind
) -> None:
    given(monday, grethe, kind)
    companion = given(monday, monday.amalie.user, PowerKind.COMPANION)
    hers = signed_in("grethe")

    passed_on = hers.post("/citizen/data/powers/", {"kind": "companion", "name": "Per"})
    taken = hers.post(f"/citizen/data/powers/{companion.pk}/end/")

    assert (passed_on.status_code, taken.status_code) == (403, 403)
    with monday.as_tine():
        assert Power.objects.standing(datetime.now(UTC)).count() == 2


def test_a_guardian_in_personal_matters_is_told_nothing_of_money(
    monday: World, grethe: User
) -> None:
    with monday.building():
        Payment.objects.create(
            tenant_id=monday.tenant.pk, citizen=monday.joern, benefit="kontanthjaelp",
            starts_on=date(2026, 10, 1), ends_on=date(2026, 11, 1), gross_oere=1_200_000,
            source="ydelse", external_key="1",
        )  # fmt: skip
    given(monday, grethe, PowerKind.GUARDIAN_PERSONAL)
    hers, his = signed_in("grethe"), signed_in("joern")

    copies = [client.get("/citizen/data/download/json/").json() for client in (hers, his)]

    assert ["people_payment" in copy["records"] for copy in copies] == [False, True]
    assert "before tax" not in hers.get("/citizen/data/").content.decode()
    assert "before tax" in his.get("/citizen/data/").content.decode()


def test_a_protected_address_is_in_the_citizens_own_copy_alone(monday: World, grethe: User) -> None:
    with monday.building():
        Residence.objects.create(
            tenant_id=monday.tenant.pk, citizen=monday.joern, municipality="099", street="Torvet 1",
            starts_on=date(2020, 1, 1), source="cpr", external_key="1",
        )  # fmt: skip
        Citizen.objects.filter(pk=monday.joern.pk).update(address_is_protected=True)
    given(monday, grethe, PowerKind.CUSTODY)

    copies = [
        signed_in(who).get("/citizen/data/download/json/").json() for who in ("grethe", "joern")
    ]

    assert ["people_residence" in copy["records"] for copy in copies] == [False, True]


def test_receipts_are_shown_where_their_area_is(monday: World, grethe: User) -> None:
    given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)
    joern, hers = signed_in("joern"), signed_in("grethe")
    yes = joern.post("/citizen/data/consents/", {"choice": "surveys"}).headers["Location"]
    call = joern.post("/citizen/calls/").headers["Location"]

    told = hers.get("/citizen/case/?topic=deed").content.decode()

    assert (call in told, yes in told) == (True, False)
    assert (hers.get(call).status_code, hers.get(yes).status_code) == (200, 404)
    assert joern.get(yes).status_code == 200


def test_every_deed_belongs_to_an_area() -> None:
    assert set(AREAS) == set(Deed)
