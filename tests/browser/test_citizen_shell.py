"""The citizen's first page on an old phone: light, by keyboard alone, and from right to left."""

import gzip

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Happen
from tests.browser.municipality import forget_requests
from tests.browser.visitor import Visitor

MOST_BYTES = 250_000
PACKED = ("font/", "image/png")


def weight(page: Page, address: str) -> int:
    """The bytes over the wire: text is served compressed, fonts and pictures as they are."""
    answer = page.request.get(address)
    kind = answer.headers.get("content-type", "")
    return len(answer.body()) if kind.startswith(PACKED) else len(gzip.compress(answer.body()))


def test_the_first_load_is_light_with_fonts_and_all(page: Page, site: str) -> None:
    guest = Visitor(page, site, "da", "da-360")
    guest.sign_in("joern")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))

    page.goto(f"{site}/citizen/", wait_until="networkidle")

    weights = {address.removeprefix(site): weight(page, address) for address in fetched}
    assert any(name.endswith(".woff2") for name in weights)
    assert sum(weights.values()) <= MOST_BYTES, sorted(weights.items(), key=lambda w: -w[1])


def test_a_talk_is_asked_for_by_keyboard_alone(visitor: Visitor, happen: Happen) -> None:
    happen(forget_requests)
    visitor.sign_in("joern")
    words = visitor.says("Jeg vil gerne tale med nogen", "I want to talk to somebody")

    press_until(visitor, words)
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.locator("#contact [role=status]")).to_be_visible()
    happen(forget_requests)


def test_the_first_tab_skips_to_the_content(visitor: Visitor) -> None:
    visitor.sign_in("joern")

    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")

    assert visitor.page.evaluate("document.activeElement.id") == "main-content"


def test_call_me_leads_to_a_receipt_that_prints(visitor: Visitor) -> None:
    visitor.sign_in("amalie")
    visitor.page.get_by_role("button", name=visitor.says("Ring mig op", "Call me")).click()

    number = visitor.says("Kvittering nr.", "Receipt number")
    expect(visitor.page.get_by_text(number)).to_be_visible()
    visitor.look("citizen-receipt")
    visitor.page.emulate_media(media="print")
    expect(visitor.page.get_by_text(number)).to_be_visible()


def test_the_statement_on_accessibility(visitor: Visitor) -> None:
    visitor.goto("/accessibility/")

    visitor.look("accessibility")


@pytest.mark.parametrize("address", ["/citizen/", "/citizen/rights/", "/accessibility/"])
def test_a_core_page_reads_from_right_to_left(page: Page, site: str, address: str) -> None:
    guest = Visitor(page, site, "da", "ar-360")
    page.set_viewport_size({"width": 360, "height": 800})
    guest.sign_in("joern")

    page.locator("button[name=language][value=ar]").click()
    page.goto(f"{site}{address}")

    html = page.locator("html")
    expect(html).to_have_attribute("dir", "rtl")
    expect(html).to_have_attribute("lang", "ar")
    expect(page.get_by_role("link", name="صفحتي").first).to_be_visible()
    guest.look(f"rtl-{address.strip('/').replace('/', '-')}")
    guest.leave()


def press_until(visitor: Visitor, words: str) -> None:
    """Press Tab until a control with these words has the focus."""
    for _ in range(60):
        visitor.page.keyboard.press("Tab")
        if words in visitor.page.evaluate("document.activeElement.innerText || ''"):
            return
    pytest.fail(f"the keyboard does not reach {words}")
