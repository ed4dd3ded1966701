"""The log: reads, changes, refusals; sealed in a chain that shows a break."""

from datetime import UTC, datetime

import pytest
from django.db import Error, connection, transaction

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.models import Seal, Trace
from velvalgt.apps.audit.queries import chain, looks_at
from velvalgt.apps.audit.reading import gathering, note
from velvalgt.apps.audit.services import seal, trace, trace_reads
from velvalgt.apps.people.models import Citizen, Spell

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_loading_a_record_about_a_citizen_is_a_read_of_the_citizen(world: World) -> None:
    with world.building():
        SpellFactory(citizen=world.joern)

    with world.as_tine(), gathering() as seen:
        list(Spell.objects.all())
        list(Citizen.objects.filter(pk=world.amalie.pk))

    assert seen == {world.joern.pk: 1, world.amalie.pk: 1}


def test_a_read_that_loads_no_record_is_noted_by_hand(world: World) -> None:
    with gathering() as seen:
        note([world.joern.pk, world.joern.pk])

    assert seen == {world.joern.pk: 2}


def test_a_change_leaves_a_trace_a_citizen_and_statement_in_its_transaction(world: World) -> None:
    with world.as_tine():
        EntryFactory(citizen=world.joern)
        traces = Trace.objects.filter(what="cases_entry", action=Action.INSERT)

        assert [(t.citizen_id, t.user_id, t.unit_id, t.purpose) for t in traces] == [
            (world.joern.pk, world.tine.pk, world.team.pk, Purpose.CASE_WORK)
        ]


def test_a_change_that_is_undone_leaves_no_trace(world: World) -> None:
    class Undone(Exception):
        pass

    with pytest.raises(Undone), world.as_tine():
        EntryFactory(citizen=world.joern)
        raise Undone

    with world.as_tine():
        assert not Trace.objects.filter(what="cases_entry").exists()


def test_the_citizen_sees_when_which_unit_and_why_but_not_who(world: World) -> None:
    with world.as_tine():
        trace_reads(seen={world.joern.pk: 3}, what="caseworker:home", at=NOW)

    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        looks = looks_at(world.joern.pk, own_user_id=world.joern.user_id)

    assert [(x.on, x.unit_id, x.purpose, x.is_own) for x in looks] == [
        (NOW.date(), world.team.pk, Purpose.CASE_WORK, False)
    ]
    assert not hasattr(looks[0], "user_id")


@pytest.mark.parametrize("role", ["web", "worker", "owner"])
def test_nobody_rewrites_the_log(world: World, role: str) -> None:
    with world.as_tine():
        trace(action=Action.SEARCH, what="test", at=NOW)

    with as_role(role), world.as_tine(), pytest.raises(Error), transaction.atomic():
        Trace.objects.update(what="andet")
    with as_role(role), world.as_tine(), pytest.raises(Error), transaction.atomic():
        Trace.objects.all().delete()


def sealed(world: World, *marks: str) -> Seal | None:
    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        for mark in marks:
            trace(action=Action.RUN, what=mark, at=NOW)
        return seal(at=NOW)


def test_sealing_covers_each_trace_once_and_chains(world: World) -> None:
    first, second, third = sealed(world, "a"), sealed(world, "b", "c"), sealed(world)

    assert first is not None
    assert second is not None
    assert (second.number, second.traces) == (first.number + 1, 2)
    assert third is None


def test_a_whole_chain_holds(world: World) -> None:
    sealed(world, "a")
    sealed(world, "b")

    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        state = chain()

    assert (state.seals, state.unsealed, state.broken_at) == (2, 0, None)


def test_a_line_changed_behind_the_triggers_back_breaks_the_chain_where_it_stood(
    world: World,
) -> None:
    sealed(world, "a")
    sealed(world, "b")
    with (
        as_role("owner"),
        acting(world.tenant.pk, SYSTEM, Purpose.LOG),
        connection.cursor() as cursor,
    ):
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table audit_trace disable trigger only_added_to")
        cursor.execute("update audit_trace set what = 'x' where what = 'b'")
        cursor.execute("alter table audit_trace enable trigger only_added_to")

    with as_role("worker"), acting(world.tenant.pk, SYSTEM, Purpose.LOG):
        state = chain()

    assert state.broken_at == 2
