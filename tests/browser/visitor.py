"""Somebody who visits the site and looks closely: at words, at what breaks, at who is shut out."""

import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, Response

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "screenshots"
AXE = ROOT / "src/velvalgt/web/assets/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HTMX_WAS_FIRST = "Autofocus processing was blocked because a document already has a focused element"
"""What Chromium remarks, now and then, where htmx has moved the focus before it could itself."""
PERSONAS = {
    "amalie": "Amalie", "joern": "Jørn", "tine": "Tine", "mette": "Mette",
    "karin": "Karin", "ib": "Ib", "lone": "Lone", "grethe": "Grethe",
}  # fmt: skip


class Visitor:
    """A browser with one language and one width, and a memory of everything that went wrong."""

    def __init__(self, page: Page, site: str, language: str, view: str) -> None:
        self.page = page
        self.site = site
        self.language = language
        self.view = view
        self.troubles: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        page.on("response", self._note)

    def goto(self, path: str) -> None:
        """Open an address of the site, in the visitor's language."""
        self.page.goto(f"{self.site}{path}")
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.locator(f"button[name=language][value={self.language}]").click()
        assert self.page.locator("html").get_attribute("lang") == self.language

    def sign_in(self, persona: str) -> None:
        """Sign in as a persona, and open the page that they begin at.

        What the first page's buttons send is sent as it is, in the browser's own session: it is
        looked at in `test_welcome`, and four hundred times would be minutes.
        """
        self._send("/language/", language=self.language, next="/")
        self.page.goto(self._send("/session/", persona=persona))

    def _send(self, path: str, **form: str) -> str:
        """Send one of the first page's forms; gives the address that it leads to."""
        ask = self.page.request
        token = TOKEN.search(ask.get(f"{self.site}/?start").text())
        assert token, "the first page has no form"
        answer = ask.post(
            f"{self.site}{path}",
            form={"csrfmiddlewaretoken": token[1], **form},
            headers={"Referer": f"{self.site}/"},
        )
        assert answer.ok, f"{path} answers {answer.status}"
        return answer.url

    def says(self, danish: str, english: str) -> str:
        """Choose between two texts by the visitor's language."""
        return danish if self.language == "da" else english

    def look(self, name: str) -> None:
        """Look at the page as it stands: a picture, accessibility, no sideways scrolling."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.view}.png", full_page=True)
        self.check_accessibility()
        self.check_width()

    def check_accessibility(self) -> None:
        """Ask axe; evaluate() goes by the debugger, so the page's own policy does not stop it."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "t => axe.run(document, {runOnly: {type: 'tag', values: t}})", WCAG
        )["violations"]
        assert not found, [(each["id"], [n["target"] for n in each["nodes"]]) for each in found]

    def check_width(self) -> None:
        """Nothing sticks out sideways."""
        root = "document.documentElement"
        too_wide = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        assert too_wide <= 0, f"{too_wide} pixels wider than the screen"

    def expect_refusal(self, status: int) -> None:
        """Forgive the one answer that a test provoked."""
        self.expect_trouble(str(status))

    def expect_trouble(self, words: str) -> None:
        """Forgive what a test provoked, and insist that it came."""
        expected = [each for each in self.troubles if words in each]
        assert expected, f"nothing said {words}"
        self.troubles = [each for each in self.troubles if each not in expected]

    def leave(self) -> None:
        """Go away content: nothing failed on the way."""
        assert not self.troubles, "\n".join(self.troubles)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith(HTMX_WAS_FIRST):
            return
        self.troubles.append(f"console {message.type}: {message.text}")

    def _note(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"{response.status} {response.url}")
