"""Every page that a citizen opens by its address alone: axe, width, one heading."""

from django.urls import URLPattern, get_resolver

from tests.browser.conftest import Happen
from tests.browser.municipality import forget_requests
from tests.browser.offers import catalogue
from tests.browser.visitor import Visitor

FILES = {"documents_all", "download_json", "download_pdf"}


def addresses() -> list[str]:
    """The citizen's addresses that need no key and show a page."""
    place = next(each for each in get_resolver().url_patterns if str(each.pattern) == "citizen/")
    return [
        f"/citizen/{each.pattern}"
        for each in place.url_patterns
        if isinstance(each, URLPattern) and not each.pattern.converters and each.name not in FILES
    ]


def test_every_page_is_accessible_and_fits(visitor: Visitor, happen: Happen) -> None:
    happen(catalogue)
    happen(forget_requests)
    visitor.sign_in("joern")
    shown = 0
    for address in addresses():
        answer = visitor.page.request.get(f"{visitor.site}{address}")
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        visitor.goto(address)
        assert visitor.page.locator("h1").count() == 1, address
        visitor.check_accessibility()
        visitor.check_width()
        shown += 1

    assert shown >= 25
