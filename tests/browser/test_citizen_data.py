"""My data on a phone and at a desk: see, correct, object, say yes and no, share, copy."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.own_data import answer_corrections, forget_objections, write_a_cv
from tests.browser.visitor import Visitor

LARGEST_LIX = 40
PAGES = ("", "need/", "grounds/", "sharing/", "powers/", "download/", "retention/")


def button(visitor: Visitor, danish: str, english: str) -> None:
    visitor.page.get_by_role("button", name=visitor.says(danish, english)).first.click()


@pytest.mark.parametrize("address", PAGES)
def test_each_page_is_easy_to_read_with_everything_open(
    visitor: Visitor, happen: Happen, address: str
) -> None:
    happen(write_a_cv)
    visitor.sign_in("joern")
    visitor.goto(f"/citizen/data/{address}")
    visitor.look(f"citizen-data-{address.strip('/') or 'facts'}")
    visitor.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    visitor.look(f"citizen-data-{address.strip('/') or 'facts'}-open")

    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_joern_corrects_a_fact_and_reads_the_answer(visitor: Visitor, happen: Happen) -> None:
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/")
    wrong = re.compile(visitor.says("Noget er forkert", "Something is wrong"))
    visitor.page.get_by_role("link", name=wrong).first.click()

    button(visitor, "Send", "Send")
    error = visitor.says("Skriv, hvad der skal stå.", "Write what it should say.")
    expect(visitor.page.locator(".form-error-message")).to_contain_text(error)
    visitor.look("citizen-data-correction-error")
    visitor.page.locator("#id_should_be").fill("Jørgen")
    button(visitor, "Send", "Send")

    visitor.expect_refusal(422)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(
        visitor.says("Vi har fået det", "We have got it")
    )
    visitor.goto("/citizen/data/")
    expect(visitor.page.locator(".v-asked").first).to_contain_text("Jørgen")
    visitor.look("citizen-data-asked")
    happen(answer_corrections)
    visitor.goto("/citizen/data/")
    expect(visitor.page.locator(".v-asked").first).to_contain_text("Dit pas siger noget andet.")
    visitor.look("citizen-data-refused")


def test_a_new_number_holds_and_a_wrong_one_is_said(visitor: Visitor, happen: Happen) -> None:
    number = visitor.says("11 22 33 44", "55 66 77 88")
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/contact/")
    visitor.page.locator("#id_phone").fill("12")
    button(visitor, "Gem", "Save")
    expect(visitor.page.locator("#id_phone-error")).to_be_visible()
    expect(visitor.page.locator("#id_phone")).to_have_value("12")
    visitor.look("citizen-data-contact-error")

    visitor.page.locator("#id_phone").fill(number)
    button(visitor, "Gem", "Save")

    visitor.expect_refusal(422)
    visitor.page.wait_for_url("**/receipts/**")
    visitor.goto("/citizen/data/")
    expect(visitor.page.get_by_text(number, exact=True)).to_be_visible()
    happen(answer_corrections)


def test_objecting_to_profiling_takes_the_keyboard_alone(visitor: Visitor, happen: Happen) -> None:
    happen(forget_objections)
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/need/")

    focus_on(visitor, visitor.says("Jeg siger nej til profilering", "I say no to profiling"))
    visitor.page.keyboard.press("Enter")

    said = visitor.says("Nej til profilering", "No to profiling")
    expect(visitor.page.locator(".v-card-next")).to_contain_text(said)
    visitor.look("citizen-data-objected")
    visitor.goto("/citizen/data/need/")
    visitor.look("citizen-data-need-objection")
    focus_on(visitor, visitor.says("Tag mit nej tilbage", "Take my no back"))
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/receipts/**")
    visitor.goto("/citizen/data/need/")
    expect(
        visitor.page.get_by_role(
            "button", name=visitor.says("Jeg siger nej til profilering", "I say no to profiling")
        )
    ).to_be_visible()
    happen(forget_objections)


def focus_on(visitor: Visitor, words: str) -> None:
    """Walk with the tabulator until a button has the focus."""
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if visitor.page.evaluate("document.activeElement.innerText.trim()") == words:
            return
    raise AssertionError(f"the keyboard never came to {words!r}")


def test_a_yes_is_given_and_taken_back(visitor: Visitor, happen: Happen) -> None:
    happen(forget_objections)
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/grounds/")
    expect(visitor.page.locator(".badge-success")).to_have_count(0)

    button(visitor, "Jeg siger ja", "I say yes")
    visitor.page.wait_for_url("**/receipts/**")
    visitor.goto("/citizen/data/grounds/")
    expect(visitor.page.locator(".badge-success")).to_have_count(1)
    visitor.look("citizen-data-grounds-yes")
    button(visitor, "Tag mit ja tilbage", "Take my yes back")

    visitor.page.wait_for_url("**/receipts/**")
    visitor.goto("/citizen/data/grounds/")
    expect(visitor.page.locator(".badge-success")).to_have_count(0)
    happen(forget_objections)


def test_a_cv_is_shown_to_a_company_item_by_item(visitor: Visitor, happen: Happen) -> None:
    happen(write_a_cv)
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/sharing/")
    button(visitor, "Se, hvad de får at se", "See what they will see")
    visitor.look("citizen-data-sharing-error")

    company = visitor.says("Byggefirma", "Builders")
    visitor.page.locator("#id_company").fill(company)
    visitor.page.get_by_label(re.compile("Lagermedarbejder")).check()
    visitor.page.locator("#id_last_day").fill("2026-12-31")
    button(visitor, "Se, hvad de får at se", "See what they will see")
    expect(visitor.page.locator(".v-extract")).to_contain_text("Nordlager, 2010–2022")
    visitor.look("citizen-data-sharing-preview")
    button(visitor, "Ja, vis dem det", "Yes, show them this")

    visitor.expect_refusal(422)
    expect(visitor.page.get_by_text(company)).to_be_visible()
    visitor.look("citizen-data-share")
    visitor.goto("/citizen/data/sharing/")
    button(visitor, f"Vis det ikke mere til {company}", f"Stop showing it to {company}")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def test_everything_can_be_taken_home(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/download/")

    with visitor.page.expect_download() as machine:
        visitor.page.get_by_role("link", name="JSON").click()
    copy = json.loads(machine.value.path().read_text(encoding="utf-8"))
    with visitor.page.expect_download() as paper:
        visitor.page.get_by_role("link", name="PDF").click()

    assert copy["records"]["people_citizen"][0]["name"] == "Jørn"
    assert paper.value.path().read_bytes().startswith(b"%PDF-")


def test_who_has_looked_is_told_by_day_team_and_purpose(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.sign_in("joern")
    visitor.goto("/citizen/looks/")

    expect(visitor.page.get_by_text("Jobteam Nord").first).to_be_visible()
    visitor.look("citizen-looks-all")
    visitor.goto("/citizen/looks/?period=all")
    visitor.look("citizen-looks-period")
