"""Tine answers an application from her worklist; a no without reasons is sent back to her."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.offers import catalogue, forget_applications, joern_applies
from tests.browser.visitor import Visitor


@pytest.fixture
def tine(visitor: Visitor, happen: Happen) -> Visitor:
    """Tine, while Jørn waits for an answer."""
    happen(catalogue)
    happen(forget_applications)
    happen(joern_applies)
    visitor.sign_in("tine")
    return visitor


def open_application(tine: Visitor) -> None:
    waiting = tine.page.locator("section[aria-labelledby=applications]")
    waiting.get_by_role("link", name="Jørn").click()


def test_what_waits_is_on_the_worklist_and_one_page_has_it_all(tine: Visitor) -> None:
    open_application(tine)

    main = tine.page.locator("main")
    expect(main).to_contain_text("Jeg vil gerne lære det.")
    expect(tine.page.locator("input[name=law]")).to_have_value("LAB § 91")
    tine.look("caseworker-application")
    tine.goto("/caseworker/applications/?scope=unit")
    tine.look("caseworker-applications")


def test_a_no_without_reasons_is_sent_back_and_nothing_is_lost(tine: Visitor) -> None:
    open_application(tine)

    tine.page.locator("input[name=outcome][value=refused]").check()
    tine.page.locator("main form[action*=answers] button").click()

    expect(tine.page.locator("[data-module=error-summary]")).to_be_visible()
    expect(tine.page.locator("input[name=outcome][value=refused]")).to_be_checked()
    tine.look("caseworker-application-refused")
    tine.expect_refusal(422)


def test_tine_says_no_with_reasons_by_keyboard(tine: Visitor) -> None:
    open_application(tine)
    tine.page.locator("input[name=outcome][value=refused]").focus()
    tine.page.keyboard.press("Space")
    tine.page.locator("textarea[name=reasons]").focus()
    tine.page.keyboard.type("Holdet er for folk, der har svejset før.")
    tine.page.keyboard.press("Tab")
    tine.page.keyboard.press("Tab")
    tine.page.keyboard.press("Enter")

    told = tine.says("Besvaret af Tine", "Answered by Tine")
    expect(tine.page.locator("main [role=status]")).to_contain_text(told)
    tine.look("caseworker-application-answered")
