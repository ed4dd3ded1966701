"""Tine's Monday: she sees whom to meet and why, records an interview, and leaves somebody out."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_tine_sees_whom_the_law_cannot_let_wait_and_why(visitor: Visitor) -> None:
    visitor.sign_in("tine")

    line = visitor.page.locator("#pressing-lines .v-line", has_text="Jørn")
    expect(line).to_contain_text(visitor.says("30. november 2026", "30 November 2026"))
    expect(line).to_contain_text(visitor.says("Om 1 uge", "In 1 week"))
    visitor.look("caseworker-worklist")
    line.locator("summary", has_text=visitor.says("hvorfor?", "why?")).click()
    expect(line).to_contain_text("LAB § 31")
    visitor.look("caseworker-worklist-why")


def test_tine_records_an_interview_by_keyboard_and_takes_it_back(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    line = visitor.page.locator("#pressing-lines .v-line", has_text="Jørn")

    line.get_by_role("button").focus()
    visitor.page.keyboard.press("Enter")
    notice = visitor.page.locator("#notice")
    expect(notice).to_contain_text(visitor.says("Noteret", "Recorded"))
    expect(notice).to_be_focused()
    expect(line).to_have_count(0)
    visitor.look("caseworker-recorded")
    visitor.page.keyboard.press("Tab")
    expect(notice.get_by_role("button")).to_be_focused()
    visitor.page.keyboard.press("Enter")

    expect(line).to_have_count(1)
    visitor.look("caseworker-taken-back")


def test_tine_leaves_amalie_out_in_five_steps_and_takes_her_back(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    page = visitor.page
    page.get_by_role("link", name=visitor.says("Borgere", "Citizens")).click()
    page.get_by_role("link", name="Amalie").click()

    page.get_by_role("link", name=visitor.says("Fritag", "Leave out")).click()
    page.locator("input[name=reason][value=job_agreed]").check()
    page.locator("textarea[name=words]").fill("Begynder i job den 1. februar.")
    page.locator("input[name=until]").fill("2027-02-01")
    visitor.look("caseworker-leave-out")
    page.get_by_role("button", name=visitor.says("Fritag", "Leave out")).click()

    expect(page.locator("main")).to_contain_text(visitor.says("1. februar 2027", "1 February 2027"))
    expect(page.locator("blockquote")).to_have_text("Begynder i job den 1. februar.")
    visitor.look("caseworker-left-out")
    page.get_by_role("button", name=visitor.says("Tag med", "Take back")).click()
    expect(page.locator("blockquote")).to_have_count(0)


def test_a_citizen_on_one_page_and_nobody_left_out_unheard(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.page.locator("#pressing-lines").get_by_role("link", name="Jørn").click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Jørn")
    visitor.look("caseworker-citizen")
    visitor.page.get_by_role("link", name=visitor.says("Fritag", "Leave out")).click()
    expect(visitor.page.locator("textarea[name=words]")).to_have_count(0)
    visitor.look("caseworker-leave-out-unheard")


def test_a_day_that_has_not_come_is_refused_where_it_stands(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.page.locator("#pressing-lines").get_by_role("link", name="Jørn").click()

    visitor.page.locator("input[name=on]").fill("2026-12-24")
    visitor.page.get_by_role("button", name=visitor.says("Notér", "Record")).click()

    expect(visitor.page.locator("[data-module=error-summary]")).to_be_visible()
    visitor.look("caseworker-refused")
    visitor.expect_refusal(422)


def test_tine_finds_a_citizen_by_name(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.page.get_by_role("link", name=visitor.says("Borgere", "Citizens")).click()
    visitor.look("caseworker-citizens")

    visitor.page.locator("input[name=name]").fill("ama")
    visitor.page.keyboard.press("Enter")

    expect(visitor.page.get_by_role("link", name="Amalie")).to_be_visible()
    expect(visitor.page.get_by_role("link", name="Jørn")).to_have_count(0)
    visitor.look("caseworker-found")
