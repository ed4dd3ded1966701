"""Jørn would like an earlier time, and takes the one that he is offered; Amalie is asked after."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor
from tests.browser.waiting import (
    amalie_was_called,
    amalies_contact,
    joern_is_offered_a_time,
    joern_meets_hans,
    no_meeting_with_hans,
    told,
)

LARGEST_LIX = 40


@pytest.fixture
def joern(visitor: Visitor, happen: Happen) -> Iterator[Visitor]:
    """Jørn, who has a meeting in three weeks."""
    happen(joern_meets_hans)
    visitor.sign_in("joern")
    yield visitor
    happen(no_meeting_with_hans)


def press(visitor: Visitor, danish: str, english: str) -> None:
    visitor.page.get_by_role("button", name=visitor.says(danish, english), exact=True).click()


def check_reading(visitor: Visitor) -> None:
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_he_gets_on_the_list_by_keyboard_and_takes_the_earlier_time(
    joern: Visitor, happen: Happen
) -> None:
    page = joern.page
    joern.goto(told(happen, "earlier"))
    joern.look("citizen-earlier")
    check_reading(joern)
    wish = joern.says("Jeg vil gerne have en tidligere tid", "I would like an earlier time")
    page.get_by_role("button", name=wish).focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(joern.says("Du er på listen", "You are on the"))
    joern.look("citizen-earlier-waiting")

    happen(joern_is_offered_a_time)
    joern.goto(told(happen, "offer"))
    joern.look("citizen-earlier-offer")
    check_reading(joern)
    press(joern, "Ja, jeg tager den", "Yes, I take it")

    expect(page.locator("main")).to_contain_text(
        joern.says("Mødet er flyttet.", "The meeting is moved.")
    )
    joern.look("citizen-earlier-moved")


def test_an_offer_that_is_over_says_so_kindly(joern: Visitor, happen: Happen) -> None:
    joern.goto(told(happen, "earlier"))
    press(joern, "Jeg vil gerne have en tidligere tid", "I would like an earlier time")
    happen(joern_is_offered_a_time)
    offer = told(happen, "offer")
    joern.goto(offer)
    press(joern, "Nej, jeg beholder min tid", "No, I keep my time")

    joern.goto(offer)
    expect(joern.page.locator("main")).to_contain_text(
        joern.says("Du er stadig på listen", "You are still on the list")
    )
    joern.look("citizen-earlier-over")


def test_amalie_says_what_she_thought_of_a_call(visitor: Visitor, happen: Happen) -> None:
    happen(amalie_was_called)
    visitor.sign_in("amalie")
    visitor.goto(amalies_contact(happen))
    visitor.look("citizen-contact-answer")
    check_reading(visitor)
    press(visitor, "Send", "Send")
    expect(visitor.page.locator("#error-summary")).to_be_visible()
    visitor.look("citizen-contact-answer-error")
    visitor.expect_trouble("422")

    group = visitor.page.get_by_role("group").first
    group.get_by_label(visitor.says("Ja", "Yes"), exact=True).check()
    press(visitor, "Send", "Send")
    expect(visitor.page.locator("h1")).to_have_text(visitor.says("Tak", "Thank you"))
    visitor.look("citizen-contact-answered")
