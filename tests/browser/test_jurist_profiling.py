"""The jurist turns profiling on with a ground and ends it; the citizen reads the ground."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

GROUND = "Prøveparagraf i en prøvelov"


@pytest.fixture
def off(visitor: Visitor) -> None:
    """Whatever holds is ended, before and after."""
    end_what_holds(visitor)


def end_what_holds(visitor: Visitor) -> None:
    visitor.sign_in("mette")
    visitor.goto("/jurist/profiling/")
    while visitor.page.locator("textarea[name=reason]").count():
        visitor.page.locator("textarea[name=reason]").first.fill("Prøven er slut.")
        visitor.page.get_by_role("button", name=visitor.says("Slut den nu", "End it now")).click()


def test_a_ground_is_recorded_read_by_the_citizen_and_ended(visitor: Visitor, off: None) -> None:
    page = visitor.page
    expect(page.locator("main")).to_contain_text(visitor.says("slået fra", "It is off"))
    visitor.look("jurist-profiling-off")

    page.get_by_role("button", name=visitor.says("Registrér", "Record")).press("Enter")
    expect(page.locator("[data-module=error-summary]")).to_be_focused()
    visitor.look("jurist-profiling-missing")
    visitor.expect_refusal(422)
    page.locator("input[name=legal_ground]").fill(GROUND)
    page.locator("input[name=assessment]").fill("Konsekvensanalyse 26/1234")
    page.locator("input[name=assessed_on]").fill("2026-11-02")
    page.locator("input[name=starts_on]").fill("2026-11-23")
    page.locator("input[name=last_day]").fill("2027-06-30")
    page.get_by_role("button", name=visitor.says("Registrér", "Record")).click()

    expect(page.locator(".font-lead")).to_contain_text(
        visitor.says("30. juni 2027", "30 June 2027")
    )
    visitor.look("jurist-profiling-on")
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/need/")
    expect(page.locator("main")).to_contain_text(GROUND)
    visitor.look("citizen-need-profiling")
    end_what_holds(visitor)
    expect(page.locator("main")).to_contain_text(visitor.says("Prøven er slut.", "Prøven er slut."))
