"""What a session that goes astray, or somebody inside, could try."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from tests.apps.audit.test_walls import rows
from tests.world.factories import EntryFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.audit.queries import chain
from velvalgt.apps.audit.services import seal, trace
from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_citizen_reads_no_other_citizens_name_among_the_users(world: World) -> None:
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        names = set(User.objects.values_list("name", flat=True))

    assert names == {"Amalie", "Tine", "Mette", "Karin", "Ib"}


def test_a_caseworker_reads_the_users_of_their_own_citizens_and_of_staff(world: World) -> None:
    with world.as_tine():
        names = set(User.objects.values_list("name", flat=True))

    assert names == {"Amalie", "Jørn", "Tine", "Mette", "Karin", "Ib"}


def test_the_web_writes_no_line_in_somebody_elses_name(world: World) -> None:
    forged = Trace(
        tenant_id=world.tenant.pk, user_id=world.mette.pk, at=NOW, purpose=Purpose.CASE_WORK,
        action=Action.READ, what="forged", citizen_id=world.joern.pk,
    )  # fmt: skip

    with world.as_tine(), pytest.raises(Error, match="row-level security"), transaction.atomic():
        forged.save()


def test_a_correction_cannot_silence_another_citizens_entry(world: World) -> None:
    with world.building():
        theirs = EntryFactory(citizen=world.elsewhere)

    with world.as_tine(), pytest.raises(Error, match="same citizen"), transaction.atomic():
        EntryFactory(citizen=world.joern, corrects=theirs)


def test_a_change_of_who_may_see_whom_leaves_a_trace(world: World) -> None:
    with world.building():
        granted = Trace.objects.filter(what="people_access", action=Action.INSERT)

        assert world.joern.pk in set(granted.values_list("citizen_id", flat=True))


@pytest.mark.parametrize("setting", ["tenant", "user", "unit", "purpose"])
def test_nothing_of_an_actor_stays_on_the_connection(world: World, setting: str) -> None:
    with world.as_tine():
        pass

    assert rows(f"select coalesce(current_setting('velvalgt.{setting}', true), '')") == [("",)]


def test_an_actor_that_fails_leaves_the_one_before_in_force(world: World) -> None:
    with world.as_tine():
        with pytest.raises(ZeroDivisionError), acting(world.neighbour.pk, SYSTEM, Purpose.LAW):
            _ = 1 / 0

        assert {c.name for c in Citizen.objects.all()} == {"Amalie", "Jørn"}


def test_claiming_a_purpose_without_a_grant_for_it_shows_nobody(world: World) -> None:
    for purpose in set(Purpose) - {Purpose.CASE_WORK}:
        with acting(world.tenant.pk, world.tine.pk, purpose, unit=world.team.pk):
            assert not Citizen.objects.exists(), purpose


def test_claiming_another_tenant_shows_nobody(world: World) -> None:
    with acting(world.neighbour.pk, world.tine.pk, Purpose.CASE_WORK, unit=world.team.pk):
        assert not Citizen.objects.exists()


def test_a_ledgers_rows_name_nobody_and_stay_in_the_tenant(world: World) -> None:
    with connection.cursor() as cursor, world.as_tine():
        cursor.execute("select * from duties_ledger_rows(array['x'])")
        columns = {column.name for column in cursor.description}

    assert columns == {
        "person_id", "rule_id", "since", "due", "municipality", "a_kasse", "group", "status",
        "reason",
    }  # fmt: skip


def test_an_identity_nobody_has_leads_nowhere(world: World) -> None:
    assert rows("select * from staff_known_as('demo', '%')") == []
    assert rows("select * from staff_known_as(null, null)") == []


def test_a_seal_whose_lines_are_gone_is_a_broken_one(world: World) -> None:
    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        trace(action=Action.RUN, what="gone", at=NOW)
        sealed = seal(at=NOW)
    assert sealed is not None
    with (
        as_role("owner"),
        acting(world.tenant.pk, SYSTEM, Purpose.LOG),
        connection.cursor() as cursor,
    ):
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table audit_trace disable trigger only_added_to")
        cursor.execute("delete from audit_trace where seal_id = %s", [sealed.pk])
        cursor.execute("alter table audit_trace enable trigger only_added_to")

    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        assert chain().broken_at == sealed.number


def test_an_entry_about_nobody_that_is_known_is_refused(world: World) -> None:
    unknown = Entry(
        tenant_id=world.tenant.pk, citizen_id=uuid4(), kind=Kind.REQUEST, on=NOW.date(),
        actor=Actor.CITIZEN, recorded_at=NOW,
    )  # fmt: skip

    with world.as_tine(), pytest.raises(Error, match="row-level security"), transaction.atomic():
        unknown.save()
