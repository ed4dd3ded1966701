"""Meetings for many and of several: a seat by keyboard, a place in line, who came, who can."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import groups
from tests.browser.conftest import Happen
from tests.browser.test_citizen_preparation import press, read_easily
from tests.browser.visitor import Visitor

HERE = "/citizen/groups/"


@pytest.fixture(autouse=True)
def nobody_meets(happen: Happen) -> Iterator[None]:
    """The municipality is left as it was found."""
    yield
    happen(groups.end)


def test_amalie_takes_the_seat_by_keyboard_and_leaves_it(visitor: Visitor, happen: Happen) -> None:
    visitor.sign_in("amalie")
    visitor.goto(HERE)
    visitor.look("groups-empty")
    happen(groups.one_seat)
    visitor.goto(HERE)
    visitor.look("groups-open")
    read_easily(visitor)
    page = visitor.page
    page.get_by_role("button", name=visitor.says("Meld dig til", "Join")).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text(visitor.says("Du deltager", "You take part"))
    visitor.look("groups-seat")
    press(visitor, "Jeg kan ikke komme alligevel", "I cannot come after all")
    expect(page.get_by_role("button", name=visitor.says("Meld dig til", "Join"))).to_be_visible()


def test_beyond_the_seats_amalie_waits_and_moves_up(visitor: Visitor, happen: Happen) -> None:
    happen(groups.one_seat)
    happen(groups.joern_takes_it)
    visitor.sign_in("amalie")
    visitor.goto(HERE)
    press(visitor, "Stil dig i kø", "Wait in line")

    first = visitor.says("Du er nummer 1 i køen", "You are number 1 in line")
    expect(visitor.page.get_by_text(first, exact=True)).to_be_visible()
    visitor.look("groups-line")
    read_easily(visitor)
    happen(groups.joern_leaves)
    visitor.goto(HERE)
    expect(visitor.page.get_by_text(first, exact=True)).to_have_count(0)
    press(visitor, "Jeg kan ikke komme alligevel", "I cannot come after all")
    happen(groups.amalie_is_busy)
    press(visitor, "Meld dig til", "Join")

    expect(visitor.page.get_by_role("alert")).to_be_visible()
    visitor.look("groups-busy")
    visitor.expect_refusal(409)


def test_tine_arranges_a_meeting_enrols_joern_and_calls_it_off(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.goto("/caseworker/groups/")
    page = visitor.page
    page.locator("#id_seats").fill("40")
    press(visitor, "Opret mødet", "Arrange it")
    visitor.look("groups-arrange-refused")
    visitor.expect_refusal(422)
    page.locator("#id_seats").fill("4")
    press(visitor, "Opret mødet", "Arrange it")
    visitor.look("group-empty")
    page.locator("#citizen").select_option(label="Jørn")
    press(visitor, "Tilmeld", "Enrol")

    expect(page.get_by_role("link", name="Jørn")).to_be_visible()
    visitor.look("group")
    page.get_by_text(visitor.says("Aflys mødet", "Call the meeting off")).click()
    press(visitor, "Ja, aflys det", "Yes, call it off")
    empty = visitor.says("Din enhed har ingen", "Your unit has no")
    expect(page.get_by_text(empty)).to_be_visible()


def test_who_came_is_noted_of_all_at_once(visitor: Visitor, happen: Happen) -> None:
    happen(groups.last_weeks)
    visitor.sign_in("tine")
    visitor.goto("/caseworker/groups/")
    page = visitor.page
    page.get_by_role(
        "link", name=visitor.says("Netværk om cykler", "A network about bicycles")
    ).click()
    visitor.look("group-attendance")
    page.get_by_label("Amalie").uncheck()
    press(visitor, "Gem", "Save")

    expect(page.get_by_text(visitor.says("kom ikke", "did not come"), exact=True)).to_have_count(1)


def test_tine_finds_a_time_when_all_can_and_writes_who_and_what(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.goto("/caseworker/citizens/")
    page = visitor.page
    page.get_by_role("link", name="Jørn").first.click()
    page.get_by_role("link", name=visitor.says("Møder med flere", "Meetings of several")).click()
    visitor.look("conferences-empty")
    page.get_by_label("Hans").check()
    press(visitor, "Vis tider", "Show times")
    visitor.look("conferences-times")
    page.locator("button[name=starts_at]").first.click()
    press(visitor, "Tilføj", "Add it")
    visitor.look("conference-refused")
    visitor.expect_refusal(422)
    page.locator("#id_words").fill("Kurset")
    press(visitor, "Tilføj", "Add it")

    expect(page.get_by_text("Kurset")).to_be_visible()
    visitor.look("conference")
    page.get_by_role("link", name=visitor.says("Et ark til bordet", "A sheet")).click()
    expect(page.get_by_text("Hans")).to_be_visible()
    visitor.look("conference-sheet")


def test_joern_reads_who_comes_and_adds_what_he_wants_to_talk_about(
    visitor: Visitor, happen: Happen
) -> None:
    happen(groups.conference)
    visitor.sign_in("joern")
    visitor.goto("/citizen/meetings/")
    page = visitor.page
    visitor.look("meetings-of-several")
    page.get_by_role("link", name=visitor.says("Hvem kommer", "Who comes")).first.click()
    read_easily(visitor)
    press(visitor, "Tilføj", "Add it")
    visitor.look("my-conference-refused")
    visitor.expect_refusal(422)
    page.locator("#id_words").fill("Cykelkurset")
    press(visitor, "Tilføj", "Add it")

    expect(page.get_by_text("Cykelkurset").first).to_be_visible()
    visitor.look("my-conference")
