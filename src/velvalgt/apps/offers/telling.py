"""Telling a citizen of an answer: the letter with reasons and a way to complain, and the notice."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.cases.choices import DocumentKind
from velvalgt.apps.cases.models import Document
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell, write_letter
from velvalgt.apps.offers.choices import FINAL, Outcome
from velvalgt.apps.offers.models import Application
from velvalgt.apps.offers.speaking import title_of
from velvalgt.apps.staff.models import User


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is answered and why (afgørelse): the reasons, and the paragraph they rest on."""

    outcome: Outcome
    reasons: str = ""
    law: str = ""


def write_answer(
    application: Application, ruling: Ruling, *, by: User, at: datetime
) -> Document | None:
    """Write the letter of a yes or a no, in the citizen's language; a question needs none."""
    if ruling.outcome not in FINAL:
        return None
    citizen = application.citizen
    with override(language_of(citizen)):
        title, said = _title(application, ruling), _said(application, ruling)
    return write_letter(
        citizen=citizen,
        letter="decision",
        title=title,
        context=said,
        by=by,
        at=at,
        kind=DocumentKind.DECISION,
    )


def tell_answer(application: Application, ruling: Ruling, *, by: User, at: datetime) -> None:
    """Tell the citizen that there is an answer or a question; what it says stays on the page."""
    citizen = application.citizen
    with override(language_of(citizen)):
        title = _title(application, ruling)
    occasion = Occasion.DECISION if ruling.outcome in FINAL else Occasion.APPLICATION
    tell(citizen=citizen, occasion=occasion, title=title, by=by, at=at)


def _title(application: Application, ruling: Ruling) -> str:
    said = {"offer": title_of(application.offer)}
    if ruling.outcome in FINAL:
        return _("Answer to your application: %(offer)s") % said
    return _("A question about your application: %(offer)s") % said


def _said(application: Application, ruling: Ruling) -> dict[str, str | date]:
    """What the letter asks for (messages/letters/decision.html)."""
    said: dict[str, str | date] = {
        "what": title_of(application.offer),
        "answer": ruling.outcome.value,
        "reasons": ruling.reasons.strip() or _("You get what you asked for."),
        "law": ruling.law.strip(),
    }
    if application.start and ruling.outcome == Outcome.GRANTED:
        said["starts_on"] = application.start.starts_on
    return said
