"""Jørn reads what is proposed, says no by the keyboard alone, and takes it back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import own_nos, suggestions
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

LARGEST_LIX = 40


@pytest.fixture(autouse=True)
def planned(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """A plan holds that suggests a mentor for Jørn, and he is signed in."""
    happen(own_nos.a_plan_suggests)
    visitor.sign_in("joern")
    yield
    happen(suggestions.it_is_over)


def test_a_no_is_said_by_the_keyboard_and_taken_back(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goto("/citizen/data/need/")
    visitor.look("citizen-proposal")
    if visitor.language == "da":
        assert lix(page.locator("#proposal").inner_text()) <= LARGEST_LIX
    page.get_by_role("link", name=visitor.says("Nej tak", "No thanks")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_choice")).to_have_value("mentor")
    visitor.look("citizen-own-no")
    page.get_by_role("button", name=visitor.says("Sig nej", "Say no")).focus()
    page.keyboard.press("Enter")

    expect(page.locator("#nos")).to_contain_text("mentor", ignore_case=True)
    expect(page.locator("#proposal")).to_have_count(0)
    visitor.look("citizen-own-nos")
    back = visitor.says("Tag det tilbage: mentor", "Take it back: mentor")
    page.get_by_role("button", name=back).click()
    expect(page.locator("#proposal")).to_be_visible()
