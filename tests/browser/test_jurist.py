"""The jurist follows a duty to its rule and its doubt, and writes down what the State has given."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

FIRST = ("Den første samtale", "The first interview")
ORDER = "BEK nr. 1234 af 20/11/2026"
SNOW = ("Din samtale er på pause. Det er på grund af sne.", "Your interview is paused for snow.")


@pytest.fixture
def nothing_given(visitor: Visitor) -> None:
    """Whatever was recorded before is withdrawn, as two jurists do it."""
    visitor.sign_in("mette")
    for address in what_stands(visitor):
        visitor.page.goto(address)
        if visitor.page.locator("textarea[name=reason]").count():
            ask_back(visitor, "Ny prøve.")
    visitor.sign_in("lone")
    for address in what_stands(visitor):
        visitor.page.goto(address)
        agree(visitor)
    visitor.sign_in("mette")


def what_stands(visitor: Visitor) -> list[str]:
    """The addresses of what waits or holds."""
    visitor.goto("/jurist/dispensations/")
    links = visitor.page.locator(
        "section[aria-labelledby=waits] a, section[aria-labelledby=holds] a"
    )
    addresses: list[str] = links.evaluate_all("links => links.map(each => each.href)")
    return list(dict.fromkeys(addresses))


def ask_back(visitor: Visitor, reason: str) -> None:
    """Withdraw what the page shows, or ask for that."""
    visitor.page.locator("textarea[name=reason]").fill(reason)
    visitor.page.get_by_role("button", name=visitor.says("Kald tilbage", "Withdraw")).click()


def agree(visitor: Visitor) -> None:
    """Confirm as the second person that it is withdrawn."""
    words = visitor.says("Godkend tilbagekaldelsen", "Confirm the withdrawal")
    visitor.page.get_by_role("button", name=words).click()


def fill_in(visitor: Visitor) -> None:
    """Write down what the order says."""
    page = visitor.page
    page.locator("input[name=instrument]").fill(ORDER)
    page.locator("input[name=paragraph]").fill("§ 1")
    page.locator("input[name=url]").fill("https://www.retsinformation.dk/eli/lta/2026/1234")
    page.locator("textarea[name=words_da]").fill(SNOW[0])
    page.locator("textarea[name=words_en]").fill(SNOW[1])


def choose_the_first_interview(visitor: Visitor) -> None:
    """Open the form, and pause the first interview until the year ends."""
    page = visitor.page
    page.get_by_role("link", name=visitor.says("Dispensationer", "Dispensations")).click()
    page.get_by_role("link", name=visitor.says("Registrér", "Record")).click()
    page.locator("input[name=last_day]").fill("2026-12-31")
    page.get_by_role("checkbox", name=visitor.says(*FIRST)).check()


def test_the_book_says_what_is_in_force_and_how_well_it_is_known(visitor: Visitor) -> None:
    visitor.sign_in("mette")

    expect(visitor.page.locator("main")).to_contain_text(
        visitor.says("ikke efterprøvet", "not verified")
    )
    expect(visitor.page.locator("main")).to_contain_text("LAB § 31")
    visitor.look("jurist-book")


def test_mette_follows_joerns_duty_to_rule_and_source(visitor: Visitor) -> None:
    visitor.sign_in("mette")
    page = visitor.page

    page.get_by_role("link", name=visitor.says("Den første samtale", "The first interview")).click()
    visitor.look("jurist-rule")
    page.get_by_role("link", name="Jørn").click()
    visitor.look("jurist-duty")

    expect(page.locator("main")).to_contain_text(visitor.says("30. november", "30 November"))
    source = page.get_by_role("link", name="LAB § 31")
    expect(source).to_have_attribute(
        "href",
        "https://star.dk/da/implementering/"
        "beskaeftigelsesreform/generelle-spoergsmaal-og-svar-om-reformen",
    )


def test_the_book_of_another_day_and_regime(visitor: Visitor) -> None:
    visitor.sign_in("mette")
    page = visitor.page

    page.locator("input[name=on]").fill("2021-05-03")
    page.get_by_role("button", name=visitor.says("Vis", "Show"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        visitor.says("3. maj 2021", "3 May 2021")
    )
    visitor.look("jurist-book-2021")
    page.locator("select[name=regime]").select_option("needs-based")
    page.get_by_role("button", name=visitor.says("Vis", "Show"), exact=True).click()

    expect(page.locator("main")).to_contain_text(
        visitor.says("Det er ikke lov.", "This is not law.")
    )
    visitor.look("jurist-book-frame")


def test_a_rule_of_the_past_names_what_was_given_then(visitor: Visitor) -> None:
    visitor.sign_in("mette")
    visitor.goto("/jurist/rules/k1_first_within_1w/")
    visitor.look("jurist-rule-2020")

    visitor.page.get_by_role("link", name="bekendtgørelse af 20/3/2020").first.click()
    expect(visitor.page.locator("main")).to_contain_text(visitor.says("slut", "ended"))
    visitor.look("jurist-dispensation-in-law")


def test_what_changes_is_seen_while_one_chooses_by_keyboard(
    visitor: Visitor, nothing_given: None
) -> None:
    visitor.goto("/jurist/dispensations/draft/")
    rule = visitor.page.get_by_role("checkbox", name=visitor.says(*FIRST))

    rule.focus()
    visitor.page.keyboard.press("Space")

    totals = visitor.page.locator(".v-totals")
    told = visitor.says(r"pligt(er)? går på pause", r"dut(y pauses|ies pause)")
    expect(totals).to_contain_text(re.compile(told))
    expect(rule).to_be_checked()
    expect(rule).to_be_focused()
    visitor.look("jurist-draft")


def test_other_effects_ask_for_other_things(visitor: Visitor, nothing_given: None) -> None:
    page = visitor.page
    visitor.goto("/jurist/dispensations/draft/")
    page.get_by_role("checkbox", name=visitor.says(*FIRST)).check()

    page.locator("input[name=effect][value=form_relaxed]").check()
    expect(page.locator("input[name=allowed][value=phone]")).to_be_checked()
    told = visitor.says("må holdes på flere måder", "may be held in more ways")
    expect(page.locator(".v-totals")).to_contain_text(told)
    page.locator("input[name=effect][value=clock_excluded]").check()
    page.locator("input[name=last_day]").fill("2026-12-31")
    page.locator("input[name=clocks]").nth(1).check()

    expect(page.locator("#answer [role=status] > *")).to_be_visible()
    expect(page.locator("input[name=rules]")).to_have_count(0)
    visitor.look("jurist-draft-clocks")


def test_a_dispensation_is_recorded_confirmed_and_reaches_joern(
    visitor: Visitor, nothing_given: None
) -> None:
    visitor.sign_in("mette")
    page = visitor.page
    choose_the_first_interview(visitor)
    expect(page.locator(".v-totals")).to_be_visible()
    page.get_by_role("button", name=visitor.says("Registrér", "Record")).click()
    expect(page.locator("[data-module=error-summary]")).to_be_visible()
    visitor.expect_refusal(422)
    visitor.look("jurist-draft-refused")
    fill_in(visitor)
    visitor.look("jurist-draft-filled")
    page.get_by_role("button", name=visitor.says("Registrér", "Record")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ORDER)
    expect(page.get_by_role("button", name=visitor.says("Godkend", "Confirm"))).to_have_count(0)
    visitor.look("jurist-dispensation-recorded")
    address = page.url

    visitor.sign_in("joern")
    expect(page.locator(".v-card-next")).to_contain_text(
        visitor.says("30. november 2026", "30 November 2026")
    )

    visitor.sign_in("lone")
    page.goto(address)
    visitor.look("jurist-dispensation-waits")
    page.get_by_role("button", name=visitor.says("Godkend", "Confirm")).click()
    expect(page.locator("main")).to_contain_text(
        visitor.says("Det ændrer den nu", "What it changes now")
    )
    visitor.look("jurist-dispensation-confirmed")
    page.get_by_role("link", name=visitor.says("Dispensationer", "Dispensations")).first.click()
    visitor.look("jurist-dispensations")

    visitor.sign_in("joern")
    visitor.goto("/citizen/rights/")
    paused = page.locator("details", has_text=visitor.says("På pause", "On pause"))
    paused.locator("summary").click()
    expect(paused).to_contain_text(visitor.says(*SNOW))
    expect(paused.get_by_role("link", name=ORDER)).to_have_attribute(
        "href", "https://www.retsinformation.dk/eli/lta/2026/1234"
    )
    visitor.look("citizen-joern-paused")

    visitor.sign_in("tine")
    expect(page.locator("#pressing-lines", has_text="Jørn")).to_have_count(0)
    visitor.goto("/caseworker/citizens/")
    page.get_by_role("link", name="Jørn").click()
    expect(page.locator("#duties + ul")).to_contain_text(visitor.says("på pause", "on pause"))
    visitor.look("caseworker-citizen-paused")

    visitor.sign_in("mette")
    page.goto(address)
    expect(page.locator("main")).to_contain_text(
        visitor.says("som er på pause, kræves igen", "that is on pause will be owed again")
    )
    ask_back(visitor, "Forkert nummer.")
    expect(page.locator("blockquote")).to_have_text("Forkert nummer.")
    visitor.look("jurist-dispensation-asked-back")
    visitor.sign_in("lone")
    page.goto(address)
    agree(visitor)
    expect(page.locator("blockquote")).to_have_text("Forkert nummer.")
    visitor.look("jurist-dispensation-withdrawn")


def test_without_scripts_a_button_shows_what_changes(visitor: Visitor, nothing_given: None) -> None:
    visitor.page.route("**/*.js", lambda route: route.fulfill(body=""))
    visitor.sign_in("mette")
    choose_the_first_interview(visitor)

    words = visitor.says("Vis, hvad der ændrer sig", "Show what changes")
    visitor.page.get_by_role("button", name=words).click()

    expect(visitor.page.locator(".v-totals")).to_be_visible()
    expect(visitor.page.locator("[data-module=error-summary]")).to_have_count(0)


def test_what_is_typed_stays_while_one_chooses(visitor: Visitor, nothing_given: None) -> None:
    page = visitor.page
    choose_the_first_interview(visitor)
    page.locator("input[name=instrument]").fill("B")
    page.locator("textarea[name=words_da]").fill(SNOW[0])

    page.locator("input[name=effect][value=form_relaxed]").check()

    expect(page.locator(".v-totals")).to_contain_text(
        visitor.says("må holdes på flere måder", "may be held in more ways")
    )
    expect(page.locator("input[name=instrument]")).to_have_value("B")
    expect(page.locator("textarea[name=words_da]")).to_have_value(SNOW[0])


def test_a_region_that_is_gone_is_said_and_not_taken_for_the_whole_country(
    visitor: Visitor, nothing_given: None
) -> None:
    page = visitor.page
    choose_the_first_interview(visitor)
    page.locator("input[name=regions][value=Sjælland]").check()
    expect(page.locator("#answer")).to_contain_text(
        visitor.says("ændrer ikke noget for nogen", "changes nothing for anybody")
    )

    page.locator("input[name=last_day]").fill("2027-02-28")
    page.locator("input[name=first_day]").fill("2027-01-01")
    page.locator("input[name=first_day]").blur()

    told = visitor.says("Sjælland findes ikke", "There is no Sjælland on the first day")
    expect(page.locator("#answer")).to_contain_text(told)
    expect(page.locator("input[name=regions][value=Sjælland]")).to_be_checked()
    expect(page.locator(".v-totals")).to_have_count(0)
    visitor.look("jurist-draft-region-gone")


def test_a_long_address_in_the_words_breaks_no_page(visitor: Visitor, nothing_given: None) -> None:
    page = visitor.page
    words = "Se https://www.retsinformation.dk/eli/lta/2026/1234" + "/bilag-og-vejledning" * 4
    choose_the_first_interview(visitor)
    fill_in(visitor)
    page.locator("textarea[name=words_da]").fill(words)
    page.locator("textarea[name=words_en]").fill(words)
    page.get_by_role("button", name=visitor.says("Registrér", "Record")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ORDER)
    address = page.url
    visitor.sign_in("lone")
    page.goto(address)
    page.get_by_role("button", name=visitor.says("Godkend", "Confirm")).click()

    page.set_viewport_size({"width": 360, "height": 800})
    visitor.check_width()
    visitor.sign_in("joern")
    visitor.goto("/citizen/rights/")
    paused = page.locator("details", has_text=visitor.says("På pause", "On pause"))
    paused.locator("summary").click()
    expect(paused).to_contain_text(words)
    visitor.check_width()
