"""A meeting in somebody's calendar says when and how, and nothing else; real clients read it."""

import re
from datetime import timedelta

import pytest
import recurring_ical_events
from django.utils.translation import override
from icalendar import Calendar

from tests.apps.meetings.test_booking import ALL, book, staff
from tests.world.meetings import NOW, at, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way, WhyCancelled
from velvalgt.apps.meetings.models import Meeting

pytestmark = pytest.mark.usefixtures("office")
CPR = re.compile(rb"\d{6}-?\d{4}")


def event_of(text: bytes) -> Calendar:
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    return event


def test_a_calendar_reads_the_invitation_with_its_name_version_and_hour(tine: World) -> None:
    meeting = book(tine, tine.joern)

    text = queries.invitation_of(meeting, NOW)
    event = event_of(text)
    assert event["UID"] == f"{meeting.uid}@velvalgt"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (at(25, 10), at(25, 10, 45))
    assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    assert b"METHOD:PUBLISH" in text
    assert b"BEGIN:VTIMEZONE" in text


def test_the_hour_is_right_on_both_sides_of_a_change_of_the_clock(tine: World) -> None:
    meeting = book(tine, tine.joern)
    summer = Meeting(
        **{
            **{f.attname: getattr(meeting, f.attname) for f in Meeting._meta.concrete_fields},
            "starts_at": at(29, 10, month=3).replace(year=2027),
            "ends_at": at(29, 11, month=3).replace(year=2027),
        }
    )

    text = queries.invitation_of(summer, NOW)
    assert b"DTSTART;TZID=Europe/Copenhagen:20270329T100000" in text
    assert event_of(text)["DTSTART"].dt.utcoffset() == timedelta(hours=2)


def test_a_moved_meeting_keeps_its_name_and_a_called_off_one_takes_itself_away(
    tine: World,
) -> None:
    first = book(tine, tine.joern)
    moved = services.move(
        meeting=first,
        wanted=wanted(tine, Way.PHONE),
        starts_at=at(26, 9),
        permitted=ALL,
        hand=staff(tine),
    )
    told = event_of(queries.invitation_of(moved, NOW))
    services.cancel(meeting=moved, why=WhyCancelled.US, hand=staff(tine))
    last = queries.latest_of(tine.joern, first.uid)
    assert last == moved
    text = queries.invitation_of(last, NOW)
    gone = event_of(text)

    assert told["UID"] == gone["UID"] == f"{first.uid}@velvalgt"
    assert (told["SEQUENCE"], gone["SEQUENCE"]) == (1, 2)
    assert gone["STATUS"] == "CANCELLED"
    assert b"METHOD:CANCEL" in text


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_byte_of_it_names_anybody_or_says_what_for(tine: World, language: str) -> None:
    meeting = book(tine, tine.joern, wanted=wanted(tine, Way.HOME))

    with override(language):
        text = queries.invitation_of(meeting, NOW).replace(b"\r\n ", b"")
    event = event_of(text)
    assert event["SUMMARY"] == {"da": "Møde", "en": "Meeting"}[language]
    assert event["LOCATION"] == {"da": "et andet sted", "en": "another place"}[language]
    assert set(event) == {
        "UID", "SEQUENCE", "STATUS", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY",
        "LOCATION", "CLASS", "URL", "ORGANIZER",
    }  # fmt: skip
    for word in ("Jørn", "Tine", "Torvet", "NORD", "Samtale", "Talk", "job", "Velby"):
        assert word.lower().encode() not in text.lower(), word
    assert not CPR.search(re.sub(rb"[0-9a-f-]{36}@", b"", text))


def test_a_program_that_expands_calendars_finds_the_meeting_on_its_day_alone(
    tine: World,
) -> None:
    meeting = book(tine, tine.joern)

    calendar = Calendar.from_ical(queries.invitation_of(meeting, NOW))
    found = recurring_ical_events.of(calendar)
    assert [each["UID"] for each in found.at((2026, 11, 25))] == [f"{meeting.uid}@velvalgt"]
    assert found.at((2026, 11, 26)) == []
