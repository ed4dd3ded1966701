"""What counts as busy in a calendar, and how the door to calendars outside is kept."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.world.meetings import at
from velvalgt.apps.meetings.busy import Access, Busy, CannotRead, Source, ics
from velvalgt.apps.meetings.busy.caldav import CalDav
from velvalgt.apps.meetings.busy.door import door
from velvalgt.apps.meetings.busy.ics import Ics, busy_in
from velvalgt.apps.meetings.choices import Trouble

FIRST, LAST = at(23, 0), at(21, 0, month=12)
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n{before}BEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTAMP:20261101T000000Z\r\n{lines}END:VEVENT\r\n{after}END:VCALENDAR\r\n"
)
AN_HOUR = "DTSTART:20261125T090000Z\r\nDTEND:20261125T100000Z\r\n"


def busy(lines: str, after: str = "", before: str = "") -> list[tuple[datetime, datetime]]:
    text = EVENT.format(lines=lines, after=after, before=before)
    return [(each.starts_at, each.ends_at) for each in busy_in(text, FIRST, LAST)]


def test_an_hour_is_busy() -> None:
    assert busy(AN_HOUR) == [(at(25, 10), at(25, 11))]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "UID:7d9f3c5e@velvalgt",
    ],
)  # fmt: skip
def test_what_is_free_called_off_or_our_own_is_not(line: str) -> None:
    if line.startswith("UID"):
        text = EVENT.format(lines=AN_HOUR, after="", before="").replace("UID:a", line)
        assert busy_in(text, FIRST, LAST) == []
    else:
        assert busy(f"{AN_HOUR}{line}\r\n") == []


def test_a_whole_day_is_busy_from_midnight_to_midnight_here() -> None:
    assert busy("DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261127\r\n") == [
        (at(25, 0), at(27, 0))
    ]
    assert busy("DTSTART;VALUE=DATE:20261125\r\n") == [(at(25, 0), at(26, 0))]


def test_a_time_without_a_zone_is_on_the_wall_here() -> None:
    assert busy("DTSTART:20261125T090000\r\nDURATION:PT30M\r\n") == [(at(25, 9), at(25, 9, 30))]


def test_a_zone_by_its_name_in_outlook_is_understood() -> None:
    lines = (
        "DTSTART;TZID=W. Europe Standard Time:20261125T090000\r\n"
        "DTEND;TZID=W. Europe Standard Time:20261125T100000\r\n"
    )
    assert busy(lines) == [(at(25, 9), at(25, 10))]


def test_one_occurrence_that_was_moved_and_one_that_was_taken_out() -> None:
    series = (
        "DTSTART;TZID=Europe/Copenhagen:20261123T090000\r\n"
        "DTEND;TZID=Europe/Copenhagen:20261123T100000\r\n"
        "RRULE:FREQ=DAILY;COUNT=4\r\nEXDATE;TZID=Europe/Copenhagen:20261124T090000\r\n"
    )
    moved = (
        "BEGIN:VEVENT\r\nUID:a\r\nDTSTAMP:20261101T000000Z\r\n"
        "RECURRENCE-ID;TZID=Europe/Copenhagen:20261125T090000\r\n"
        "DTSTART;TZID=Europe/Copenhagen:20261125T130000\r\n"
        "DTEND;TZID=Europe/Copenhagen:20261125T140000\r\nEND:VEVENT\r\n"
    )
    assert busy(series, after=moved) == [
        (at(23, 9), at(23, 10)), (at(25, 13), at(25, 14)), (at(26, 9), at(26, 10)),
    ]  # fmt: skip


def test_a_list_of_free_and_busy_is_read_too() -> None:
    told = (
        "BEGIN:VFREEBUSY\r\nUID:f\r\nDTSTAMP:20261101T000000Z\r\n"
        "FREEBUSY;FBTYPE=BUSY:20261126T090000Z/PT1H\r\n"
        "FREEBUSY;FBTYPE=FREE:20261127T090000Z/PT1H\r\nEND:VFREEBUSY\r\n"
    )
    assert busy(AN_HOUR, after=told) == [(at(25, 10), at(25, 11)), (at(26, 10), at(26, 11))]


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("", Trouble.NOT_A_CALENDAR),
        ("<html>Log på</html>", Trouble.NOT_A_CALENDAR),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n", Trouble.NOT_A_CALENDAR),
        ("BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n", Trouble.NOT_A_CALENDAR),
        (
            EVENT.format(lines=f"{AN_HOUR}RRULE:FREQ=SECONDLY\r\n", before="", after=""),
            Trouble.TOO_LARGE,
        ),
    ],
)
def test_what_is_no_calendar_is_told_in_a_word_of_ours(text: str, trouble: Trouble) -> None:
    with pytest.raises(CannotRead) as refusal:
        busy_in(text, FIRST, LAST)
    assert refusal.value.trouble == trouble


EVERY_MINUTE = f"BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}"


@pytest.mark.parametrize(
    "rule",
    [
        f"RRULE:FREQ=DAILY;{EVERY_MINUTE}",
        "rrule;X=y:freq=daily;byminute=0,1",
        "RRULE:FREQ=HOU\r\n RLY",
        "RRULE:FREQ=DAILY;BYSECOND=0,30",
    ],
)
def test_a_few_lines_that_repeat_without_end_are_refused_at_once(rule: str) -> None:
    since = monotonic()
    with pytest.raises(CannotRead) as refusal:
        busy(f"{AN_HOUR}{rule}\r\n")

    assert refusal.value.trouble == Trouble.TOO_LARGE
    assert monotonic() - since < 0.5


def test_one_time_a_day_may_be_told_by_its_hour_and_minute() -> None:
    assert busy(f"{AN_HOUR}RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0;COUNT=2\r\n") == [
        (at(25, 10), at(25, 11)), (at(26, 10), at(26, 11)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("limit", "most"), [("MOST_SERIES", 1), ("MOST_PERIODS", 3), ("LONGEST", -1)]
)
def test_more_than_anybodys_calendar_has_is_too_large(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    text = written([EACH_DAY, EACH_DAY | {"uid": "b"}])
    assert len(busy_in(text, FIRST, LAST)) == 4
    monkeypatch.setattr(ics, limit, most)

    with pytest.raises(CannotRead) as refusal:
        busy_in(text, FIRST, LAST)
    assert refusal.value.trouble == Trouble.TOO_LARGE


def test_events_within_events_without_end_are_no_calendar() -> None:
    deep = "BEGIN:VEVENT\r\n" * 3000 + "END:VEVENT\r\n" * 3000
    with pytest.raises(CannotRead) as refusal:
        busy(AN_HOUR, before=deep)
    assert refusal.value.trouble == Trouble.NOT_A_CALENDAR


EACH_DAY = {
    "uid": "a", "start": at(25, 9).replace(tzinfo=None), "length": timedelta(hours=1), "every": 1,
    "count": 2, "is_busy": True, "zone": "UTC",
}  # fmt: skip


@st.composite
def events(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events of a few weeks, some each day or each week, some free or called off."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        day = date(2026, 11, 10) + timedelta(days=draw(st.integers(0, 50)))
        start = datetime.combine(day, time(draw(st.integers(0, 23))))
        found.append(
            {
                "uid": f"e{number}",
                "start": start.replace(minute=draw(st.sampled_from([0, 7, 30]))),
                "length": timedelta(minutes=draw(st.integers(1, 3000))),
                "every": draw(st.sampled_from([0, 1, 7])),
                "count": draw(st.integers(1, 8)),
                "is_busy": draw(st.booleans()),
                "zone": draw(st.sampled_from(["Europe/Copenhagen", "UTC", "America/New_York"])),
            }
        )
    return found


def written(told: list[dict[str, Any]]) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//x//EN")
    for each in told:
        event = Event()
        zone = ZoneInfo(each["zone"])
        event.add("uid", each["uid"])
        event.add("dtstart", each["start"].replace(tzinfo=zone))
        event.add("duration", each["length"])
        if each["every"]:
            event.add("rrule", {"freq": "daily", "interval": each["every"], "count": each["count"]})
        event.add("transp", "OPAQUE" if each["is_busy"] else "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def minutes_of(periods: list[Busy]) -> set[int]:
    return {
        minute
        for each in periods
        for minute in range(
            int(each.starts_at.timestamp()) // 60, int(each.ends_at.timestamp()) // 60
        )
    }


def naive(told: list[dict[str, Any]]) -> set[int]:
    """Each occurrence by hand: the same time on the wall, so many days later."""
    periods = []
    for each in told:
        if each["is_busy"]:
            for number in range(each["count"] if each["every"] else 1):
                wall = each["start"] + timedelta(days=number * each["every"])
                begins = wall.replace(tzinfo=ZoneInfo(each["zone"])).timestamp()
                ends = begins + each["length"].total_seconds()
                first, last = max(begins, FIRST.timestamp()), min(ends, LAST.timestamp())
                periods.append(range(int(first) // 60, int(last) // 60))
    return {minute for each in periods for minute in each}


@given(events())
def test_the_busy_minutes_are_those_of_every_occurrence_written_out(
    told: list[dict[str, Any]],
) -> None:
    found = busy_in(written(told), FIRST, LAST)

    assert minutes_of(found) == naive(told)


class Outside(BaseHTTPRequestHandler):
    """A server that sends one away, sends too much, or asks for a password."""

    def do_GET(self) -> None:
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/secret")
            self.end_headers()
        elif self.path in {"/shut", "/full"}:
            self.send_response({"/shut": 403, "/full": 503}[self.path])
            self.end_headers()
        elif self.path == "/much":
            self.send_response(200)
            self.end_headers()
            piece = b"x" * 1_000_000
            try:
                for _ in range(20):
                    self.wfile.write(piece)
            except OSError:
                pass
        else:
            known = self.headers.get("Authorization", "")
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write(EVENT.format(lines=AN_HOUR, before="", after="").encode())

    def do_REPORT(self) -> None:
        self.do_GET()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def outside() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Outside) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


@pytest.fixture
def address(settings: Any) -> Iterator[str]:
    settings.CALENDAR_HOSTS = ("127.0.0.1", "127.0.0.0/8")
    with outside() as found:
        yield found


def trouble(access: Access, source: Source = Ics) -> Trouble:
    with pytest.raises(CannotRead) as refusal:
        source(access).busy(FIRST, LAST)
    return refusal.value.trouble


@pytest.mark.parametrize("source", [Ics, CalDav])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("away", Trouble.NOT_ALLOWED),
        ("much", Trouble.TOO_LARGE),
        ("shut", Trouble.REFUSED),
        ("full", Trouble.UNREACHABLE),
    ],
)
def test_no_answer_leads_on_or_is_larger_than_a_calendar(
    address: str, source: Source, path: str, expected: Trouble
) -> None:
    assert trouble(Access(f"{address}/{path}"), source) == expected


def test_a_password_lets_us_in_and_without_one_we_are_refused(address: str) -> None:
    assert trouble(Access(f"{address}/a.ics")) == Trouble.REFUSED
    found = Ics(Access(f"{address}/a.ics", "tine", "kode")).busy(FIRST, LAST)
    assert found == [Busy(at(25, 10), at(25, 11))]


def test_a_private_net_is_read_only_if_it_is_named_as_well(settings: Any) -> None:
    settings.CALENDAR_HOSTS = ("127.0.0.1",)

    assert trouble(Access("http://127.0.0.1:9/a.ics")) == Trouble.NOT_ALLOWED


def test_a_name_that_leads_elsewhere_when_the_connection_is_made_is_not_followed(
    address: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CALENDAR_HOSTS = ("kalender.velby.dk",)
    port = int(address.rpartition(":")[2])
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args: [here])

    assert trouble(Access(f"https://kalender.velby.dk:{port}/a.ics")) == Trouble.NOT_ALLOWED


def test_where_nobody_answers_we_say_so(settings: Any) -> None:
    settings.CALENDAR_HOSTS = ("127.0.0.1", "127.0.0.0/8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

        assert trouble(Access(f"http://127.0.0.1:{port}/a.ics")) == Trouble.UNREACHABLE


def test_in_production_nothing_on_this_machine_is_read(settings: Any) -> None:
    settings.CALENDAR_HOSTS, settings.IS_PRODUCTION = ("127.0.0.1", "127.0.0.0/8"), True

    with door() as session, pytest.raises(CannotRead):
        session.request("GET", "http://127.0.0.1:9/a.ics")
