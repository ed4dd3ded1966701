"""People: who comes in, what changes, where the case is and who may then look."""

from datetime import date, timedelta

import pytest

from tests.apps.exchange.conftest import AT, Post, person
from tests.world.factories import UserFactory
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases.models import Case
from velvalgt.apps.exchange.services import import_file
from velvalgt.apps.people.guarded import unseal_cpr
from velvalgt.apps.people.models import Access, Citizen, ContactWish, Residence

LATER = AT + timedelta(days=1)


def only(post: Post) -> Citizen:
    citizen = post.ask(Citizen.objects.get)
    assert isinstance(citizen, Citizen)
    return citizen


def codes(post: Post, *rows: dict[str, object]) -> list[str]:
    """The reasons why rows of people are rejected."""
    return sorted(post.receive("people", rows).run.reasons)


def test_the_number_is_stored_sealed_to_the_citizen_it_belongs_to(post: Post) -> None:
    post.receive("people", [person(cpr="610190-1234")])

    citizen = only(post)
    assert b"6101901234" not in bytes(citizen.cpr_sealed)
    assert unseal_cpr(citizen.cpr_sealed, citizen.pk) == "6101901234"
    assert citizen.born_on == date(1990, 1, 1)


def test_every_column_finds_its_place(post: Post) -> None:
    row = person(
        a_kasse="3f",
        forbrug_uger="13,5",
        forbrug_pr="17-11-2026",
        kommune="099",
        adresse="Prøvevej 1",
        postnr="0099",
        by="Velby",
        telefon="+45 00 00 00 00",
        email="amalie@example.org",
        adressebeskyttelse="ja",
        sprog="da",
        kontaktform="video",
        enhed="nord",
        sagsbehandler="TINE",
    )

    assert post.receive("people", [row]).rejected == 0

    citizen = only(post)
    assert (citizen.name, citizen.a_kasse, float(citizen.clock_weeks)) == (
        "Amalie Prøve",
        "3f",
        13.5,
    )
    assert (citizen.clock_as_of, citizen.address_is_protected) == (date(2026, 11, 17), True)
    assert (citizen.phone, citizen.email) == ("+45 00 00 00 00", "amalie@example.org")
    home = post.ask(Residence.objects.get)
    assert (home.municipality, home.street, home.postcode, home.city) == (
        "099", "Prøvevej 1", "0099", "Velby",
    )  # fmt: skip
    wish = post.ask(ContactWish.objects.get)
    assert (wish.form, wish.language, wish.source) == ("video", "da", "file")
    case = post.ask(Case.objects.get)
    assert (case.unit_id, case.caseworker_id) == (post.north.pk, post.tine.pk)


def test_a_column_that_the_file_lacks_stays_as_it_was_and_an_empty_cell_clears(post: Post) -> None:
    post.receive("people", [person(telefon="00000000", email="a@example.org")])

    post.receive("people", [person(email="")])

    citizen = only(post)
    assert (citizen.phone, citizen.email) == ("00000000", "")


def test_who_gets_a_real_number_after_a_replacement_number_is_the_same_citizen(post: Post) -> None:
    post.receive("people", [person(cpr="610190-1234")])
    before = only(post)

    result = post.receive("people", [person(cpr="010190-1234")])

    after = only(post)
    assert (result.accepted, after.pk) == (1, before.pk)
    assert unseal_cpr(after.cpr_sealed, after.pk) == "0101901234"


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("cpr_shape", {"cpr": "610190-12"}),
        ("cpr_date", {"cpr": "310290-1234"}),
        ("cpr_in_the_future", {"cpr": "241126-4000"}),
        ("missing", {"navn": ""}),
        ("unknown_a_kasse", {"a_kasse": "prosa-agtig"}),
        ("clock_incomplete", {"forbrug_uger": "3,0", "forbrug_pr": ""}),
        ("unknown_municipality", {"kommune": "99"}),
        ("bad_email", {"email": "amalie"}),
        ("not_yes_or_no", {"adressebeskyttelse": "måske"}),
        ("missing", {"adressebeskyttelse": ""}),
        ("unknown_word", {"kontaktform": "brevdue"}),
        ("unknown_unit", {"enhed": "vest"}),
        ("unknown_caseworker", {"enhed": "nord", "sagsbehandler": "NN"}),
        ("caseworker_without_unit", {"enhed": "", "sagsbehandler": "TINE"}),
        ("formula", {"navn": "=HYPERLINK(1)"}),
    ],
)
def test_a_row_that_does_not_hold_is_rejected(post: Post, code: str, cells: dict[str, str]) -> None:
    assert codes(post, person() | cells) == [code]


def test_the_second_row_with_a_key_or_a_number_is_rejected_and_the_first_stands(post: Post) -> None:
    result = post.receive(
        "people",
        [
            person("b1", "610190-1234", navn="Første"),
            person("b1", "620190-1234", navn="Anden"),
            person("b3", "610190-1234", navn="Tredje"),
        ],
    )

    assert result.run.reasons == {"duplicate_key": 1, "duplicate_cpr": 1}
    assert only(post).name == "Første"


def test_a_number_that_belongs_to_another_citizen_is_rejected(post: Post) -> None:
    post.receive("people", [person("b1", "610190-1234")])

    assert codes(post, person("b2", "6101901234")) == ["cpr_of_another_citizen"]


def test_no_number_is_shown_in_the_rejects_file(post: Post) -> None:
    rows = [
        person("b1", "310290-1234"),
        person("b2", "61019012345"),
        person("b3", "610190-1234", email="se 010190-1234"),
        person("0101901234" * 9, "620190-1234"),
    ]

    written = post.receive("people", rows).rejects_path

    assert written is not None
    text = written.read_text("utf-8-sig")
    assert len(text.splitlines()) == 5
    assert not any(piece in text for piece in ("310290", "610190", "010190", "1234"))


def test_a_citizen_who_moves_ends_one_residence_and_begins_the_next(post: Post) -> None:
    post.receive("people", [person(kommune="099", adresse="Prøvevej 1")])
    with_new = [person(kommune="101", adresse="Prøvevej 2")]

    same_day = post.receive("people", with_new)
    again = post.receive("people", with_new)

    homes = post.ask(lambda: list(Residence.objects.order_by("starts_on")))
    assert (same_day.accepted, again.accepted) == (1, 0)
    assert [(home.municipality, home.street) for home in homes] == [("101", "Prøvevej 2")]


def test_what_the_citizen_has_said_here_stays_when_the_file_says_the_same_as_before(
    post: Post,
) -> None:
    rows = [person(kontaktform="phone")]
    post.receive("people", rows)
    citizen = only(post)

    def say() -> None:
        ContactWish.objects.create(
            tenant_id=post.tenant.pk, citizen=citizen, form="video", recorded_at=LATER
        )

    post.ask(say)
    result = post.receive("people", rows, at=LATER + timedelta(days=1))

    assert (result.accepted, result.unchanged) == (0, 1)
    assert post.ask(ContactWish.objects.latest).form == "video"


def seen_by_tine(post: Post, purpose: Purpose = Purpose.CASE_WORK) -> set[str]:
    """What the web shows Tine in her unit."""
    with acting(post.tenant.pk, post.tine.pk, purpose, unit=post.north.pk):
        return set(Citizen.objects.values_list("external_key", flat=True))


def test_the_caseworker_sees_exactly_the_citizens_of_her_unit(post: Post) -> None:
    post.receive(
        "people",
        [
            person("b1", "610190-0001", enhed="nord"),
            person("b2", "620190-0001", enhed="nord"),
            person("b3", "630190-0001", enhed="syd"),
            person("b4", "640190-0001", enhed=""),
        ],
    )

    assert seen_by_tine(post) == {"b1", "b2"}
    assert seen_by_tine(post, Purpose.LEGAL_OVERSIGHT) == set()


def test_another_tenants_user_sees_nothing(post: Post, neighbour: Post) -> None:
    post.receive("people", [person(enhed="nord")])

    with acting(neighbour.tenant.pk, post.tine.pk, Purpose.CASE_WORK, unit=post.north.pk):
        assert not Citizen.objects.exists()
    with acting(neighbour.tenant.pk, neighbour.tine.pk, Purpose.CASE_WORK, unit=neighbour.north.pk):
        assert not Citizen.objects.exists()


def test_a_case_that_moves_takes_the_sight_of_the_citizen_along(post: Post) -> None:
    post.receive("people", [person(enhed="nord", sagsbehandler="TINE")])

    moved = post.receive("people", [person(enhed="syd", sagsbehandler="")], at=LATER)

    assert moved.accepted == 1
    assert seen_by_tine(post) == set()
    case = post.ask(Case.objects.get)
    assert (case.unit_id, case.caseworker_id) == (post.south.pk, None)
    units = post.ask(lambda: set(Access.objects.current(LATER).values_list("unit_id", flat=True)))
    assert units == {post.south.pk}


def test_a_row_without_a_unit_closes_the_case(post: Post) -> None:
    post.receive("people", [person(enhed="nord")])

    post.receive("people", [person(enhed="")], at=LATER)

    assert post.ask(Case.objects.get).closed_on == date(2026, 11, 23)
    assert seen_by_tine(post) == set()


def test_a_file_without_the_column_leaves_the_cases_alone(post: Post) -> None:
    post.receive("people", [person(enhed="nord")])

    assert post.receive("people", [person()]).unchanged == 1
    assert seen_by_tine(post) == {"b1"}


def test_a_citizen_with_a_user_sees_their_case_when_it_opens(post: Post) -> None:
    post.receive("people", [person()])

    def sign_up() -> Citizen:
        citizen = Citizen.objects.get()
        citizen.user = UserFactory(tenant=post.tenant)
        citizen.save(update_fields=["user"])
        return citizen

    citizen = post.ask(sign_up)
    post.receive("people", [person(enhed="nord")])

    with acting(post.tenant.pk, citizen.user_id, Purpose.OWN_CASE):
        assert [found.pk for found in Citizen.objects.all()] == [citizen.pk]


def test_one_municipalitys_file_never_touches_anothers_rows_with_the_same_keys(
    post: Post, neighbour: Post
) -> None:
    post.receive("people", [person(navn="Vores", enhed="nord")])
    neighbour.receive("people", [person(navn="Deres", enhed="nord")])

    post.receive("people", [person(navn="Vores nu", enhed="syd")])

    assert (only(post).name, only(neighbour).name) == ("Vores nu", "Deres")
    assert only(post).cpr_index != only(neighbour).cpr_index
    assert neighbour.ask(Case.objects.get).unit_id == neighbour.north.pk


def test_who_sent_the_file_is_in_the_log(post: Post) -> None:
    result = post.receive("people", [person()])
    path = post.folder / result.run.file_name
    path.write_text(path.read_text().replace("Amalie", "Amalia"))
    with as_role("worker"):
        import_file(tenant=post.tenant, kind="people", path=path, by=post.tine, at=AT)

    users = post.ask(lambda: list(Trace.objects.order_by("pk").values_list("user_id", flat=True)))
    assert (users[0], users[-1]) == (None, post.tine.pk)
