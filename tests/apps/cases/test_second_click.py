"""Two clicks on the same button record one interview."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from tests.world.municipality import World
from velvalgt.apps.cases import services
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties.services import follow

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def held(world: World, *, form: str = "in_person", on: date = MONDAY, at: datetime = NOW) -> Entry:
    return services.record_interview(
        citizen=world.joern, on=on, form=form, today=MONDAY, by=world.tine, at=at
    )


def test_the_second_click_gives_the_entry_of_the_first(world: World) -> None:
    with world.as_tine():
        first, second = held(world), held(world, at=NOW + timedelta(seconds=2))

        assert second == first
        assert Entry.objects.filter(citizen=world.joern).count() == 1


def test_two_interviews_on_a_day_are_two_when_the_form_is_another(world: World) -> None:
    with world.as_tine():
        assert held(world) != held(world, form="phone")


def test_what_is_told_again_in_the_afternoon_is_told_once_and_the_law_can_count(
    world: World,
) -> None:
    with world.as_tine():
        morning = held(world)
        afternoon = held(world, at=NOW + timedelta(hours=5))
        follow(citizen=world.joern, on=MONDAY)

        assert afternoon == morning


def test_what_was_taken_back_can_be_recorded_again_at_once(world: World) -> None:
    with world.as_tine():
        first = held(world)
        services.withdraw(entry=first, by=world.tine, at=NOW)

        assert held(world) != first


def test_whoever_records_waits_for_whoever_records_about_the_same_citizen(world: World) -> None:
    with world.as_tine(), connection.cursor() as cursor:
        held(world)
        cursor.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
            " and ((classid::bigint << 32) | objid::bigint) = hashtextextended(%s, 4)",
            [str(world.joern.pk)],
        )

        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1926, 11, 23)])
def test_nobody_was_met_before_they_were_born(world: World, on: date) -> None:
    with world.as_tine(), pytest.raises(services.BeforeBirth):
        held(world, on=on)
