"""Nadia prepares for the talk: step by step, interrupted, taken up again, skipped and printed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import newcomer
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

LARGEST_LIX = 40
START = "/citizen/preparation/"


@pytest.fixture(autouse=True)
def nadia(visitor: Visitor, happen: Happen) -> Iterator[None]:
    """Nadia is new, and signed in."""
    happen(newcomer.arrive)
    visitor.sign_in("joern")
    yield
    happen(newcomer.leave)


def press(visitor: Visitor, danish: str, english: str) -> None:
    visitor.page.get_by_role("button", name=visitor.says(danish, english), exact=True).click()


def read_easily(visitor: Visitor) -> None:
    visitor.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_nadia_prepares_is_interrupted_and_goes_on_where_she_left(visitor: Visitor) -> None:
    page = visitor.page
    visitor.goto(START)
    expect(page.get_by_role("link", name="jobnet.dk")).to_be_visible()
    visitor.look("preparation-empty")
    read_easily(visitor)

    page.get_by_role("link", name=visitor.says("Begynd", "Begin"), exact=True).click()
    wanted = visitor.says("Hvad vil du gerne arbejde med?", "What work would you like?")
    page.get_by_label(wanted).fill("Cykler eller biler")
    visitor.look("preparation-step")
    press(visitor, "Gem, og tag resten senere", "Save, and take the rest later")
    page.get_by_role("button", name=visitor.says("Log ud", "Sign out")).click()

    visitor.sign_in("joern")
    visitor.goto(START)
    expect(page.get_by_text("Cykler eller biler")).to_be_visible()
    page.get_by_role("link", name=visitor.says("Gå videre: Arbejde", "Go on: Work")).click()
    expect(page.get_by_label(wanted)).to_have_count(0)
    press(visitor, "Gem og gå videre", "Save and go on")
    page.get_by_label(visitor.says("Hvad er du god til?", "What are you good at?")).fill("Orden")
    press(visitor, "Gem og gå videre", "Save and go on")
    press(visitor, "Gem og gå videre", "Save and go on")

    page.get_by_label(visitor.says("I telefon", "By phone")).check()
    page.get_by_label(visitor.says("Hver måned", "Every month")).check()
    visitor.look("preparation-contact")
    press(visitor, "Gem og gå videre", "Save and go on")
    page.get_by_label(visitor.says("Jeg har nogle idéer", "I have some ideas")).check()
    visitor.look("preparation-profile")
    read_easily(visitor)
    press(visitor, "Gem og gå videre", "Save and go on")
    press(visitor, "Gem og gå videre", "Save and go on")

    thanks = visitor.says("Du er nået det hele igennem", "You have been through it all")
    expect(page.get_by_text(thanks)).to_be_visible()
    visitor.look("preparation-full")
    read_easily(visitor)


def test_a_cpr_number_is_refused_kindly_and_nothing_typed_is_lost(visitor: Visitor) -> None:
    visitor.goto(f"{START}steps/obstacles/")
    field = visitor.page.locator("textarea")
    field.fill("Ring til 010180-1234 om bilen")

    press(visitor, "Gem og gå videre", "Save and go on")

    told = visitor.says("Tag det ud: vi ved, hvem du er.", "Take it out: we know who you are.")
    expect(visitor.page.get_by_text(told)).to_have_count(2)
    expect(field).to_have_value("Ring til 010180-1234 om bilen")
    visitor.look("preparation-refused")
    visitor.expect_refusal(422)


def test_an_answer_is_changed_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.goto(f"{START}steps/strengths/")
    visitor.page.locator("textarea").first.fill("Orden")
    press(visitor, "Gem og gå videre", "Save and go on")
    visitor.goto(START)
    change = re.compile(visitor.says(r"Ret\s*: Hvad er du", r"Change\s*: What are you"))
    visitor.page.get_by_role("link", name=change).focus()

    visitor.page.keyboard.press("Enter")
    visitor.page.locator("textarea").focus()
    visitor.page.keyboard.press("Control+A")
    visitor.page.keyboard.type("Tal og orden")
    visitor.look("preparation-change")
    save = visitor.page.get_by_role("button", name=visitor.says("Gem", "Save"), exact=True)
    save.focus()
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_text("Tal og orden", exact=True)).to_be_visible()


def test_on_paper_it_is_one_sheet_without_buttons(visitor: Visitor) -> None:
    visitor.goto(f"{START}steps/strengths/")
    visitor.page.locator("textarea").first.fill("Orden")
    press(visitor, "Gem og gå videre", "Save and go on")
    visitor.goto(f"{START}sheet/")
    visitor.look("preparation-sheet")
    visitor.page.emulate_media(media="print")

    expect(visitor.page.get_by_text("Orden", exact=True)).to_be_visible()
    expect(visitor.page.locator(".back-link")).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page(?!s)", visitor.page.pdf(format="A4"))) == 1


def test_without_scripts_a_step_is_saved(visitor: Visitor) -> None:
    visitor.page.route("**/*.js", lambda route: route.fulfill(body=""))
    visitor.goto(f"{START}steps/strengths/")
    visitor.page.locator("textarea").first.fill("Orden")

    press(visitor, "Gem og gå videre", "Save and go on")

    expect(visitor.page).to_have_url(f"{visitor.site}{START}steps/obstacles/")
