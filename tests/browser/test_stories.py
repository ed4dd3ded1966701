"""Whole days: somebody new, Jørn who is tired, Amalie who is quick; each from beginning to end."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import newcomer
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.municipality import forget_requests, leave_out_amalie
from tests.browser.offers import amalie_is_refused, catalogue, forget_applications
from tests.browser.test_citizen_offers import open_offer
from tests.browser.test_citizen_plan import write_goal
from tests.browser.test_citizen_preparation import press
from tests.browser.visitor import Visitor

WELDING = ("Svejsekursus", "Welding course")
LARGEST_LIX_AT_HOME = 30


@pytest.fixture
def nadia(visitor: Visitor, happen: Happen) -> Iterator[Visitor]:
    """Nadia, who came today; the catalogue is full."""
    happen(catalogue)
    happen(newcomer.arrive)
    visitor.sign_in("joern")
    yield visitor
    happen(newcomer.leave)


def test_somebody_new_from_the_first_word_to_the_last(nadia: Visitor) -> None:
    prepares(nadia)
    asks_for_a_talk(nadia)
    write_goal(nadia)
    nadia.goto("/citizen/")
    nadia.look("story-new-home-with-plan")
    applies(nadia)

    nadia.sign_in("tine")
    says_yes(nadia)

    nadia.sign_in("joern")
    reads_the_answer(nadia)
    sees_who_looked(nadia)
    takes_everything_home(nadia)
    objects_to_profiling(nadia)


def prepares(nadia: Visitor) -> None:
    page = nadia.page
    nadia.look("story-new-home")
    page.get_by_role(
        "link", name=nadia.says("Forbered dig til samtalen", "Prepare for the talk")
    ).click()
    page.get_by_role("link", name=nadia.says("Begynd", "Begin"), exact=True).click()
    page.locator("textarea").first.fill("Jeg vil gerne svejse.")
    press(nadia, "Gem, og tag resten senere", "Save, and take the rest later")
    expect(page.get_by_text("Jeg vil gerne svejse.")).to_be_visible()


def asks_for_a_talk(nadia: Visitor) -> None:
    nadia.goto("/citizen/")
    words = nadia.says("Jeg vil gerne tale med nogen", "I want to talk to somebody")
    nadia.page.get_by_role("button", name=words).click()
    expect(nadia.page.locator("#contact [role=status]")).to_be_visible()


def applies(nadia: Visitor) -> None:
    page = nadia.page
    open_offer(nadia, *WELDING)
    page.get_by_role("link", name=nadia.says("Søg", "Apply"), exact=True).click()
    page.locator("textarea[name=words]").fill("Jeg vil gerne lære at svejse.")
    nadia.look("story-new-applies")
    page.get_by_role("button", name=nadia.says("Send min ansøgning", "Send my application")).click()
    expect(page.get_by_text(nadia.says("Kvittering nr.", "Receipt number"))).to_be_visible()


def says_yes(tine: Visitor) -> None:
    page = tine.page
    waiting = page.locator("section[aria-labelledby=applications]")
    waiting.get_by_role("link", name=newcomer.NAME).click()
    page.locator("input[name=outcome][value=granted]").check()
    page.locator("textarea[name=reasons]").fill("Kurset passer til det, du gerne vil.")
    page.locator("main form[action*=answers] button").click()
    expect(page.locator("main [role=status]")).to_contain_text(
        tine.says("Besvaret af Tine", "Answered by Tine")
    )
    tine.look("story-new-tine-answers")


def reads_the_answer(nadia: Visitor) -> None:
    page = nadia.page
    expect(page.locator("#applications")).to_contain_text(nadia.says(*WELDING))
    expect(page.locator("#news")).to_be_visible()
    nadia.look("story-new-home-answered")
    page.locator("#applications").get_by_role("link", name=nadia.says(*WELDING)).click()
    expect(page.locator("main")).to_contain_text("Kurset passer til det, du gerne vil.")
    nadia.look("story-new-answer")
    nadia.goto("/citizen/documents/")
    with page.expect_download() as letter:
        page.locator("main li").get_by_role("link").first.click()
    assert letter.value.path().read_bytes().startswith(b"%PDF-")
    nadia.goto("/citizen/case/")
    nadia.look("story-new-case")


def sees_who_looked(nadia: Visitor) -> None:
    nadia.goto("/citizen/looks/")
    expect(nadia.page.get_by_text("Jobteam Nord").first).to_be_visible()
    nadia.look("story-new-looks")


def takes_everything_home(nadia: Visitor) -> None:
    nadia.goto("/citizen/data/download/")
    with nadia.page.expect_download() as machine:
        nadia.page.get_by_role("link", name="JSON").click()
    copy = json.loads(machine.value.path().read_text(encoding="utf-8"))
    told = json.dumps(copy, ensure_ascii=False)
    assert "Jeg vil gerne svejse." in told
    assert "Jeg vil gerne lære at svejse." in told
    assert "Et job med cykler" in told


def objects_to_profiling(nadia: Visitor) -> None:
    nadia.goto("/citizen/data/need/")
    words = nadia.says("Jeg siger nej til profilering", "I say no to profiling")
    nadia.page.get_by_role("button", name=words).click()
    nadia.page.wait_for_url("**/receipts/**")
    nadia.look("story-new-objects")


def test_joern_is_tired_and_finds_everything_from_the_first_page(
    visitor: Visitor, happen: Happen
) -> None:
    happen(forget_requests)
    visitor.sign_in("joern")
    page = visitor.page
    if visitor.language == "da":
        assert lix(page.locator("main").inner_text()) <= LARGEST_LIX_AT_HOME
    expect(page.locator(".v-card-next").first).to_contain_text(
        visitor.says("mandag den 30. november 2026", "Monday 30 November 2026")
    )
    expect(page.locator("#money")).to_be_visible()

    page.locator(".v-card-next").get_by_role(
        "link", name=re.compile("hvorfor|why", re.IGNORECASE)
    ).click()
    expect(page.locator("#asked summary").first).to_be_visible()
    visitor.goto("/citizen/messages/")
    page.locator("textarea").fill("Må min søster komme med?")
    page.get_by_role("button", name=visitor.says("Send", "Send"), exact=True).click()
    expect(page.get_by_text("Må min søster komme med?").last).to_be_visible()
    visitor.look("story-joern-writes")
    visitor.goto("/citizen/")
    page.locator("#rights").get_by_role("link", name=re.compile("Hvem har|Who has")).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("button", name=visitor.says("Ring mig op", "Call me")).click()
    expect(page.get_by_text(visitor.says("Kvittering nr.", "Receipt number"))).to_be_visible()
    visitor.look("story-joern-receipt")


def test_amalie_is_quick_steers_herself_and_comes_back_when_she_likes(
    visitor: Visitor, happen: Happen
) -> None:
    happen(catalogue)
    happen(forget_applications)
    happen(forget_requests)
    happen(leave_out_amalie)
    visitor.sign_in("amalie")
    page = visitor.page
    steers = visitor.says("Du styrer selv indtil", "You steer yourself until")
    expect(page.locator(".v-card-next").first).to_contain_text(steers)
    visitor.look("story-amalie-home")

    open_offer(visitor, *WELDING)
    page.get_by_role("link", name=visitor.says("Søg", "Apply"), exact=True).click()
    page.locator("textarea[name=words]").fill("Jeg vil gerne prøve.")
    page.get_by_role(
        "button", name=visitor.says("Send min ansøgning", "Send my application")
    ).click()
    visitor.goto("/citizen/")
    expect(page.locator("#applications")).to_contain_text(visitor.says(*WELDING))
    page.locator("#contact").get_by_role("button").click()
    expect(page.locator("#contact [role=status]")).to_be_visible()
    again = visitor.says("Jeg vil have samtaler igen", "I want interviews again")
    page.get_by_role("button", name=again).click()
    expect(page.locator(".v-card-next").first).not_to_contain_text(steers)
    visitor.look("story-amalie-back")
    happen(forget_applications)
    happen(forget_requests)


@pytest.mark.parametrize(("language", "width"), [("da", 360), ("en", 1280)])
def test_without_javascript_one_applies_and_reads_the_letter(
    browser: Browser, site: str, happen: Happen, language: str, width: int
) -> None:
    happen(catalogue)
    happen(forget_applications)
    happen(amalie_is_refused)
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 800}
    )
    amalie = Visitor(context.new_page(), site, language, f"{language}-{width}")
    amalie.sign_in("amalie")
    page = amalie.page

    amalie.goto("/citizen/applications/")
    refused = page.locator("main li", has_text=amalie.says("Du har fået nej", "You got a no"))
    refused.first.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("LAB § 91")
    amalie.goto("/citizen/documents/")
    with page.expect_download() as letter:
        page.locator("main li").get_by_role("link").first.click()
    assert letter.value.path().read_bytes().startswith(b"%PDF-")

    amalie.goto("/citizen/offers/")
    mentor = amalie.says("En mentor", "A mentor")
    page.locator("section[aria-labelledby=catalogue]").get_by_role("link", name=mentor).click()
    page.get_by_role("link", name=amalie.says("Søg", "Apply"), exact=True).click()
    page.locator("textarea[name=words]").fill("Jeg vil gerne have en at tale med.")
    page.get_by_role(
        "button", name=amalie.says("Send min ansøgning", "Send my application")
    ).click()
    expect(page.get_by_text(amalie.says("Kvittering nr.", "Receipt number"))).to_be_visible()
    amalie.leave()
    context.close()
    happen(forget_applications)
