"""Jørn on a phone and Amalie at a desk: one thing to do, why, whom to call, and who has looked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.municipality import forget_requests, leave_out_amalie
from tests.browser.visitor import Visitor

LARGEST_LIX = 30


def open_every_reason(visitor: Visitor) -> None:
    visitor.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")


def test_joern_reads_the_one_next_step_first(visitor: Visitor) -> None:
    visitor.sign_in("joern")

    step = visitor.page.locator(".v-card-next")
    expect(step).to_have_count(1)
    expect(step).to_contain_text(
        visitor.says("Senest mandag den 30. november 2026", "By Monday 30 November 2026")
    )
    expect(step).to_contain_text(visitor.says("Du må tage en med", "You may bring somebody"))
    visitor.look("citizen-joern")


def test_why_is_one_click_away_and_names_the_paragraph(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    step = visitor.page.locator(".v-card-next")

    step.get_by_role("link", name=visitor.says("hvorfor?", "why?")).click()
    visitor.page.locator("#asked summary").first.click()

    source = visitor.page.locator("#asked").get_by_role("link", name=re.compile("LAB § 31"))
    expect(source.first).to_be_visible()
    visitor.look("citizen-rights")


def test_joern_asks_for_a_talk_with_one_click(visitor: Visitor, happen: Happen) -> None:
    happen(forget_requests)
    visitor.sign_in("joern")

    words = visitor.says("Jeg vil gerne tale med nogen", "I want to talk to somebody")
    visitor.page.get_by_role("button", name=words).click()

    told = visitor.says("Du bad om at tale med nogen den 23. november", "You asked to talk to")
    answer = visitor.page.locator("#contact [role=status]")
    expect(answer).to_contain_text(told)
    expect(answer).to_be_focused()
    visitor.look("citizen-asked")
    happen(forget_requests)


def test_amalie_steers_herself_and_comes_back_with_one_click(
    visitor: Visitor, happen: Happen
) -> None:
    happen(leave_out_amalie)
    visitor.sign_in("amalie")

    steers = visitor.says("Du styrer selv indtil 1. februar 2027", "You steer yourself until")
    expect(visitor.page.locator(".v-card-next")).to_contain_text(steers)
    visitor.look("citizen-amalie-steers")
    words = visitor.says("Jeg vil have samtaler igen", "I want interviews again")
    visitor.page.get_by_role("button", name=words).click()

    again = visitor.says("Du skal til 2 samtaler i kommunen", "You have 2 interviews in the")
    expect(visitor.page.locator(".v-card-next")).to_contain_text(again)
    visitor.look("citizen-amalie")


def test_the_citizen_sees_who_has_looked_and_how_to_complain(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    looks = visitor.says("Hvem har set", "Who has looked")
    visitor.page.locator("#rights").get_by_role("link", name=looks).click()

    own = visitor.says("Du så selv på sagen.", "You looked yourself.")
    expect(visitor.page.get_by_text(own).first).to_be_visible()
    visitor.page.locator("summary").last.click()
    expect(visitor.page.get_by_role("link", name="datatilsynet.dk")).to_be_visible()
    visitor.look("citizen-looks")


@pytest.mark.parametrize("address", ["", "rights/"])
@pytest.mark.parametrize("persona", ["joern", "amalie"])
def test_the_danish_is_easy_to_read_with_every_reason_open(
    visitor: Visitor, persona: str, address: str
) -> None:
    visitor.sign_in(persona)
    visitor.goto(f"/citizen/{address}")
    open_every_reason(visitor)
    visitor.look(f"citizen-{persona}-{address.strip('/') or 'home'}-open")

    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_the_page_can_be_read_aloud_and_stopped(visitor: Visitor) -> None:
    visitor.page.add_init_script(with_voices(FAR, NEAR))
    visitor.sign_in("joern")
    button = visitor.page.locator("[data-read-aloud]")

    button.click()
    expect(button).to_have_text(visitor.says("Stop", "Stop reading"))
    spoken = visitor.page.evaluate("window.spoken")
    assert spoken[0]["text"] == visitor.says("Hej Jørn", "Hello Jørn")
    assert {each["lang"] for each in spoken} == {visitor.language}
    assert all(each["near"] for each in spoken)
    assert not any("Læs op" in each["text"] for each in spoken)
    button.click()
    expect(button).to_have_text(visitor.says("Læs op", "Read aloud"))


def test_where_the_browser_cannot_speak_no_button_is_offered(visitor: Visitor) -> None:
    visitor.page.add_init_script(
        "delete window.speechSynthesis; delete window.SpeechSynthesisUtterance"
    )
    visitor.sign_in("joern")

    expect(visitor.page.locator("[data-read-aloud]")).to_be_hidden()


def test_a_page_is_not_read_by_a_voice_on_somebody_elses_machine(visitor: Visitor) -> None:
    visitor.page.add_init_script(with_voices(FAR))
    visitor.sign_in("joern")

    expect(visitor.page.locator("[data-read-aloud]")).to_be_hidden()


def test_without_scripts_everything_still_works(visitor: Visitor, happen: Happen) -> None:
    happen(forget_requests)
    visitor.page.route(re.compile(r"\.js$"), lambda route: route.fulfill(body=""))
    visitor.sign_in("joern")

    words = visitor.says("Jeg vil gerne tale med nogen", "I want to talk to somebody")
    visitor.page.get_by_role("button", name=words).click()

    expect(visitor.page.locator("#contact [role=status]")).to_be_visible()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Jørn")
    happen(forget_requests)


def test_a_lost_connection_is_said_plainly(visitor: Visitor, happen: Happen) -> None:
    happen(forget_requests)
    visitor.sign_in("joern")
    visitor.page.route("**/requests/", lambda route: route.abort())

    words = visitor.says("Jeg vil gerne tale med nogen", "I want to talk to somebody")
    visitor.page.get_by_role("button", name=words).click()

    told = visitor.says("Vi kunne ikke få fat i siden", "We could not reach the site")
    expect(visitor.page.get_by_role("heading", name=told)).to_be_visible()
    visitor.look("citizen-no-connection")
    visitor.expect_trouble("ERR_FAILED")
    visitor.expect_trouble("Failed to fetch")


def test_whoever_was_signed_out_meanwhile_is_led_to_the_first_page(
    visitor: Visitor, happen: Happen
) -> None:
    happen(forget_requests)
    visitor.sign_in("joern")
    visitor.page.context.clear_cookies(name="velvalgt_session")

    words = visitor.says("Jeg vil gerne tale med nogen", "I want to talk to somebody")
    visitor.page.get_by_role("button", name=words).click()

    expect(visitor.page.locator(".v-story")).to_be_visible()
    expect(visitor.page.locator("#contact")).to_have_count(0)


def test_on_paper_the_reasons_are_open_and_the_buttons_gone(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    visitor.goto("/citizen/rights/")
    visitor.page.emulate_media(media="print")

    expect(visitor.page.locator("#asked .v-fold-body").first).to_be_visible()
    expect(visitor.page.locator(".v-tools")).to_be_hidden()
    expect(visitor.page.locator("[data-read-aloud]")).to_be_hidden()


# Chromium without a screen has no voices; what the page asks to have spoken is noted instead.
SPEAKER = """
window.spoken = [];
const speaker = {
  getVoices: () => VOICES, cancel: () => {}, addEventListener: () => {},
  speak: ({ text, lang, voice }) =>
    window.spoken.push({ text, lang, near: voice.localService }),
};
Object.defineProperty(window, "speechSynthesis", { value: speaker, configurable: true });
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""
FAR = "{ lang: 'da-DK', localService: false }, { lang: 'en-GB', localService: false }"
NEAR = "{ lang: 'da-DK', localService: true }, { lang: 'en-GB', localService: true }"


def with_voices(*voices: str) -> str:
    """A browser that offers these voices and notes what it is asked to say."""
    return f"const VOICES = [{', '.join(voices)}];{SPEAKER}"
