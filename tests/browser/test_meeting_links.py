"""Somebody opens the link in a letter: another time, or none, without signing in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor
from tests.browser.waiting import joern_meets_hans, no_meeting_with_hans, told

LARGEST_LIX = 40


@pytest.fixture
def reader(visitor: Visitor, happen: Happen) -> Iterator[Visitor]:
    """Somebody who has the link to Jørn's meeting."""
    happen(joern_meets_hans)
    visitor.goto(told(happen, "link"))
    yield visitor
    happen(no_meeting_with_hans)


def check(visitor: Visitor, name: str) -> None:
    visitor.look(name)
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_the_meeting_is_moved_by_keyboard(reader: Visitor) -> None:
    page = reader.page
    expect(page.locator("main")).not_to_contain_text("Jørn")
    check(reader, "meeting-link")
    page.get_by_role("link", name=reader.says("Find en anden tid", "Find another time")).focus()
    page.keyboard.press("Enter")
    check(reader, "meeting-link-time")
    move = page.get_by_role("button", name=reader.says("Flyt mødet", "Move the meeting"))
    move.click()
    expect(page.locator("#error-summary")).to_be_visible()
    reader.look("meeting-link-time-error")
    reader.expect_trouble("422")

    page.get_by_role("radio").nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text(
        reader.says("Mødet er flyttet", "The meeting is moved")
    )
    reader.look("meeting-link-moved")


def test_the_meeting_is_called_off_and_the_link_with_it(reader: Visitor) -> None:
    page, link = reader.page, reader.page.url
    page.get_by_role("link", name=reader.says("Aflys", "Call it off")).click()
    check(reader, "meeting-link-cancellation")
    page.get_by_label(reader.says("Jeg er syg", "I am ill")).check()
    off = reader.says("Aflys mødet", "Call the meeting off")
    page.get_by_role("button", name=off).click()
    expect(page.get_by_role("status").first).to_contain_text(
        reader.says("Mødet er aflyst", "The meeting is called off")
    )
    check(reader, "meeting-link-called-off")

    page.goto(link)
    check(reader, "meeting-link-over")
    reader.expect_refusal(404)
