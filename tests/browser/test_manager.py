"""Karin leads by numbers: what is missing, what came of meetings, and a crisis in two clicks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import manager
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

MOST_LIX = 40


@pytest.fixture
def short_of_times(happen: Happen) -> Iterator[None]:
    """Twelve talks wait in Syd while Karin looks."""
    happen(manager.talks_wait_in_south)
    yield
    happen(manager.nothing_waits_in_south)


def reads_easily(visitor: Visitor) -> None:
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= MOST_LIX


@pytest.mark.usefixtures("short_of_times")
def test_karin_sees_what_is_missing_and_where(visitor: Visitor, happen: Happen) -> None:
    happen(manager.meetings_are_over)
    visitor.sign_in("karin")
    main = visitor.page.locator("main")
    expect(main).to_contain_text(
        visitor.says("Der mangler 12 tider de næste 8 uger", "12 times are missing in the coming 8")
    )
    visitor.look("manager-home")
    reads_easily(visitor)

    visitor.page.get_by_role("link", name=visitor.says("Se hvor", "See where")).click()

    words = visitor.says("I uge 49 mangler Jobteam Syd 12", "In week 49 Jobteam Syd lacks 12")
    expect(main).to_contain_text(words)
    expect(visitor.page.get_by_role("img", name="Jobteam Syd")).to_be_visible()
    visitor.look("manager-slots")
    visitor.page.get_by_text(visitor.says("hvordan er det talt?", "how is it counted?")).click()
    reads_easily(visitor)


def test_karin_sees_what_came_of_meetings(visitor: Visitor, happen: Happen) -> None:
    happen(manager.meetings_are_over)
    visitor.sign_in("karin")
    visitor.page.get_by_role("link", name=visitor.says("Møder", "Meetings"), exact=True).click()

    main = visitor.page.locator("main")
    expect(main).to_contain_text(visitor.says("kom ikke til 25", "did not come to 25"))
    expect(main).to_contain_text(visitor.says("færre end 5", "fewer than 5"))
    visitor.page.get_by_text(visitor.says("hvordan er det talt?", "how is it counted?")).click()
    visitor.look("manager-meetings")
    reads_easily(visitor)


def test_a_crisis_is_switched_on_by_keyboard_and_undone(visitor: Visitor, happen: Happen) -> None:
    happen(manager.a_meeting_in_march)
    visitor.sign_in("karin")
    visitor.page.goto(f"{visitor.site}/manager/crisis/")
    show = visitor.page.get_by_role("button", name=visitor.says("Vis, hvad", "Show what"))
    show.click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    visitor.expect_refusal(422)
    visitor.look("manager-crisis-error")
    reads_easily(visitor)

    visitor.page.locator("#id_first_day").fill("2027-03-01")
    visitor.page.locator("#id_last_day").fill("2027-03-05")
    visitor.page.locator("#id_why_1").focus()
    visitor.page.keyboard.press("Space")
    show.focus()
    visitor.page.keyboard.press("Enter")

    turn = visitor.page.get_by_role("button", name=visitor.says("Lav 1 møde om", "Turn 1 meeting"))
    expect(turn).to_be_visible()
    visitor.look("manager-crisis-touched")
    turn.focus()
    visitor.page.keyboard.press("Enter")

    main = visitor.page.locator("main")
    expect(main).to_contain_text(visitor.says("1 venter på det", "1 waits to be"))
    happen(manager.the_job_runs)
    visitor.page.reload()
    expect(main).to_contain_text(visitor.says("1 møde er lavet om", "1 meeting is turned"))
    visitor.look("manager-crisis")
    reads_easily(visitor)

    again = visitor.says("Mødes ansigt til ansigt igen", "Meet in person again")
    visitor.page.get_by_role("button", name=again).click()
    happen(manager.the_job_runs)
    visitor.page.reload()
    expect(main).to_contain_text(visitor.says("Det er slut", "That is over"))
    expect(visitor.page.get_by_role("button", name=again)).to_have_count(0)
    visitor.look("manager-crisis-over")


def test_tine_sees_the_times_of_her_own_unit(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.page.get_by_role("link", name=visitor.says("Møder", "Meetings"), exact=True).click()
    visitor.page.get_by_role(
        "link", name=visitor.says("Er der tider nok?", "times enough?")
    ).click()

    expect(visitor.page.get_by_role("img", name="Jobteam Nord")).to_be_visible()
    expect(visitor.page.locator("main")).not_to_contain_text("Jobteam Syd")
    visitor.look("caseworker-slots")
