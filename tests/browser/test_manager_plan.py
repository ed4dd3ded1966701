"""Karin sees where hours and seats help most, tries other figures, and sees what weights give."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import plans
from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.visitor import Visitor

MOST_LIX = 40


@pytest.fixture
def by_gain(happen: Happen) -> Iterator[None]:
    """A plan by gain, on a ground that is called back after."""
    happen(plans.a_plan_by_gain)
    yield
    happen(plans.the_ground_ends)
    happen(plans.a_plain_plan)


def reads_easily(visitor: Visitor) -> None:
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= MOST_LIX


@pytest.mark.usefixtures("by_gain")
def test_karin_sees_what_two_more_hours_would_give(visitor: Visitor, happen: Happen) -> None:
    visitor.sign_in("karin")
    visitor.page.get_by_role("link", name=visitor.says("Se, hvor timer", "See where hours")).click()

    main = visitor.page.locator("main")
    expect(main).to_contain_text(visitor.says("ventes at give 5 uger", "give 5 weeks in work"))
    expect(main).to_contain_text(visitor.says("ville hjælpe 16 borgere", "would help 16 people"))
    expect(main).to_contain_text(visitor.says("0,01 procent", "0.01 percent"))
    visitor.look("manager-plan")
    reads_easily(visitor)

    make = visitor.page.get_by_role("button", name=visitor.says("Lav en plan", "Make a plan"))
    make.click()
    expect(main).to_contain_text(visitor.says("Der er bedt om en plan", "A plan is asked for"))
    visitor.look("manager-plan-asked")
    happen(plans.the_plan_is_made)
    expect(make).to_be_visible()


def test_a_plain_plan_and_one_that_was_refused(visitor: Visitor, happen: Happen) -> None:
    happen(plans.a_plain_plan)
    happen(plans.it_is_refused)
    visitor.sign_in("karin")
    visitor.page.get_by_role("link", name="Plan", exact=True).click()

    main = visitor.page.locator("main")
    expect(main).to_contain_text(visitor.says("kunne ikke laves", "could not be made"))
    expect(main).to_contain_text(visitor.says("Ingen er vejet", "Nobody is weighed"))
    visitor.look("manager-plan-plain")
    reads_easily(visitor)


@pytest.mark.usefixtures("by_gain")
def test_figures_are_tried_by_keyboard_and_saved(visitor: Visitor, happen: Happen) -> None:
    visitor.sign_in("karin")
    visitor.page.goto(f"{visitor.site}/manager/capacity/")
    keyboard = visitor.page.keyboard
    visitor.page.get_by_label("Jobteam Nord").focus()
    keyboard.press("Control+A")
    keyboard.type("-2")
    keyboard.press("Enter")
    wrong = visitor.page.get_by_role("alert")
    expect(wrong).to_contain_text(visitor.says("Timer er 0 eller flere", "Hours are 0 or more"))
    visitor.expect_refusal(422)
    visitor.look("manager-capacity-error")

    visitor.page.get_by_label("Jobteam Nord").focus()
    keyboard.press("Control+A")
    keyboard.type("22")
    keyboard.press("Enter")
    forecast = visitor.page.locator("#forecast")
    expect(forecast).to_contain_text(visitor.says("Det bliver regnet ud", "It is being reckoned"))
    happen(plans.the_forecast_comes)
    words = visitor.says("12 uger mere i job", "12 weeks more in work")
    expect(forecast).to_contain_text(words, timeout=10_000)
    visitor.look("manager-capacity-forecast")
    reads_easily(visitor)

    save = visitor.page.get_by_role("button", name=visitor.says("Gem", "Save"))
    save.focus()
    keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_contain_text(visitor.says("Karin skrev", "Karin wrote"))
    expect(visitor.page.get_by_label("Jobteam Nord")).to_have_value("22")
    visitor.look("manager-capacity")


@pytest.mark.usefixtures("by_gain")
def test_weights_show_who_gets_less_and_what_others_would_give(
    visitor: Visitor, happen: Happen
) -> None:
    visitor.sign_in("karin")
    visitor.page.goto(f"{visitor.site}/manager/weights/")

    main = visitor.page.locator("main")
    expect(main).to_contain_text(visitor.says("16 personer, 21 uger mindre", "16 people, 21 weeks"))
    picture = visitor.says("Hvor mange som Jørn", "How many like Jørn")
    expect(visitor.page.get_by_role("img", name=picture)).to_be_visible()
    visitor.look("manager-weights")
    reads_easily(visitor)

    far = visitor.page.get_by_label(visitor.says("Langt fra", "Far from work"))
    far.fill("3")
    visitor.page.get_by_role("button", name=visitor.says("Se, hvad de vægte", "See what")).click()
    happen(plans.the_forecast_comes)
    words = visitor.says("12 uger mere", "12 weeks more")
    expect(visitor.page.locator("#forecast")).to_contain_text(words, timeout=10_000)
    visitor.page.get_by_role("button", name=visitor.says("Gem", "Save")).click()
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    visitor.expect_refusal(422)
    visitor.look("manager-weights-error")
