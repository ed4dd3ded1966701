"""Tine reads what Nadia prepared, fills in the profile with her, and says yes to her plan."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import newcomer
from tests.browser.conftest import Happen
from tests.browser.visitor import Visitor


@pytest.fixture(autouse=True)
def nadia(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """Nadia has written, and Tine is signed in."""
    happen(newcomer.arrive)
    happen(newcomer.she_writes)
    visitor.sign_in("tine")
    yield
    happen(newcomer.leave)


def open_page(visitor: Visitor, danish: str, english: str) -> None:
    """From the worklist to Nadia, and on to one of her pages."""
    visitor.goto("/caseworker/citizens/")
    visitor.page.get_by_role("link", name=newcomer.NAME).click()
    name = visitor.says(danish, english)
    visitor.page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def test_what_nadia_suggests_waits_on_the_worklist_and_gets_a_yes(visitor: Visitor) -> None:
    page = visitor.page
    plans = page.locator("section", has=page.locator("#plans"))
    expect(plans.get_by_role("link", name="Nadia")).to_have_count(2)
    visitor.look("caseworker-plans-wait")
    plans.get_by_role("link", name="Nadia").last.click()
    visitor.look("caseworker-plan")

    yes = visitor.says("Ja, det er jeg med på", "Yes, I agree")
    page.get_by_role("button", name=yes).click()

    expect(page.get_by_role("button", name=yes)).to_have_count(0)
    expect(page.get_by_role("heading", name="Et job med cykler")).to_be_visible()


def test_the_profile_is_filled_in_together(visitor: Visitor) -> None:
    open_page(visitor, "Behovsprofil", "Need profile")
    expect(visitor.page.get_by_text("Korte dage")).to_be_visible()
    visitor.page.get_by_label(visitor.says("Jeg har nogle idéer", "I have some ideas")).check()
    visitor.look("caseworker-profile")
    save = visitor.says("Gem", "Save")
    visitor.page.get_by_role("button", name=save, exact=True).click()

    written = visitor.says("Skrevet af Tine", "Written by Tine")
    expect(visitor.page.get_by_text(written)).to_be_visible()


def test_the_preparation_is_one_sheet(visitor: Visitor) -> None:
    open_page(visitor, "Forberedelse", "Preparation")
    expect(visitor.page.get_by_text("Korte dage")).to_be_visible()
    visitor.look("caseworker-preparation")

    assert len(re.findall(rb"/Type\s*/Page(?!s)", visitor.page.pdf(format="A4"))) == 1


def test_tine_agrees_that_nadia_steers_herself(visitor: Visitor) -> None:
    open_page(visitor, "Plan", "Plan")
    about = visitor.says("Aftale om at styre selv", "Self-steered agreement")
    visitor.page.get_by_role("link", name=about).click()
    visitor.look("caseworker-agreement")
    yes = visitor.says("Ja, det er jeg med på", "Yes, I agree")
    visitor.page.get_by_role("button", name=yes).click()

    end = visitor.says("Stop aftalen", "End the agreement")
    expect(visitor.page.get_by_role("button", name=end)).to_be_visible()
