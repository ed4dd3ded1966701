"""What a citizen decides about their data gives a receipt; an objection holds at once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world.factories import EntryFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.queries import objects_to_profiling, receipts_of
from velvalgt.apps.people.choices import Choice, Fact, PowerKind
from velvalgt.apps.people.models import Consent, Power
from velvalgt.apps.people.queries import Known

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def joerns_hand(world: World) -> dict[str, object]:
    """What each service is told of who acts for whom."""
    return {"citizen": world.joern, "by": world.joern.user}


def own(world: World) -> object:
    return acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE)


def test_an_objection_to_profiling_holds_at_once(world: World, joerns_hand: dict) -> None:
    with own(world):
        receipt = services.object_to_profiling(**joerns_hand, today=TODAY, at=NOW)

        assert objects_to_profiling(world.joern)
        assert receipt.deed == "objection"
    with world.as_tine():
        entry = Entry.objects.get(citizen=world.joern, kind="objection")
        assert (entry.detail, entry.actor, entry.on) == ("profiling", "citizen", TODAY)


def test_objecting_twice_is_objecting_once(world: World, joerns_hand: dict) -> None:
    with own(world):
        services.object_to_profiling(**joerns_hand, today=TODAY, at=NOW)

        assert services.object_to_profiling(**joerns_hand, today=TODAY, at=LATER) is None
        assert len(receipts_of(world.joern)) == 1


def test_an_objection_is_taken_back_with_one_click(world: World, joerns_hand: dict) -> None:
    with own(world):
        services.object_to_profiling(**joerns_hand, today=TODAY, at=NOW)
        services.allow_profiling(**joerns_hand, at=LATER)

        assert not objects_to_profiling(world.joern)
        assert services.allow_profiling(**joerns_hand, at=LATER) is None


def test_another_objection_is_none_to_profiling(world: World) -> None:
    with world.building():
        EntryFactory(citizen=world.joern, kind="objection", detail="a_kasse_declined", form="")

    with world.as_tine():
        assert not objects_to_profiling(world.joern)


def test_everything_that_is_decided_gives_one_receipt(world: World, joerns_hand: dict) -> None:
    known = Known(Fact.NAME, "Jørn")
    with own(world):
        for at in (NOW, LATER):
            services.change_contact_details(**joerns_hand, phone="11 22 33 44", email="", at=at)
            services.request_correction(
                **joerns_hand, known=known, should_be="Jørgen", why="", at=at
            )
            services.say_yes(**joerns_hand, choice=Choice.SURVEYS, at=at)
            services.let_act(
                **joerns_hand, kind=PowerKind.COMPANION, name="Grethe", today=TODAY, at=at
            )

        deeds = sorted(receipt.deed for receipt in receipts_of(world.joern))
        assert deeds == ["consent", "correction", "correction", "power"]


def test_taking_back_is_receipted_too(world: World, joerns_hand: dict) -> None:
    with own(world):
        services.say_yes(**joerns_hand, choice=Choice.SURVEYS, at=NOW)
        services.let_act(
            **joerns_hand, kind=PowerKind.COMPANION, name="Grethe", today=TODAY, at=NOW
        )
        by, at = world.joern.user, LATER
        for _ in range(2):
            services.take_yes_back(consent=Consent.objects.get(), by=by, at=at)
            services.stop_acting(power=Power.objects.get(), by=by, at=at)
            at += timedelta(minutes=1)

        assert len(receipts_of(world.joern)) == 4
