"""The jurist follows a duty to its rule, its paragraph and its doubt."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


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
