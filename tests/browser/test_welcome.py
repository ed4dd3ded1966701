"""The first screen tells the story, and lets one in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PERSONAS, Visitor


def test_two_names_one_hour_and_one_arrow_meet_whoever_comes(visitor: Visitor) -> None:
    visitor.goto("/")

    story = visitor.page.locator(".v-story")
    expect(story).to_contain_text("Amalie")
    expect(story).to_contain_text("Jørn")
    expect(story).to_contain_text(visitor.says("1 time om ugen", "1 hour a week"))
    visitor.look("welcome")


def test_each_persona_can_be_chosen(visitor: Visitor) -> None:
    visitor.goto("/")

    for name in PERSONAS.values():
        expect(visitor.page.get_by_role("button", name=re.compile(f"^{name}"))).to_be_visible()


def test_an_address_that_does_not_exist_is_said_plainly(visitor: Visitor) -> None:
    visitor.goto("/")
    visitor.page.goto(f"{visitor.site}/nowhere/")

    words = visitor.says("Her er intet til dig", "There is nothing here for you")
    expect(visitor.page.get_by_role("heading", name=words)).to_be_visible()
    visitor.expect_refusal(404)
    visitor.look("not-found")


@pytest.mark.parametrize("number", ["500", "503"])
def test_the_last_pages_need_nothing_that_may_be_down(visitor: Visitor, number: str) -> None:
    from velvalgt.site.errors import STATIC_PAGES

    page = (STATIC_PAGES / f"{number}.html").read_text(encoding="utf-8")
    visitor.goto("/")

    assert "{%" not in page
    assert "{{" not in page
    visitor.page.set_content(page)
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    visitor.check_accessibility()
