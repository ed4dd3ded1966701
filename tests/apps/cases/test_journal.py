"""The journal: what happened is written once, corrected by a new entry, and never lost."""

from datetime import UTC, date, datetime

import pytest

from tests.world.factories import EntryFactory
from tests.world.municipality import World
from velvalgt.apps.cases import queries, services
from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def held(world: World, on: date = MONDAY) -> Entry:
    return services.record_interview(
        citizen=world.joern, on=on, form="in_person", today=MONDAY, by=world.tine, at=NOW
    )


def test_an_interview_is_written_with_who_when_and_how(world: World) -> None:
    with world.as_tine():
        entry = held(world)

        assert (entry.kind, entry.on, entry.form, entry.actor) == (
            Kind.INTERVIEW, MONDAY, "in_person", Actor.MUNICIPALITY
        )  # fmt: skip
        assert (entry.recorded_by, entry.recorded_at) == (world.tine, NOW)


def test_an_interview_that_has_not_been_held_cannot_be_recorded(world: World) -> None:
    with world.as_tine(), pytest.raises(services.InTheFuture):
        held(world, date(2026, 11, 24))


def test_a_correction_takes_the_place_of_what_it_corrects_and_both_stay(world: World) -> None:
    with world.as_tine():
        wrong = held(world)

        right = services.correct(entry=wrong, by=world.tine, at=NOW, form="phone")

        assert list(Entry.objects.standing().filter(citizen=world.joern)) == [right]
        assert queries.journal_of(world.joern).count() == 2


def test_a_withdrawn_entry_no_longer_stands(world: World) -> None:
    with world.as_tine():
        services.withdraw(entry=held(world), by=world.tine, at=NOW)

        assert not Entry.objects.standing().filter(citizen=world.joern).exists()


def test_what_is_corrected_is_corrected_only_once(world: World) -> None:
    with world.as_tine():
        wrong = held(world)
        services.correct(entry=wrong, by=world.tine, at=NOW, form="phone")

        with pytest.raises(services.AlreadyCorrected):
            services.withdraw(entry=wrong, by=world.tine, at=NOW)


def test_what_came_in_lately_is_what_others_did_and_is_about_ones_own_citizens(
    world: World,
) -> None:
    with world.building():
        asked = EntryFactory(citizen=world.joern, kind=Kind.REQUEST, on=MONDAY, actor="citizen")
        EntryFactory(citizen=world.joern, kind=Kind.INTERVIEW, on=MONDAY)
        EntryFactory(citizen=world.joern, kind=Kind.REQUEST, on=date(2026, 10, 1), actor="citizen")
        EntryFactory(citizen=world.elsewhere, kind=Kind.REQUEST, on=MONDAY, actor="citizen")

    with world.as_tine():
        assert list(queries.arrived(cases=queries.caseload(world.tine.pk), on=MONDAY)) == [asked]
