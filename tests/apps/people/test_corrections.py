"""What a citizen says of their own facts: contact details hold at once, the rest is asked for."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, transaction

from tests.world.factories import SpellFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.messages.channels import address_of
from velvalgt.apps.messages.choices import Channel
from velvalgt.apps.people.choices import ContactField, Fact, Outcome
from velvalgt.apps.people.models import Citizen, Correction, Work
from velvalgt.apps.people.queries import (
    Known,
    corrections_of,
    known_of,
    open_corrections,
    reachable_at,
)
from velvalgt.apps.people.services import (
    NeedsReason,
    NoSuchAddress,
    answer_correction,
    ask_for_correction,
    give_contact_details,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def gives(world: World, phone: str = "", email: str = "", at: datetime = NOW) -> list[Correction]:
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        return give_contact_details(
            citizen=world.joern, phone=phone, email=email, by=world.joern.user, at=at
        )


def asks(world: World, should_be: str = "Jørgen") -> Correction:
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        return ask_for_correction(
            citizen=world.joern, known=Known(Fact.NAME, "Jørn"), should_be=should_be, why="",
            by=world.joern.user, at=NOW,
        )  # fmt: skip


def test_a_number_given_here_holds_over_the_sources(world: World) -> None:
    gives(world, phone="11 22 33 44")

    with world.building():
        Citizen.objects.filter(pk=world.joern.pk).update(phone="99 99 99 99")  # the next file
        world.joern.refresh_from_db()
    with world.as_tine():
        assert reachable_at(world.joern).phone == "11 22 33 44"


def test_the_newest_of_two_numbers_holds(world: World) -> None:
    gives(world, phone="11 22 33 44")
    gives(world, phone="55 66 77 88", at=LATER)

    with world.as_tine():
        assert reachable_at(world.joern).phone == "55 66 77 88"


def test_news_goes_to_the_number_given_here(world: World) -> None:
    gives(world, phone="11 22 33 44", email="ny@example.dk")

    with world.as_tine():
        assert address_of(world.joern, Channel.SMS) == "+4511223344"
        assert address_of(world.joern, Channel.EMAIL) == "ny@example.dk"


def test_what_was_never_said_here_comes_from_the_source(world: World) -> None:
    with world.building():
        Citizen.objects.filter(pk=world.joern.pk).update(email="joern@example.dk")
        world.joern.refresh_from_db()
    gives(world, phone="11 22 33 44", email="joern@example.dk")

    with world.as_tine():
        assert reachable_at(world.joern) == ("11 22 33 44", "joern@example.dk")


def test_the_source_is_asked_to_put_it_right_too(world: World) -> None:
    (asked,) = gives(world, phone="11 22 33 44")

    assert (asked.fact, asked.should_be) == (Fact.PHONE, "11 22 33 44")


def test_nothing_new_is_nothing_given(world: World) -> None:
    gives(world, phone="11 22 33 44")

    assert gives(world, phone="11 22 33 44", at=LATER) == []


@pytest.mark.parametrize(
    ("phone", "email", "field"),
    [
        ("12", "", ContactField.PHONE),
        ("ring til mig", "", ContactField.PHONE),
        ("", "joern", ContactField.EMAIL),
    ],
)
def test_what_is_no_address_is_not_kept(
    world: World, phone: str, email: str, field: ContactField
) -> None:
    with pytest.raises(NoSuchAddress) as refusal:
        gives(world, phone=phone, email=email)

    assert refusal.value.field == field


def test_a_request_waits_until_it_is_answered(world: World) -> None:
    asked = asks(world)

    with world.as_tine():
        everybody = Citizen.objects.values("pk")
        assert open_corrections(everybody) == [asked]
        answer_correction(
            correction=asked, outcome=Outcome.PASSED_ON, words="", by=world.tine, at=LATER
        )
        assert open_corrections(everybody) == []


def test_asking_twice_is_asking_once(world: World) -> None:
    assert asks(world) == asks(world)


def test_the_newest_answer_is_what_holds(world: World) -> None:
    asked = asks(world)
    with world.as_tine():
        for minute, outcome in enumerate((Outcome.PASSED_ON, Outcome.CORRECTED)):
            answer_correction(
                correction=asked, outcome=outcome, words="", by=world.tine,
                at=LATER + timedelta(minutes=minute),
            )  # fmt: skip

        (kept,) = corrections_of(world.joern)
        assert kept.answer.outcome == Outcome.CORRECTED


def test_no_is_said_with_a_reason(world: World) -> None:
    asked = asks(world)

    with world.as_tine(), pytest.raises(NeedsReason):
        answer_correction(
            correction=asked, outcome=Outcome.REFUSED, words=" ", by=world.tine, at=LATER
        )


def test_a_citizen_does_not_answer_their_own_request(world: World) -> None:
    asked = asks(world)

    own = acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE)
    with own, pytest.raises(Error, match="row-level security"), transaction.atomic():
        answer_correction(
            correction=asked, outcome=Outcome.CORRECTED, words="", by=world.joern.user, at=LATER
        )


def test_another_unit_sees_no_request(world: World) -> None:
    with world.building():
        ask_for_correction(
            citizen=world.elsewhere, known=Known(Fact.NAME, "Sydpå"), should_be="X", why="",
            by=world.tine, at=NOW,
        )  # fmt: skip

    with world.as_tine():
        assert not Correction.objects.exists()


def test_every_fact_is_told_with_its_source(world: World) -> None:
    with world.building():
        SpellFactory(citizen=world.joern, source="fasit", external_key="f1")
    gives(world, phone="11 22 33 44")

    with world.as_tine():
        told = {known.fact: known for known in known_of(world.joern, TODAY)}

    assert (told[Fact.NAME].value, told[Fact.NAME].source) == ("Jørn", "test")
    assert told[Fact.SPELL].source == "fasit"
    assert "kontanthjælp, siden 5. oktober 2026" in told[Fact.SPELL].value.lower()
    assert (told[Fact.PHONE].is_own, told[Fact.PHONE].source) == (True, "")


def test_a_job_is_told_in_words(world: World) -> None:
    with world.building():
        Work.objects.create(
            citizen=world.joern, tenant_id=world.tenant.pk, source="jobnet", external_key="w1",
            starts_on=date(2026, 2, 16), ends_on=date(2026, 10, 31), hours_week=20, kind="ordinary",
        )  # fmt: skip

    with world.as_tine():
        told = {known.fact: known for known in known_of(world.joern, TODAY)}

    assert "ordinært job, 20 timer om ugen" in told[Fact.WORK].value
    assert told[Fact.WORK].source == "jobnet"


def test_a_protected_address_is_shown_to_nobody(world: World) -> None:
    with world.building():
        Citizen.objects.filter(pk=world.joern.pk).update(address_is_protected=True)
        world.joern.refresh_from_db()

    with world.as_tine():
        (address,) = (k for k in known_of(world.joern, TODAY) if k.fact == Fact.ADDRESS)
    assert "street" not in address.value
    assert address.value.startswith(("Beskyttet", "Protected"))
