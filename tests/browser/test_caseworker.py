"""Tine's Monday: she sees whom to meet and why, records an interview, and leaves somebody out."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_tine_sees_whom_the_law_cannot_let_wait_and_why(visitor: Visitor) -> None:
    visitor.sign_in("tine")

    line = visitor.page.locator(".v-line", has_text="Jørn").first
    expect(line).to_contain_text(visitor.says("30. november 2026", "30 November 2026"))
    visitor.look("caseworker-worklist")
    line.locator("summary", has_text=visitor.says("hvorfor?", "why?")).click()
    expect(line).to_contain_text("LAB § 31")
    visitor.look("caseworker-worklist-why")


def test_tine_records_an_interview_from_the_line_and_takes_it_back(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    line = visitor.page.locator("#pressing-lines .v-line", has_text="Jørn")

    line.get_by_role("button").click()
    notice = visitor.page.locator("#notice")
    expect(notice).to_contain_text(visitor.says("Noteret", "Recorded"))
    expect(line).to_have_count(0)
    visitor.look("caseworker-recorded")
    notice.get_by_role("button").click()

    expect(line).to_have_count(1)
    visitor.look("caseworker-taken-back")


def test_tine_leaves_amalie_out_in_five_steps_and_takes_her_back(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    page = visitor.page
    page.get_by_role("link", name=visitor.says("Find borger", "Find a citizen")).click()


def test_a_citizen_on_one_page(visitor: Visitor) -> None:
    visitor.sign_in("tine")
    visitor.page.get_by_role("link", name="Jørn").first.click()

    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Jørn")
    visitor.look("caseworker-citizen")
    visitor.page.get_by_role("link", name=visitor.says("Fritag", "Leave out")).click()
    visitor.look("caseworker-leave-out")
