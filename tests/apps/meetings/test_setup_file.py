"""A municipality says in a file where and when its people can be met; slips are told of."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from tests.world.meetings import NOW
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt import cli
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import Interpreter, Meeting, Place, Room, WeeklyHours
from velvalgt.apps.meetings.types import OURS

ON = date(2026, 11, 23)
FILE = """
places:
  - code: torv
    name: Torvet
    address: Torvet 1
    rooms:
      - {code: lille, name: Lokale 1}
      - {code: stor, name: Lokale 2, seats: 12, has_alarm: true}
interpreters:
  - code: tolk
    name: Samir Haddad
    languages: [ar]
    hours: [{days: [mo], opens: 9:00, closes: 15:00, starts_on: 2026-01-01}]
staff:
  - initials: TINE
    unit: NORD
    hours:
      - {days: [mo, th], opens: 9:00, closes: 15:30, starts_on: 2026-01-01, place: torv}
      - {days: [fr], every: 2, opens: "09:00", closes: "12:00", starts_on: 2026-01-01,
         ways: [phone]}
"""


def kept(world: World, text: str = FILE, *, closes: bool = False) -> services.Kept:
    with world.building():
        return services.keep_setup(tenant=world.tenant, text=text, closes=closes, on=ON, at=NOW)


def test_a_file_gives_places_rooms_interpreters_and_hours(world: World) -> None:
    done = kept(world)

    assert (done.places, done.rooms, done.interpreters, done.hours) == (1, 2, 1, 3)
    assert done.faults == []
    with world.as_tine():
        first, second = queries.hours_of(world.tine.pk, ON)
        assert (first.recurrence, second.recurrence) == (
            "FREQ=WEEKLY;BYDAY=MO,TH",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        ) or (second.recurrence, first.recurrence) == (
            "FREQ=WEEKLY;BYDAY=MO,TH",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        )


def test_a_time_without_quotes_is_a_time_and_not_sixtieths(world: World) -> None:
    kept(world)

    with world.as_tine():
        told = {(each.opens, each.closes) for each in WeeklyHours.objects.all()}
        assert told == {(time(9), time(15)), (time(9), time(15, 30)), (time(9), time(12))}


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    kept(world)
    with world.building():
        before = Trace.objects.count()

    assert kept(world, closes=True).closed == []

    with world.building():
        assert Trace.objects.count() == before
        assert WeeklyHours.objects.count() == 3


def test_what_somebody_ended_here_is_not_given_again(world: World) -> None:
    kept(world)
    with world.as_tine():
        for hours in queries.hours_of(world.tine.pk, ON):
            services.end_hours(hours=hours, ends_on=date(2026, 12, 1), at=NOW)

    kept(world)

    with world.as_tine():
        assert queries.hours_of(world.tine.pk, date(2026, 12, 1)) == []


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (("seats: 12", "seats: 1"), "places torv: rooms.1.seats: Input should be greater than"),
        (
            ("languages: [ar]", "languages: [no]"),
            "interpreters tolk: languages.0: this is to be a text",
        ),
        (("initials: TINE", "initials: TIME"), "staff TIME: nobody here has the initials TIME"),
        (("unit: NORD", "unit: NORTH"), "staff TINE: there is no unit NORTH"),
        (("place: torv}", "place: torvet}"), "staff TINE: there is no place torvet"),
        (("[mo, th]", "[monday]"), "staff TINE: hours.0.days.0: the days are mo, tu, we"),
        (("closes: 15:30", "closes: 8:30"), "staff TINE: Choose a time to close that is after"),
        (
            ("name: Lokale 2", "name: Alarmrum"),
            "places torv: rooms.1.name: citizens read the names",
        ),
        (("ways: [phone]", "ways: [fax]"), "staff TINE: hours.1.ways.0: Input should be 'office'"),
        (("name: Torvet", "nmae: Torvet"), "places torv: name: this is missing; write it."),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_a_slip_is_told_with_what_where_and_how_to_mend_it(
    world: World, slip: tuple[str, str], told: str
) -> None:
    done = kept(world, FILE.replace(*slip))

    assert any(fault.startswith(told) for fault in done.faults), done.faults
    assert done.places + done.interpreters >= 1


def test_a_bad_entry_is_left_out_whole_and_then_nothing_is_closed(world: World) -> None:
    kept(world)

    done = kept(world, FILE.replace("ways: [phone]", "ways: [fax]"), closes=True)

    assert len(done.faults) == 1
    assert done.closed == []


def test_only_when_asked_is_closed_what_is_no_longer_in_the_file(world: World) -> None:
    kept(world)
    fewer = FILE.replace("      - {code: lille, name: Lokale 1}\n", "")
    fewer = fewer.partition("interpreters:")[0] + "staff:" + fewer.partition("staff:")[2]

    kept(world, fewer)
    with world.as_tine():
        assert not Room.objects.filter(closed_on__isnull=False).exists()
    done = kept(world, fewer, closes=True)

    assert done.closed == ["room lille", "interpreter tolk", "hours 09:00-15:00"]
    with world.as_tine():
        assert Room.objects.get(code="lille").closed_on == ON
        assert Interpreter.objects.get().closed_on == ON
        assert Place.objects.get().closed_on is None
    kept(world)
    with world.as_tine():
        assert Room.objects.get(code="lille").closed_on is None


@pytest.mark.parametrize("text", ["a: [", "- 1", "offers: []", "places: torv", ""])
def test_what_is_no_set_up_is_refused_whole(world: World, text: str) -> None:
    with pytest.raises(services.NoSetup):
        kept(world, text)


def test_the_command_says_what_it_kept_and_what_it_left_out(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("velvalgt.cli.meetings.django_as", as_role)
    file = tmp_path / "setup.yaml"
    file.write_text(FILE, encoding="utf-8")
    words = ["meetings", str(file), "--tenant", "099"]

    done = CliRunner().invoke(cli.velvalgt, words)
    file.write_text(FILE.replace("unit: NORD", "unit: NORTH"), encoding="utf-8")
    slipped = CliRunner().invoke(cli.velvalgt, words)
    file.write_text("offers: []", encoding="utf-8")
    refused = CliRunner().invoke(cli.velvalgt, words)

    assert "Kept for Velby: 1 places, 2 rooms, 1 interpreters, 3 weekly hours." in done.output
    assert (done.exit_code, slipped.exit_code, refused.exit_code) == (0, 1, 1)
    assert "left out: staff TINE: there is no unit NORTH" in slipped.output


def test_the_command_tells_of_meetings_to_come_whose_type_a_file_does_not_have(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    soon = timezone.now() + timedelta(days=9)
    with world.building():
        Meeting.objects.create(
            tenant_id=world.tenant.pk,
            citizen=world.joern,
            type="interview",
            starts_at=soon,
            ends_at=soon + timedelta(hours=1),
            way="phone",
            unit=world.team,
            caseworker=world.tine,
            booked_at=soon - timedelta(days=12),
        )
    monkeypatch.setattr("velvalgt.cli.meetings.django_as", as_role)
    monkeypatch.setenv("VELVALGT_HOME", str(tmp_path))
    (tmp_path / "prepared.json").write_text("{}", "utf-8")
    file = tmp_path / "t.yaml"
    file.write_text(OURS.read_text("utf-8").replace("key: interview\n", "key: talk\n"), "utf-8")

    told = CliRunner().invoke(cli.velvalgt, ["meeting-types", str(file)])

    assert told.exit_code == 0
    assert "interview: not in the file, and 1 of it are to come in Velby" in told.output
