"""Jørn and Tine write to each other: on a phone and at a desk, by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.dialogue import joern_was_promised_an_answer_in_june, promise, tine_has_written
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

LARGEST_LIX = 40
PAGE, CHANNEL = "/citizen/messages/", "/citizen/messages/channel/"
SENT = ("Vi har fået din besked", "We have got your message")


def tab_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until a control has the focus; nothing else is touched."""
    control = visitor.page.locator(selector)
    for _ in range(60):
        if control.evaluate("each => each === document.activeElement"):
            return
        visitor.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by keyboard")


def test_who_has_written_nothing_is_led_to_the_form(visitor: Visitor) -> None:
    visitor.sign_in("amalie")
    words = visitor.says("Beskeder", "Messages")
    visitor.page.get_by_role("navigation").get_by_role("link", name=words, exact=True).click()

    expect(visitor.page.get_by_label(visitor.says("Din besked", "Your message"))).to_be_visible()
    visitor.look("citizen-messages-empty")


def test_a_broken_promise_is_said_plainly_until_tine_has_answered(
    visitor: Visitor, happen: Happen
) -> None:
    happen(joern_was_promised_an_answer_in_june)
    visitor.sign_in("joern")
    visitor.goto(PAGE)
    late = visitor.page.get_by_role("alert")
    if visitor.language == "da":  # in the second round Tine has answered it
        expect(late).to_contain_text("torsdag den 4. juni 2026")
        visitor.look("citizen-messages-late")

    happen(tine_has_written)
    visitor.goto(PAGE)

    expect(late).to_have_count(0)
    new = visitor.says("Nyt på din side", "New on your page")
    expect(visitor.page.get_by_role("heading", name=new)).to_be_visible()
    visitor.look("citizen-messages")


def test_joern_writes_by_keyboard_alone_and_gets_a_receipt(
    visitor: Visitor, happen: Happen
) -> None:
    happen(promise)
    visitor.sign_in("joern")
    visitor.goto(PAGE)

    tab_to(visitor, "#id_body")
    visitor.page.keyboard.type(f"Tak. Må jeg komme kl. 11? {visitor.language}")
    tab_to(visitor, "#write button[type=submit]")
    visitor.page.keyboard.press("Enter")

    told = visitor.page.locator("#sent")
    expect(told).to_contain_text(visitor.says(*SENT))
    expect(told).to_contain_text(visitor.says("Vi svarer senest", "We answer by"))
    visitor.look("citizen-messages-sent")
    told.get_by_role("link").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    assert "/receipts/" in visitor.page.url


def test_a_file_that_is_refused_costs_not_one_typed_word(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    visitor.goto(PAGE)
    words = "Her er mit CV. Det er langt, og jeg skriver det ikke igen."

    visitor.page.locator("#id_body").fill(words)
    program = {"name": "cv.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    visitor.page.locator("#id_enclosed").set_input_files([program])  # type: ignore[list-item]
    visitor.page.locator("#write button[type=submit]").click()

    expect(visitor.page.locator("#id_body")).to_have_value(words)
    expect(visitor.page.locator("#id_enclosed-error")).to_contain_text("PDF")
    visitor.look("citizen-messages-error")
    visitor.expect_refusal(422)


def test_without_scripts_a_message_and_a_file_go_out(visitor: Visitor) -> None:
    visitor.page.route(re.compile(r"\.js$"), lambda route: route.fulfill(body=""))
    visitor.sign_in("joern")
    visitor.goto(PAGE)

    note = {"name": "noter.txt", "mimeType": "text/plain", "buffer": b"Kan kun onsdag"}
    visitor.page.locator("#id_body").fill(f"Se min note. {visitor.language}")
    visitor.page.locator("#id_enclosed").set_input_files([note])  # type: ignore[list-item]
    visitor.page.locator("#write button[type=submit]").click()

    expect(visitor.page.locator("#sent")).to_contain_text(visitor.says(*SENT))
    expect(visitor.page.get_by_text("noter.txt").last).to_be_visible()


def test_joern_chooses_how_he_is_told_and_when_not(visitor: Visitor, happen: Happen) -> None:
    happen(promise)
    visitor.sign_in("joern")
    visitor.goto(PAGE)
    words = visitor.says("Sådan får du besked om nyt", "How you are told of news")
    visitor.page.get_by_role("link", name=words).click()

    visitor.page.locator("input[value=email]").check(force=True)
    visitor.page.locator("#id_quiet_from").fill("21:00")
    visitor.page.locator("#id_quiet_until").fill("")
    visitor.page.locator("button", has_text=visitor.says("Gem", "Save")).click()
    expect(visitor.page.locator("#id_quiet_until-error")).to_be_visible()
    visitor.look("citizen-channel-error")
    visitor.expect_refusal(422)

    visitor.page.locator("#id_quiet_until").fill("08:00")
    visitor.page.locator("button", has_text=visitor.says("Gem", "Save")).click()
    expect(visitor.page.get_by_role("status")).to_be_visible()
    expect(visitor.page.locator("#id_quiet_from")).to_have_value("21:00")
    visitor.look("citizen-channel")


@pytest.mark.parametrize("path", [PAGE, CHANNEL])
def test_the_danish_is_easy_to_read(visitor: Visitor, path: str) -> None:
    visitor.sign_in("joern")
    visitor.goto(path)

    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_tine_finds_who_waits_and_answers(visitor: Visitor, happen: Happen) -> None:
    happen(promise)
    visitor.sign_in("joern")
    visitor.goto(PAGE)
    visitor.page.locator("#id_body").fill(f"Hvor er det? {visitor.language}")
    visitor.page.locator("#write button[type=submit]").click()
    visitor.sign_in("tine")
    visitor.look("caseworker-worklist-answers")

    visitor.page.locator("section", has=visitor.page.locator("#answers")).get_by_role(
        "link", name="Jørn"
    ).click()
    visitor.look("caseworker-messages")
    visitor.page.locator("#id_body").fill(f"På Torvet 1. {visitor.language}")
    visitor.page.locator("#write button[type=submit]").click()

    last = visitor.page.locator(".v-message").last
    expect(last).to_contain_text(f"På Torvet 1. {visitor.language}")
    expect(last).to_contain_text(visitor.says("Ikke læst endnu", "Not read yet"))
    visitor.sign_in("joern")
    visitor.goto(PAGE)
    read = visitor.page.locator(".v-message-own").last
    expect(read).to_contain_text(visitor.says("Læst ", "Read "))
