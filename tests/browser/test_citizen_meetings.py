"""Nadia books her talk, moves it, takes it by phone, calls it off; somebody else may be first."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import citizen_meetings
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.test_citizen_preparation import press, read_easily
from tests.browser.visitor import Visitor

MEETINGS = "/citizen/meetings/"
AT_TEN = f"{MEETINGS}booking/?type=first_interview&way=office&whom=own&at=2026-11-26T10:00"
LARGEST_ON_HOME = 30


@pytest.fixture(autouse=True)
def nadia(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """Nadia came today, and is signed in."""
    happen(citizen_meetings.arrive)
    visitor.sign_in("joern")
    yield
    happen(citizen_meetings.leave)


def follow(visitor: Visitor, danish: str, english: str) -> None:
    visitor.page.get_by_role("link", name=visitor.says(danish, english), exact=True).click()


def see(visitor: Visitor, danish: str, english: str) -> None:
    expect(visitor.page.locator("main")).to_contain_text(visitor.says(danish, english))


def test_the_talk_is_booked_from_the_first_page_and_is_then_the_next_step(
    visitor: Visitor,
) -> None:
    page = visitor.page
    follow(visitor, "Book samtalen", "Book the talk")
    see(visitor, "Denne gang kan den ikke være", "This time it cannot be")
    visitor.look("meeting-wish")
    read_easily(visitor)
    press(visitor, "Se tider", "See the times")
    visitor.look("meeting-times")
    read_easily(visitor)
    expect(page.locator(".v-times a")).not_to_have_count(0)
    assert page.locator(".v-times a").count() <= 20
    page.locator(".v-day", has_text="26").locator(".v-times a").first.click()
    visitor.look("meeting-agree")
    press(visitor, "Ja, book det", "Yes, book it")

    see(visitor, "Mødet er booket.", "The meeting is booked.")
    visitor.look("meeting-booked")
    read_easily(visitor)
    visitor.goto("/citizen/")
    step = page.locator(".v-card-next")
    expect(step).to_contain_text(visitor.says("Du skal tale med Tine", "You talk with Tine"))
    visitor.look("citizen-home-with-meeting")
    if visitor.language == "da":
        assert lix(page.locator("main").inner_text()) <= LARGEST_ON_HOME


def test_a_time_that_was_just_taken_leads_to_the_nearest(visitor: Visitor, happen: Happen) -> None:
    visitor.goto(AT_TEN)
    happen(citizen_meetings.somebody_takes_the_time)
    press(visitor, "Ja, book det", "Yes, book it")

    see(visitor, "Tiden blev lige taget", "just taken")
    visitor.expect_refusal(409)
    visitor.look("meeting-taken")
    visitor.page.locator(".v-times button").first.click()
    see(visitor, "Mødet er booket.", "The meeting is booked.")


def test_by_phone_instead_is_one_click_from_the_first_page(
    visitor: Visitor, happen: Happen
) -> None:
    happen(citizen_meetings.she_is_heard)
    happen(citizen_meetings.she_has_a_talk)
    visitor.goto("/citizen/")
    press(visitor, "Ring i stedet", "By phone instead")

    see(visitor, "Nu er det i telefon", "It is by phone now")
    see(visitor, "Vi kender ikke dit nummer", "We do not know your number")
    visitor.look("meeting-by-phone")


def test_a_talk_is_moved_by_keyboard_alone_and_without_scripts(
    visitor: Visitor, happen: Happen
) -> None:
    visitor.page.route("**/*.js", lambda route: route.fulfill(body=""))
    happen(citizen_meetings.she_has_her_first_talk)
    visitor.goto(MEETINGS)
    visitor.look("meetings")
    page, keys = visitor.page, visitor.page.keyboard
    page.get_by_role("link", name=visitor.says("Flyt", "Move it"), exact=True).focus()
    keys.press("Enter")
    page.locator(".v-day").last.locator(".v-times a").first.focus()
    keys.press("Enter")
    page.get_by_role("button", name=visitor.says("Ja, flyt det", "Yes, move it")).focus()
    keys.press("Enter")

    see(visitor, "Mødet er flyttet.", "The meeting is moved.")
    expect(page.locator(".v-card-next")).to_contain_text(re.compile("27"))


def test_a_talk_is_called_off_kindly(visitor: Visitor, happen: Happen) -> None:
    visitor.goto(MEETINGS)
    see(visitor, "Du har ingen møder foran dig", "You have no meeting to come")
    visitor.look("meetings-empty")
    happen(citizen_meetings.she_has_her_first_talk)
    visitor.goto(MEETINGS)
    follow(visitor, "Aflys", "Call it off")
    visitor.look("meeting-call-off")
    read_easily(visitor)
    press(visitor, "Aflys", "Call it off")
    visitor.look("meeting-call-off-refused")
    visitor.expect_refusal(422)
    visitor.page.get_by_label(visitor.says("Jeg er syg", "I am ill")).check()
    press(visitor, "Aflys", "Call it off")

    see(visitor, "Mødet er aflyst.", "The meeting is called off.")
    visitor.look("meeting-called-off")
