"""Tine's meetings: recorded in at most eight interactions, booked, moved, read by day."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import caseworker_meetings as meetings
from tests.browser.conftest import Happen
from tests.browser.visitor import Visitor

MOST = 8
"""Clicks and fields from the worklist until all is recorded; the national measure is forty."""


class Counted:
    """Somebody whose clicks and fields are counted."""

    def __init__(self) -> None:
        self.interactions = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.interactions += 1

    def fill(self, field: Locator, words: str) -> None:
        field.fill(words)
        self.interactions += 1


@pytest.fixture
def friday(happen: Happen) -> Iterator[None]:
    """A meeting on Friday of which nobody has said a word; taken away afterwards."""
    happen(meetings.meet_birthe)
    yield
    happen(meetings.forget_birthe)


def line(visitor: Visitor) -> Locator:
    return visitor.page.locator("#unsaid-lines .v-line", has_text=meetings.NAME)


@pytest.mark.usefixtures("friday")
def test_a_meeting_is_recorded_with_plan_and_next_meeting_in_at_most_eight_interactions(
    visitor: Visitor,
) -> None:
    visitor.sign_in("tine")
    page, tine = visitor.page, Counted()
    visitor.look("caseworker-meetings-worklist")

    tine.click(line(visitor).get_by_role("link", name=visitor.says("Skriv om", "Write it up")))
    visitor.look("caseworker-meetings-write-up")
    tine.fill(page.locator("textarea[name=agreed]"), "Birthe ser på to butikker i Velby.")
    tine.fill(page.locator("input[name=step]"), "Ring til den ene butik")
    tine.fill(page.locator("input[name=due_on]"), "2026-11-30")
    which = page.locator("input[name=new_goal], select[name=goal]")
    if which.get_attribute("name") == "new_goal":
        tine.fill(which, "Job i en butik")
    tine.click(page.locator("input[name=following]").nth(1))
    tine.click(page.get_by_role("button", name=visitor.says("Skriv det ned", "Record it")))

    expect(page.locator("#notice")).to_contain_text(visitor.says("Noteret", "Recorded"))
    expect(page.locator("#notice")).to_be_focused()
    expect(line(visitor)).to_have_count(0)
    assert tine.interactions <= MOST
    visitor.look("caseworker-meetings-recorded")
    page.locator("#notice").get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text("Birthe ser på to butikker i Velby.")
    expect(page.locator("main")).to_contain_text("Ring til den ene butik")


@pytest.mark.usefixtures("friday")
def test_held_is_said_by_keyboard_and_taken_back(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    page = visitor.page

    line(visitor).get_by_role("button", name=visitor.says("Holdt", "Held")).focus()
    page.keyboard.press("Enter")
    notice = page.locator("#notice")
    expect(notice).to_be_focused()
    expect(line(visitor)).to_have_count(0)
    notice.get_by_role("button").focus()
    page.keyboard.press("Enter")

    expect(line(visitor)).to_have_count(1)
    visitor.look("caseworker-meetings-taken-back")


@pytest.mark.usefixtures("friday")
def test_what_is_missing_is_said_beside_the_field(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    page = visitor.page
    line(visitor).get_by_role("link", name=visitor.says("Skriv om", "Write it up")).click()

    page.locator("textarea[name=agreed]").fill("Vi ringes ved.")
    page.locator("input[name=result][value=missed]").check()
    page.get_by_role("button", name=visitor.says("Skriv det ned", "Record it")).click()

    expect(page.locator("[data-module=error-summary]")).to_be_visible()
    expect(page.locator("textarea[name=agreed]")).to_have_value("Vi ringes ved.")
    visitor.look("caseworker-meetings-refused")
    visitor.expect_refusal(422)


def test_a_meeting_is_booked_moved_and_called_off(visitor: Visitor, happen: Happen) -> None:
    happen(meetings.book_birthe)
    happen(meetings.forget_birthe)
    visitor.sign_in("tine")
    page = visitor.page
    visitor.goto("/caseworker/citizens/?scope=unit")
    page.get_by_role("link", name=meetings.NAME).click()

    page.get_by_role("link", name=visitor.says("Book et møde", "Book a meeting")).click()
    visitor.look("caseworker-meetings-times")
    page.locator(".v-times button").last.click()
    visitor.look("caseworker-meetings-booked")
    page.get_by_role("link", name=visitor.says("Flyt det", "Move it")).click()
    page.get_by_role("link", name=visitor.says("Ugen efter", "The week after")).click()
    page.locator(".v-times button").first.click()
    page.locator("input[name=why][value=us]").check()
    page.get_by_role("button", name=visitor.says("Aflys", "Call it off")).click()

    expect(page.locator(".alert-warning")).to_contain_text(visitor.says("Aflyst", "Called off"))
    visitor.look("caseworker-meetings-called-off")


@pytest.mark.usefixtures("friday")
def test_two_weeks_of_meetings_stand_by_day(visitor: Visitor, happen: Happen) -> None:
    happen(meetings.book_birthe)
    visitor.sign_in("tine")
    visitor.page.get_by_role("link", name=visitor.says("Møder", "Meetings"), exact=True).click()

    days = visitor.page.locator(".v-diary-day")
    expect(days.filter(has_text=meetings.NAME)).to_contain_text("25")
    visitor.look("caseworker-meetings")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator("#unsaid")).to_be_hidden()
