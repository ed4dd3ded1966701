"""Nadia's plan: a goal by keyboard alone, agreed by both, done, and steered by herself."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import newcomer
from tests.browser.conftest import Happen
from tests.browser.test_citizen_preparation import press, read_easily
from tests.browser.visitor import Visitor

PLAN = "/citizen/plan/"
AGREEMENT = "/citizen/plan/agreement/"


@pytest.fixture(autouse=True)
def nadia(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """Nadia is new, and signed in."""
    happen(newcomer.arrive)
    visitor.sign_in("joern")
    yield
    happen(newcomer.leave)


def write_goal(visitor: Visitor) -> None:
    visitor.goto(f"{PLAN}goals/")
    page = visitor.page
    page.get_by_label(visitor.says("Målet", "The goal")).fill("Et job med cykler")
    page.get_by_label(visitor.says("Det første skridt", "The first step")).fill("Ring til Kaj")
    page.get_by_label(visitor.says("Senest hvornår", "By when")).fill("2026-11-30")
    page.get_by_label(visitor.says("Det gør jeg", "I do")).check()
    press(visitor, "Gem", "Save")


def test_a_goal_is_written_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.goto(PLAN)
    visitor.look("plan-empty")
    read_easily(visitor)
    page, keys = visitor.page, visitor.page.keyboard
    page.get_by_role("link", name=visitor.says("Skriv et nyt mål", "Write a new goal")).focus()
    keys.press("Enter")
    page.locator("#id_goal").focus()
    keys.type("Et job med cykler")
    keys.press("Tab")
    keys.type("Jeg kan lide at reparere")
    keys.press("Tab")
    keys.type("Ring til Kaj")
    keys.press("Tab")
    page.locator("#id_due_on").fill("2026-11-30")
    page.locator("#id_owner_0").focus()
    keys.press("Space")
    page.locator("#id_owner_name").focus()
    keys.press("Tab")
    keys.press("Enter")

    expect(page.get_by_role("heading", name="Et job med cykler")).to_be_visible()
    expect(page.get_by_text("Ring til Kaj", exact=True).first).to_be_visible()
    visitor.look("plan-suggested")
    read_easily(visitor)


def test_it_holds_when_the_other_side_says_yes_and_the_news_is_marked(
    visitor: Visitor, happen: Happen
) -> None:
    write_goal(visitor)
    waits = visitor.says("det venter på et ja", "it waits for a yes")
    expect(visitor.page.get_by_text(waits).first).to_be_visible()

    happen(newcomer.tine_says_yes)
    visitor.goto(PLAN)

    expect(visitor.page.get_by_text(waits)).to_have_count(0)
    happen(newcomer.tine_suggests)
    visitor.goto(PLAN)
    visitor.look("plan-waits-for-me")
    yes = visitor.says("Ja, det er jeg med på", "Yes, I agree")
    visitor.page.get_by_role("button", name=yes).first.click()
    expect(visitor.page.get_by_role("button", name=yes)).to_have_count(0)
    expect(visitor.page.locator(".v-goal")).to_have_count(2)
    visitor.look("plan-full")
    read_easily(visitor)


def test_the_last_step_asks_for_the_next_and_is_praised(visitor: Visitor, happen: Happen) -> None:
    write_goal(visitor)
    page = visitor.page
    page.get_by_role("link", name=visitor.says("Det er gjort", "It is done")).click()
    expect(page.get_by_text(visitor.says("Godt gået: Ring", "Well done: Ring"))).to_be_visible()
    visitor.look("plan-next")
    press(visitor, "Gem", "Save")
    visitor.look("plan-refused")
    visitor.expect_refusal(422)

    page.get_by_label(visitor.says("Målet er nået", "The goal is reached")).check()
    press(visitor, "Gem", "Save")

    expect(page.get_by_role("heading", name=visitor.says("Nået", "Reached"))).to_be_visible()
    visitor.look("plan-reached")


def test_without_scripts_a_goal_is_written_and_changed(visitor: Visitor) -> None:
    visitor.page.route("**/*.js", lambda route: route.fulfill(body=""))
    write_goal(visitor)
    change = re.compile(visitor.says(r"Ret\s*: Ring", r"Change\s*: Ring"))
    visitor.page.get_by_role("link", name=change).click()
    visitor.page.get_by_label(visitor.says("Skridtet", "The step")).first.fill("Skriv til Kaj")

    press(visitor, "Gem", "Save")

    expect(visitor.page.get_by_text("Skriv til Kaj", exact=True).first).to_be_visible()


def test_on_paper_the_plan_stands_without_buttons(visitor: Visitor) -> None:
    write_goal(visitor)
    visitor.goto(f"{PLAN}sheet/")
    visitor.look("plan-sheet")
    visitor.page.emulate_media(media="print")

    expect(visitor.page.get_by_text("Ring til Kaj")).to_be_visible()
    expect(visitor.page.locator(".back-link")).to_be_hidden()


def test_nadia_steers_herself_and_comes_back_with_one_click(
    visitor: Visitor, happen: Happen
) -> None:
    visitor.goto(AGREEMENT)
    read_easily(visitor)
    page = visitor.page
    page.get_by_label(visitor.says("Mit mål", "My goal")).fill("Et job med cykler")
    agreed = visitor.says("Det aftaler vi", "This is what we agree on")
    page.get_by_label(agreed).fill("Jeg søger selv. Tine læser mit CV.")
    page.locator("#id_check_in_on").fill("2026-12-10")
    page.locator("#id_ends_on").fill("2028-01-01")
    press(visitor, "Send den til kommunen", "Send it to the municipality")
    visitor.look("agreement-refused")
    visitor.expect_refusal(422)
    page.locator("#id_ends_on").fill("2027-02-01")
    press(visitor, "Send den til kommunen", "Send it to the municipality")
    visitor.look("agreement-waits")

    happen(newcomer.tine_says_yes)
    visitor.goto(AGREEMENT)
    expect(page.get_by_text(visitor.says("21. december 2026", "21 December 2026"))).to_be_visible()
    visitor.look("agreement-runs")
    read_easily(visitor)
    press(visitor, "Jeg vil have kontakt igen", "I want to be in touch again")

    again = visitor.says("Lav en aftale", "Make an agreement")
    expect(page.get_by_role("heading", name=again)).to_be_visible()
