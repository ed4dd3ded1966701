"""Every page that a citizen opens by its address alone: axe, width, one heading."""

from django.urls import URLPattern, get_resolver, resolve

from tests.browser.conftest import Happen
from tests.browser.municipality import forget_requests
from tests.browser.offers import catalogue
from tests.browser.visitor import Visitor
from tests.browser.waiting import joern_meets_hans, no_meeting_with_hans

FILES = {"documents_all", "download_json", "download_pdf", "meeting_ics"}
OF_ONE_MEETING = ("/citizen/meetings/", "/citizen/conferences/")


def addresses() -> list[str]:
    """The citizen's addresses that need no key and show a page."""
    place = next(each for each in get_resolver().url_patterns if str(each.pattern) == "citizen/")
    return [
        f"/citizen/{each.pattern}"
        for each in place.url_patterns
        if isinstance(each, URLPattern) and not each.pattern.converters and each.name not in FILES
    ]


def links_to_more(visitor: Visitor, known: list[str]) -> list[str]:
    """The pages about one meeting to which this page leads: each meeting, and one of each kind."""
    links = visitor.page.locator("main a[href^='/citizen/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    names = {resolve(each).url_name for each in known} | FILES
    found: dict[str, str] = {}
    for link in links:
        name = resolve(link.split("?")[0].split("#")[0]).url_name
        kind = link if name == "meeting" else str(name)
        is_new = kind not in known if name == "meeting" else name not in names
        if link.startswith(OF_ONE_MEETING) and "?" not in link and is_new:
            found.setdefault(kind, link)
    return list(found.values())


def test_every_page_is_accessible_and_fits(visitor: Visitor, happen: Happen) -> None:
    happen(catalogue)
    happen(forget_requests)
    happen(joern_meets_hans)
    visitor.sign_in("joern")
    pages, shown = addresses(), 0
    for address in pages:
        answer = visitor.page.request.get(f"{visitor.site}{address}")
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        visitor.goto(address)
        assert visitor.page.locator("h1").count() == 1, address
        visitor.check_accessibility()
        visitor.check_width()
        pages += links_to_more(visitor, pages)
        shown += 1
    happen(no_meeting_with_hans)

    assert shown >= 30
    assert {"meeting", "meeting_time", "earlier"} <= {resolve(each).url_name for each in pages}
