"""Invited before summoned, and a human path after a no-show: by the caseworker, and the citizen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import invitations, newcomer
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

SETTING = 20_000
"""So many milliseconds may pass until the first letter is set: the machine learns its fonts."""


@pytest.fixture
def tine(visitor: Visitor, happen: Happen) -> Visitor:
    """Tine, with two new citizens."""
    happen(invitations.new_people)
    visitor.sign_in("tine")
    return visitor


@pytest.fixture
def nadia(visitor: Visitor, happen: Happen) -> Iterator[Visitor]:
    """Nadia's way in is lent, and given back."""
    yield visitor
    happen(newcomer.leave)


def invitations_of(tine: Visitor, name: str) -> None:
    tine.goto("/caseworker/citizens/?scope=unit")
    tine.page.locator("main").get_by_role("link", name=name, exact=True).click()
    words = tine.says("Inviter borgeren", "Invite the citizen")
    tine.page.get_by_role("link", name=words).click()


def easy(visitor: Visitor, hardest: float) -> None:
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= hardest


def test_an_invitation_takes_two_clicks_and_its_ways_are_chosen(tine: Visitor) -> None:
    invitations_of(tine, "Vera")
    tine.look("invitations-empty")

    tine.page.get_by_role("button", name=tine.says("Send invitationen", "Send the")).click()

    next_card = tine.page.locator(".v-card-next")
    expect(next_card).to_contain_text(
        tine.says("30. november 2026", "30 November 2026"), timeout=SETTING
    )
    tine.look("invitations-invited")
    tine.goto("/caseworker/letters/")
    expect(tine.page.locator("main")).to_contain_text("Vera")
    tine.look("letters")


def test_who_chose_no_time_is_summoned_to_one_by_keyboard(tine: Visitor, happen: Happen) -> None:
    happen(invitations.viggo_lets_his_days_go_by)
    invitations_of(tine, "Viggo")
    tine.look("invitations-expired")
    tine.page.get_by_role("link", name=tine.says("Find en tid", "Find a time")).click()
    book = tine.page.get_by_role("button", name=tine.says("Book tiden", "Book it"))
    book.click()
    expect(tine.page.locator("[data-module=error-summary]")).to_be_visible()
    tine.look("summons-error")
    tine.expect_refusal(422)

    tine.page.locator("input[name=starts_at]").first.focus()
    tine.page.keyboard.press("Space")
    book.focus()
    tine.page.keyboard.press("Enter")

    expect(tine.page.locator(".v-card-next")).to_contain_text(
        re.compile(tine.says("indkaldt til en tid", "summoned to a time"), re.IGNORECASE),
        timeout=SETTING,
    )
    tine.look("invitations-summoned")


def test_the_citizen_reads_the_invitation_first(nadia: Visitor, happen: Happen) -> None:
    happen(invitations.nadia_is_invited)
    nadia.sign_in("joern")

    card = nadia.page.locator("#next")
    expect(card).to_contain_text(nadia.says("Vælg en tid", "Choose a time"))
    nadia.look("home-invited")
    easy(nadia, 30)


def test_after_a_no_show_the_citizen_tells_why_and_tine_finds_it_fair(
    nadia: Visitor, happen: Happen
) -> None:
    uids: list[str] = []
    happen(invitations.nadia_is_missed)
    happen(lambda: uids.append(invitations.address_of_the_missed()))
    nadia.sign_in("joern")
    nadia.page.get_by_role("link", name=nadia.says("Sig os hvorfor", "Tell us why")).click()
    nadia.look("missed-citizen")
    easy(nadia, 40)
    nadia.page.locator("textarea[name=words]").fill("Bussen kørte ikke i sneen.")
    nadia.page.get_by_role("button", name=nadia.says("Send", "Send it"), exact=True).click()
    expect(nadia.page.locator("main")).to_contain_text("Bussen kørte ikke i sneen.")
    nadia.look("missed-citizen-told")

    nadia.page.context.clear_cookies()
    nadia.sign_in("tine")
    nadia.goto(f"/caseworker/meetings/{uids[0]}/missed/")
    expect(nadia.page.locator("main")).to_contain_text("Bussen kørte ikke i sneen.")
    nadia.look("missed-tine")
    easy(nadia, 40)
    nadia.page.locator("textarea[name=words]").fill("Bussen var aflyst.")
    nadia.page.get_by_role("button", name=nadia.says("Der var en rimelig", "There was a")).click()
    expect(nadia.page.locator("main [role=status], main .alert-success")).to_be_visible()
    nadia.look("missed-tine-fair")
