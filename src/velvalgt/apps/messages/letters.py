"""Letters (breve): tagged PDF that can be read aloud; one action, one date, one contact each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.cases.choices import DocumentKind
from velvalgt.apps.cases.models import Document
from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.services import keep
from velvalgt.apps.messages.speaking import language_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

LETTERS = {
    "invitation": "messages/letters/invitation.html",
    "choose_a_time": "messages/letters/choose_a_time.html",
    "summons": "messages/letters/summons.html",
    "decision": "messages/letters/decision.html",
    "receipt": "messages/letters/receipt.html",
    "plan": "messages/letters/plan.html",
}
LOOKS = "messages/letters/letter.css"
VARIANT = "pdf/ua-1"


class LettersMissing(Exception):
    """The machine lacks Pango, by which letters are set."""


@transaction.atomic
def write_letter(  # noqa: PLR0913 - what a letter is
    *,
    citizen: Citizen,
    letter: str,
    title: str,
    context: Mapping[str, str | date],
    by: User | None,
    at: datetime,
    kind: DocumentKind = DocumentKind.LETTER,
) -> Document:
    """Write a letter to a citizen (skrive brev) and keep it in the case; `tell` tells of it.

    Args:
        citizen: to whom.
        letter: which template, a key of `LETTERS`.
        title: its heading, in the citizen's language.
        context: what the template asks for; the top of each template lists it.
        by: who writes; None where the system does.
        at: when.
        kind: letter or decision.

    Raises:
        LettersMissing: Pango is missing; `velvalgt doctor` says how to mend it.
    """
    content = letter_pdf(citizen=citizen, letter=letter, title=title, context=context, at=at)
    return keep(
        citizen=citizen,
        kind=kind,
        title=title,
        name=f"{title.replace('/', '-')}.pdf",
        content=content,
        by=by,
        at=at,
        is_ours=True,
    )


def letter_pdf(
    *,
    citizen: Citizen,
    letter: str,
    title: str,
    context: Mapping[str, str | date],
    at: datetime,
) -> bytes:
    """Set a letter as tagged PDF, in the citizen's language.

    Raises:
        LettersMissing: Pango is missing.
    """
    around = {**_around(citizen), "title": title, "on": timezone.localdate(at)}
    with override(language_of(citizen)):
        html = render_to_string(LETTERS[letter], {**context, **around})
    return pdf_of(html)


def pdf_of(html: str, css: str = "") -> bytes:
    """Set a page as tagged PDF (PDF/UA-1); nothing is fetched from anywhere.

    Raises:
        LettersMissing: Pango is missing.
    """
    try:
        from weasyprint import CSS, HTML  # needs Pango, and a second to load
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
    except OSError as error:
        raise LettersMissing(
            _("Letters cannot be made on this machine: Pango is missing.")
        ) from error

    class Nowhere(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(f"a letter asks for {url}")

    looks = CSS(string=css or render_to_string(LOOKS))
    page = HTML(string=html, url_fetcher=Nowhere())
    pdf: bytes = page.write_pdf(pdf_variant=VARIANT, stylesheets=[looks])
    return pdf


def _around(citizen: Citizen) -> dict[str, Any]:
    case = open_case_of(citizen)
    tenant = Tenant.objects.get(pk=citizen.tenant_id)
    return {
        "citizen": citizen,
        "tenant": tenant,
        "unit": case.unit if case else None,
        "caseworker": case.caseworker if case else None,
        "phone": case.unit.phone if case else tenant.phone,
        "language": language_of(citizen),
    }
