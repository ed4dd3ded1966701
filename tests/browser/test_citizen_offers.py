"""Finding an offer and knowing why, applying in one form, the waiting list, the answer."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.offers import (
    REASONS,
    amalie_is_asked,
    amalie_is_refused,
    catalogue,
    forget_applications,
)
from tests.browser.visitor import Visitor

LARGEST_LIX = 40


@pytest.fixture
def amalie(visitor: Visitor, happen: Happen) -> Visitor:
    """Amalie with a full catalogue, and nothing applied for."""
    happen(catalogue)
    happen(forget_applications)
    visitor.sign_in("amalie")
    return visitor


def offers(visitor: Visitor) -> None:
    visitor.page.get_by_role("navigation").get_by_role(
        "link", name=visitor.says("Tilbud", "Offers")
    ).click()


def chosen(visitor: Visitor) -> Locator:
    return visitor.page.locator("section[aria-labelledby=chosen] li.v-line")


def open_offer(visitor: Visitor, danish: str, english: str) -> None:
    offers(visitor)
    visitor.page.locator("input[name=words]").evaluate("e => e.closest('details').open = true")
    visitor.page.locator("input[name=words]").fill(visitor.says(danish, english))
    visitor.page.locator("form[role=search] button").click()
    visitor.page.get_by_role("link", name=visitor.says(danish, english)).click()


def open_form(visitor: Visitor) -> None:
    open_offer(visitor, "Kursus i dataanalyse", "Course in data analysis")
    visitor.page.get_by_role("link", name=visitor.says("Søg", "Apply"), exact=True).click()
    visitor.page.locator("textarea[name=words]").fill("Jeg vil gerne regne på ting.")


def send(visitor: Visitor) -> None:
    words = visitor.says("Send min ansøgning", "Send my application")
    visitor.page.get_by_role("button", name=words).click()
    expect(visitor.page.locator(".v-card-next")).to_contain_text(
        visitor.says("Kursus i dataanalyse", "Course in data analysis")
    )


def third(visitor: Visitor) -> str:
    return visitor.says("Du er nummer 3 på ventelisten", "You are number 3 on the waiting list")


def open_application(visitor: Visitor, danish: str, english: str) -> None:
    visitor.goto("/citizen/applications/")
    line = visitor.page.locator("main li", has_text=visitor.says(danish, english)).first
    line.get_by_role("link").click()


def check_words(visitor: Visitor) -> None:
    visitor.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_three_are_well_chosen_the_right_first_each_with_its_reasons(amalie: Visitor) -> None:
    offers(amalie)

    expect(chosen(amalie)).to_have_count(3)
    expect(chosen(amalie).first).to_contain_text(amalie.says("ret til det", "a right to it"))
    expect(chosen(amalie).nth(1)).to_contain_text(
        amalie.says(
            "Mangel på folk: Svejser i Nordjylland, pr. 1. juli 2026",
            "Shortage of people: Svejser in Nordjylland, as of 1 July 2026",
        )
    )
    expect(amalie.page.locator("main")).to_contain_text(
        amalie.says("Rækkefølgen er ikke et tal om dig", "The order is not a number about you")
    )
    amalie.look("citizen-offers")
    check_words(amalie)


def test_an_offer_tells_when_what_it_costs_and_what_studies_say(amalie: Visitor) -> None:
    open_offer(amalie, "Kursus i dataanalyse", "Course in data analysis")

    main = amalie.page.locator("main")
    expect(main).to_contain_text(amalie.says("2 venter på svar", "2 wait for an answer"))
    expect(main).to_contain_text(amalie.says("6.400 kr.", "6,400 kr."))
    amalie.look("citizen-offer")
    check_words(amalie)
    expect(main).to_contain_text(amalie.says("Mange studier lagt sammen", "Many studies"))
    amalie.look("citizen-offer-open")


def test_amalie_applies_and_is_third_on_the_waiting_list(amalie: Visitor) -> None:
    open_form(amalie)
    amalie.look("citizen-apply")
    check_words(amalie)
    send(amalie)
    amalie.look("citizen-apply-receipt")

    amalie.goto("/citizen/applications/")
    expect(amalie.page.locator("main")).to_contain_text(third(amalie))
    amalie.look("citizen-applications")
    amalie.page.locator("main li a").first.click()
    expect(amalie.page.locator(".v-card-next")).to_contain_text(third(amalie))
    amalie.look("citizen-application-waiting")
    check_words(amalie)


def test_amalie_takes_it_back(amalie: Visitor) -> None:
    open_form(amalie)
    send(amalie)
    amalie.goto("/citizen/applications/")
    amalie.page.locator("main li a").first.click()

    amalie.page.get_by_text(amalie.says("Jeg vil ikke mere", "I do not want it any more")).click()
    amalie.page.get_by_role(
        "button", name=amalie.says("Træk min ansøgning tilbage", "Take my application back")
    ).click()
    amalie.page.wait_for_url("**/receipts/**")

    amalie.goto("/citizen/applications/")
    expect(amalie.page.locator("main li").first).to_contain_text(
        amalie.says("Du har trukket den tilbage", "You took it back")
    )


def test_without_a_start_the_error_is_said_and_the_words_stay(
    amalie: Visitor, happen: Happen
) -> None:
    open_form(amalie)
    amalie.page.locator("input[name=start]").evaluate("e => e.checked = false")

    amalie.page.locator("main form button").click()

    expect(amalie.page.locator("[data-module=error-summary]")).to_be_visible()
    expect(amalie.page.locator("textarea[name=words]")).to_have_value(
        "Jeg vil gerne regne på ting."
    )
    amalie.look("citizen-apply-error")
    amalie.expect_refusal(422)


def test_a_no_is_read_with_its_reasons_and_how_to_complain(amalie: Visitor, happen: Happen) -> None:
    happen(amalie_is_refused)
    open_application(amalie, "Du har fået nej", "You got a no")

    main = amalie.page.locator("main")
    expect(main).to_contain_text(amalie.says("Vi siger nej", "We say no"))
    expect(main).to_contain_text(REASONS)
    expect(main).to_contain_text("LAB § 91")
    expect(main).to_contain_text("Ankestyrelsen")
    amalie.look("citizen-application-refused")
    check_words(amalie)


def test_a_question_is_answered_below_it(amalie: Visitor, happen: Happen) -> None:
    happen(amalie_is_asked)
    open_application(amalie, "Vi har et spørgsmål til dig", "We have a question for you")
    amalie.look("citizen-application-asked")

    amalie.page.locator("textarea[name=words]").fill("At komme op om morgenen.")
    amalie.page.get_by_role("button", name="Send", exact=True).click()
    amalie.page.wait_for_url("**/receipts/**")

    open_application(amalie, "Venter på svar", "Waits for an answer")
    expect(amalie.page.locator("main")).to_contain_text("At komme op om morgenen.")


def test_an_empty_list_leads_to_the_offers(visitor: Visitor, happen: Happen) -> None:
    happen(forget_applications)
    visitor.sign_in("joern")
    visitor.goto("/citizen/wishes/")

    expect(
        visitor.page.get_by_role("link", name=visitor.says("Se tilbuddene", "Look at the offers"))
    ).to_be_visible()
    visitor.look("citizen-wishes-empty")


def test_amalie_orders_her_wishes_by_keyboard_alone(amalie: Visitor) -> None:
    for danish, english in (("En mentor", "A mentor"), ("Svejsekursus", "Welding course")):
        open_offer(amalie, danish, english)
        wish = amalie.says("Sæt det på min ønskeliste", "Put it on my wish list")
        amalie.page.get_by_role("button", name=wish).focus()
        amalie.page.keyboard.press("Enter")
        amalie.page.wait_for_url("**/wishes/")
    up = amalie.page.get_by_role("button", name=re.compile(amalie.says("^Op", "^Up")))
    amalie.look("citizen-wishes")

    up.focus()
    amalie.page.keyboard.press("Enter")

    first = amalie.page.locator("main li").first
    expect(first).to_contain_text(amalie.says("Svejsekursus", "Welding course"))
    offers(amalie)
    expect(chosen(amalie).nth(1)).to_contain_text(
        amalie.says("nummer 1 på din ønskeliste", "number 1 on your wish list")
    )


def test_amalie_applies_by_keyboard_alone(amalie: Visitor) -> None:
    offers(amalie)
    page = amalie.page
    page.locator("main h3 a", has_text=amalie.says("Svejsekursus", "Welding course")).first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=amalie.says("Søg", "Apply"), exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/applications/")
    page.locator("input[name=start]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Jeg kan lide ild.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/receipts/**")
    expect(page.locator(".v-card-next")).to_contain_text(
        amalie.says("Svejsekursus", "Welding course")
    )


def test_without_scripts_one_searches_applies_and_reads_the_place(amalie: Visitor) -> None:
    amalie.page.route(re.compile(r"\.js$"), lambda route: route.fulfill(body=""))
    open_form(amalie)
    send(amalie)

    amalie.goto("/citizen/applications/")
    expect(amalie.page.locator("main")).to_contain_text(third(amalie))


def test_a_search_that_finds_nothing_says_so(amalie: Visitor) -> None:
    amalie.goto("/citizen/offers/?words=astronaut")

    told = amalie.says("Vi fandt ikke noget", "We found nothing")
    expect(amalie.page.locator("main")).to_contain_text(told)
    amalie.look("citizen-offers-nothing")
