"""Meetings in one's own calendar, busy times from it, and the way into a video meeting."""

from collections.abc import Iterator

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.browser import calendars
from tests.browser.conftest import Happen
from tests.browser.test_citizen_preparation import press, read_easily
from tests.browser.visitor import Visitor


@pytest.fixture(autouse=True)
def meeting(visitor: Visitor, happen: Happen) -> Iterator[None]:
    happen(calendars.book_video)
    yield
    happen(calendars.call_video_off)
    happen(calendars.forget_calendars)


def test_joern_makes_a_link_by_keyboard_and_a_calendar_reads_it_until_he_takes_it_away(
    visitor: Visitor,
) -> None:
    visitor.sign_in("joern")
    visitor.goto("/citizen/calendar/")
    visitor.look("calendar-none")
    read_easily(visitor)
    page = visitor.page
    page.get_by_role("button", name=visitor.says("Lav et link", "Make a link")).focus()
    page.keyboard.press("Enter")
    link = page.get_by_label(visitor.says("Dit link", "Your link"))
    expect(link).to_be_visible()
    visitor.look("calendar-link")
    read_easily(visitor)

    address = link.input_value()
    events = Calendar.from_ical(page.request.get(address).body()).walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in events} == {visitor.says("Møde", "Meeting")}
    press(visitor, "Fjern linket", "Take the link away")
    assert page.request.get(address).status == 404


def test_one_meeting_is_put_in_the_calendar_as_a_file(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    visitor.goto("/citizen/calendar/")
    name = visitor.says("Læg det i min kalender", "Put it in my calendar")

    with visitor.page.expect_download() as found:
        visitor.page.get_by_role("link", name=name).first.click()
    text = found.value.path().read_bytes()
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["DTSTART"].dt.hour == 10
    assert event["LOCATION"] == "video"


def test_tine_pastes_a_link_and_joern_finds_the_way_in_when_it_is_time(
    visitor: Visitor, happen: Happen
) -> None:
    visitor.sign_in("joern")
    visitor.goto("/citizen/calendar/")
    by_video = visitor.page.locator(".v-line", has_text="video").first
    ics = by_video.locator("a[href$='.ics']").get_attribute("href") or ""
    meeting = ics.replace("meeting.ics", "")
    visitor.goto(meeting)
    visitor.look("video-citizen-waits")
    read_easily(visitor)
    visitor.sign_in("tine")
    visitor.goto(f"{meeting.replace('citizen', 'caseworker')}video/")
    page = visitor.page
    link = page.get_by_label(visitor.says("Link til videomødet", "Link to the video meeting"))
    link.fill("http://meet.example/joern")
    press(visitor, "Gem", "Save")
    visitor.look("video-refused")
    visitor.expect_refusal(422)
    expect(link).to_have_value("http://meet.example/joern")
    link.fill("https://meet.example/joern")
    press(visitor, "Gem", "Save")
    expect(page.get_by_text(visitor.says("har et videorum", "has a video room"))).to_be_visible()
    visitor.look("video-given")

    happen(calendars.its_time_has_come)
    visitor.sign_in("joern")
    visitor.goto(meeting)
    go = page.get_by_role("link", name=visitor.says("Gå til videomødet", "Go to the video meeting"))
    expect(go).to_have_attribute("href", "https://meet.example/joern")
    visitor.look("video-open")
    read_easily(visitor)


def test_tine_sees_how_the_reading_of_her_own_calendar_goes(
    visitor: Visitor, happen: Happen
) -> None:
    visitor.sign_in("tine")
    visitor.goto("/caseworker/calendar/")
    visitor.look("my-calendar-none")
    page = visitor.page
    address = page.get_by_label(visitor.says("Kalenderens adresse", "The calendar’s address"))
    address.fill("https://andre.example/tine.ics")
    press(visitor, "Læs min kalender", "Read my calendar")
    visitor.look("my-calendar-refused")
    visitor.expect_refusal(422)
    expect(address).to_have_value("https://andre.example/tine.ics")
    address.fill("https://kalender.example/tine.ics")
    press(visitor, "Læs min kalender", "Read my calendar")
    expect(
        page.get_by_text(visitor.says("læser den om lidt", "read it in a moment"))
    ).to_be_visible()

    happen(calendars.reading_fails)
    press(visitor, "Lav et link", "Make a link")
    visitor.look("my-calendar-trouble")
    press(visitor, "Læs ikke min kalender mere", "Stop reading my calendar")
    expect(address).to_be_visible()
