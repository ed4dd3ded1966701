"""Tine says when she can be met, goes away and comes back; and notes what a meeting needs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import hours
from tests.browser.conftest import Happen
from tests.browser.test_citizen_preparation import read_easily
from tests.browser.visitor import Visitor


@pytest.fixture(autouse=True)
def tine(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """Tine is signed in, and leaves her hours as she found them."""
    visitor.sign_in("tine")
    yield
    happen(hours.as_before)


def test_hours_every_second_week_are_added_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.goto("/caseworker/hours/")
    visitor.look("hours")
    read_easily(visitor)
    page, keys = visitor.page, visitor.page.keyboard
    add = visitor.says("Tilføj faste træffetider", "Add weekly hours")
    page.get_by_role("link", name=add).focus()
    keys.press("Enter")
    page.locator("#id_days_1").focus()
    keys.press("Space")
    page.locator("#id_every_0").focus()
    keys.press("ArrowDown")
    page.locator("#id_opens").fill("15:00")
    page.locator("#id_closes").fill("14:00")
    page.get_by_role("button", name=visitor.says("Gem", "Save"), exact=True).focus()
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    visitor.expect_refusal(422)
    visitor.look("hours-refused")
    page.locator("#id_closes").fill("17:00")
    page.get_by_role("button", name=visitor.says("Gem", "Save"), exact=True).focus()
    keys.press("Enter")

    often = visitor.says("hver anden uge, som uge 48", "every second week, as week 48")
    expect(page.get_by_text(often)).to_be_visible()


def test_an_absence_tells_what_it_collides_with_and_is_taken_back(
    visitor: Visitor, happen: Happen
) -> None:
    happen(hours.joern_is_booked)
    visitor.goto("/caseworker/hours/")
    page = visitor.page
    page.get_by_role("link", name=visitor.says("Jeg er væk", "I am away")).click()
    page.locator("#id_first_day").fill("2026-12-10")
    page.locator("#id_last_day").fill("2026-12-11")
    visitor.look("hours-away")
    page.get_by_role("button", name=visitor.says("Gem", "Save"), exact=True).click()

    alert = page.get_by_role("alert")
    expect(alert.get_by_role("link", name="Jørn")).to_be_visible()
    visitor.look("hours-collision")
    page.locator(".v-fold summary").click()
    visitor.look("hours-team")
    back = visitor.says("Fortryd dette", "Undo this")
    page.get_by_role("button", name=back).click()
    expect(alert).to_have_count(0)


def test_what_a_meeting_needs_is_noted_and_ended(visitor: Visitor) -> None:
    visitor.goto("/caseworker/citizens/")
    page = visitor.page
    page.get_by_role("link", name="Amalie").click()
    page.get_by_role("link", name=visitor.says("Sikkerhed ved møder", "Safety at meetings")).click()
    page.get_by_label(visitor.says("To af os", "Two of us")).check()
    page.locator("#id_why").fill("Har slået i bordet den 20. november.")
    page.locator("#id_review_on").fill("2026-12-14")
    page.locator("#id_last_day").fill("2028-01-31")
    save = visitor.says("Gem", "Save")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    visitor.expect_refusal(422)
    visitor.look("safety-refused")
    page.locator("#id_last_day").fill("2027-01-31")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.locator("blockquote")).to_have_text("Har slået i bordet den 20. november.")
    visitor.look("safety")
    read_easily(visitor)
    page.locator(".back-link").click()
    visitor.look("safety-at-the-citizen")
    page.get_by_role("link", name=visitor.says("Sikkerhed ved møder", "Safety at meetings")).click()
    no_more = visitor.says("Der er ikke brug for det mere", "It is needed no more")
    page.get_by_role("button", name=no_more).click()
    expect(page.locator("blockquote")).to_have_count(0)
