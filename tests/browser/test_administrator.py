"""The administrator sees what came in, who works here, and how far the log is sealed."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_ib_sees_the_house_and_no_citizen(visitor: Visitor) -> None:
    visitor.sign_in("ib")

    main = visitor.page.locator("main")
    expect(main).to_contain_text("Jobteam Nord")
    expect(main).not_to_contain_text("Jørn")
    visitor.look("administrator-house")
