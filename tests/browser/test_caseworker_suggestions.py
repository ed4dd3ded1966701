"""Tine answers what the plan suggests, sees whose turn it is, and says how she sees a need."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import newcomer, suggestions
from tests.browser.conftest import Happen
from tests.browser.visitor import Visitor


@pytest.fixture(autouse=True)
def planned(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """A plan holds, and Tine is signed in."""
    happen(suggestions.a_plan_suggests)
    visitor.sign_in("tine")
    yield
    happen(suggestions.it_is_over)


def section(visitor: Visitor, name: str) -> Locator:
    """A section of the worklist, by the key of its heading."""
    return visitor.page.locator("section", has=visitor.page.locator(f"#{name}"))


def test_yes_takes_one_key(visitor: Visitor) -> None:
    yes = visitor.says("Ja til Ali Forslag", "Yes for Ali Forslag")
    button = section(visitor, "suggestions").get_by_role("button", name=yes)
    button.focus()
    visitor.page.keyboard.press("Enter")

    notice = visitor.page.locator("#notice")
    expect(notice).to_contain_text(
        visitor.says("Valgt til Ali Forslag: mentor", "Chosen for Ali Forslag: mentor")
    )
    expect(notice).to_be_focused()
    waiting = section(visitor, "suggestions")
    expect(waiting.get_by_role("link", name="Ali Forslag")).to_have_count(0)
    visitor.look("caseworker-suggestion-chosen")


def test_something_else_is_chosen_in_place(visitor: Visitor) -> None:
    page = visitor.page
    other = visitor.says("Noget andet til Berit", "Something else for Berit")
    section(visitor, "suggestions").get_by_role("link", name=other).click()
    choose = visitor.says("Vælg dette", "Choose this")
    expect(page.get_by_role("button", name=choose)).to_be_visible()
    visitor.look("caseworker-suggestion-other")
    page.get_by_role("button", name=choose).click()
    visitor.look("caseworker-suggestion-other-missing")
    visitor.expect_refusal(422)

    page.get_by_label(visitor.says("Hvad vælger du?", "What do you choose?")).select_option(
        "guidance"
    )
    page.get_by_role("button", name=choose).click()

    chosen = visitor.says("Valgt til Berit Forslag: vejl", "Chosen for Berit Forslag: guid")
    expect(page.locator("#notice")).to_contain_text(chosen)


def test_all_of_a_suggestion_is_on_its_page_and_it_may_wait(visitor: Visitor) -> None:
    page = visitor.page
    section(visitor, "suggestions").get_by_role("link", name=re.compile("^Ali Forslag")).click()
    for fold in page.locator("details.v-fold summary").all():
        fold.click()
    visitor.look("caseworker-suggestion")
    page.get_by_role("link", name=visitor.says("Senere", "Later")).click()
    page.get_by_role("button", name=visitor.says("Vent med det", "Wait with it")).click()

    waits = visitor.says("venter til 7. december 2026", "waits until 7 December 2026")
    expect(page.locator("#notice")).to_contain_text(waits)
    visitor.look("caseworker-citizen-suggestion-waits")


def test_without_a_ground_there_is_the_order_of_work(visitor: Visitor, happen: Happen) -> None:
    happen(suggestions.the_ground_ends)
    visitor.goto("/caseworker/")

    expect(section(visitor, "turns").get_by_role("link", name="Ali Forslag")).to_be_visible()
    expect(visitor.page.get_by_text(visitor.says("uger i job", "weeks in work"))).to_have_count(0)
    visitor.look("caseworker-turns")


def test_the_need_is_assessed_in_plain_words(visitor: Visitor, happen: Happen) -> None:
    happen(newcomer.arrive)
    visitor.goto("/caseworker/citizens/")
    visitor.page.get_by_role("link", name=newcomer.NAME).click()
    profile = visitor.says("Behovsprofil", "Need profile")
    visitor.page.get_by_role("main").get_by_role("link", name=profile, exact=True).click()
    level = visitor.says("i risiko for at sidde fast", "risks getting stuck")
    visitor.page.get_by_label(level).check()
    words = visitor.says("Med dine egne ord", "In your own words")
    card = visitor.page.locator("#assessment")
    card.get_by_label(words).fill("Hun har været væk i to år.")
    save = visitor.says("Gem vurderingen", "Save the assessment")
    card.get_by_role("button", name=save).click()

    expect(visitor.page.locator("#assessment")).to_contain_text("Hun har været væk i to år.")
    visitor.look("caseworker-assessment")
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/need/")
    expect(visitor.page.get_by_text("Hun har været væk i to år.")).to_be_visible()
    visitor.look("citizen-need-assessed")
    happen(newcomer.leave)
