"""Amalie looks for a job: own words saved where she stands, jobs near her, nothing kept of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Happen
from tests.browser.job_market import fill_the_market, forget_own_words
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

LARGEST_LIX = 40


@pytest.fixture
def amalie(visitor: Visitor, happen: Happen) -> Iterator[Visitor]:
    """Amalie, who has written nothing yet, with jobs around her."""
    happen(fill_the_market)
    happen(forget_own_words)
    visitor.sign_in("amalie")
    yield visitor
    happen(forget_own_words)


def press(visitor: Visitor, danish: str, english: str) -> None:
    visitor.page.get_by_role("button", name=visitor.says(danish, english), exact=True).click()


def main_of(visitor: Visitor) -> Locator:
    return visitor.page.locator("main")


def check_reading(visitor: Visitor) -> None:
    visitor.page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    if visitor.language == "da":
        assert lix(main_of(visitor).inner_text()) <= LARGEST_LIX


def test_the_way_in_says_what_counts_where(amalie: Visitor) -> None:
    words = amalie.says("Find job", "Find a job")
    amalie.page.get_by_role("navigation").get_by_role("link", name=words).click()

    expect(main_of(amalie)).to_contain_text(
        amalie.says("gælder ikke på Jobnet", "does not count at Jobnet")
    )
    expect(main_of(amalie)).to_contain_text(
        amalie.says("Vi ved ikke, hvordan det står på Jobnet", "We do not know how it stands")
    )
    amalie.look("citizen-jobs")
    check_reading(amalie)


def test_she_writes_her_cv_a_line_at_a_time(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/cv/")
    amalie.look("citizen-cv-empty")
    page = amalie.page
    page.locator("#id_title").fill("Studentermedhjælper")
    page.locator("#id_place").fill("Velby Festuge")
    page.locator("#id_from_year").fill("2023")
    press(amalie, "Gem", "Save")

    expect(page.get_by_role("status").first).to_contain_text("Studentermedhjælper")
    expect(main_of(amalie)).to_contain_text(amalie.says("siden 2023", "since 2023"))
    amalie.look("citizen-cv")
    check_reading(amalie)

    change = amalie.says("Ret Studentermedhjælper", "Change Studentermedhjælper")
    page.get_by_role("link", name=change).click()
    page.locator("#id_to_year").fill("2025")
    amalie.look("citizen-cv-line")
    press(amalie, "Gem", "Save")
    expect(main_of(amalie)).to_contain_text("2023–2025")


def test_a_slip_is_told_beside_the_field_and_nothing_is_lost(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/cv/")
    page = amalie.page
    page.locator("#id_from_year").fill("2025")
    page.locator("#id_to_year").fill("2023")
    page.locator("#id_words").fill("Jeg stod for 40 frivillige.")
    press(amalie, "Gem", "Save")

    expect(page.locator("#error-summary")).to_be_visible()
    expect(page.locator("#id_to_year-error")).to_be_visible()
    expect(page.locator("#id_words")).to_have_value("Jeg stod for 40 frivillige.")
    amalie.look("citizen-cv-error")
    amalie.expect_trouble("422")


def test_a_job_near_her_goes_into_her_job_log_with_one_click(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/vacancies/")
    amalie.look("citizen-vacancies")
    page = amalie.page
    page.locator("#id_start").select_option("0099")
    page.locator("#id_km").fill("10")
    press(amalie, "Søg", "Look")

    expect(main_of(amalie)).to_contain_text(amalie.says("under 1 km i luftlinje", "less than 1 km"))
    expect(main_of(amalie)).not_to_contain_text("Nordvelby ·")
    amalie.look("citizen-vacancies-near")
    check_reading(amalie)
    note = amalie.says("Skriv det i min joblog", "Put it in my job log")
    page.get_by_role("button", name=note).first.click()

    expect(page.get_by_role("status").first).to_contain_text("Svejser til værksted 1")
    amalie.look("citizen-job-log")
    check_reading(amalie)


def test_nothing_found_shows_a_way_on(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/vacancies/?words=pilot")

    expect(amalie.page.locator(".v-empty")).to_contain_text("Jobnet")
    amalie.look("citizen-vacancies-none")


def test_a_distance_needs_a_place_to_start_from(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/vacancies/")
    amalie.page.locator("#id_km").fill("10")
    press(amalie, "Søg", "Look")

    expect(amalie.page.locator("#id_start-error")).to_be_visible()
    expect(amalie.page.locator("#id_km")).to_have_value("10")
    amalie.look("citizen-vacancies-error")
    amalie.expect_trouble("422")


def test_she_follows_a_job_by_keyboard_alone(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/log/")
    page = amalie.page
    page.locator("#id_title").focus()
    page.keyboard.type("Skribent")
    page.keyboard.press("Tab")
    page.keyboard.type("Velby Avis")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")  # from "I have applied" to "I want to apply"
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Skribent")
    expect(main_of(amalie)).to_contain_text(amalie.says("Jeg vil søge det", "I want to apply"))


def test_a_job_without_its_day_is_asked_for_it(amalie: Visitor) -> None:
    amalie.goto("/citizen/jobs/log/")
    page = amalie.page
    page.locator("#id_title").fill("Skribent")
    page.locator("#id_company").fill("Velby Avis")
    press(amalie, "Gem", "Save")

    expect(page.locator("#id_applied_on-error")).to_be_visible()
    expect(page.locator("#id_company")).to_have_value("Velby Avis")
    amalie.look("citizen-job-log-error")
    amalie.expect_trouble("422")
