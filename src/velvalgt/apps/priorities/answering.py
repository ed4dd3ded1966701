"""What a caseworker answers a suggestion: take it, choose something else, wait.

An answer is a choice of work and no decision: whatever is chosen still needs its own application,
agreement or decision, with the citizen heard.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.cases.queries import objects_to_profiling
from velvalgt.apps.cases.services import one_at_a_time, refuse_cpr
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.priorities.choices import Because, Mode, Reply
from velvalgt.apps.priorities.efforts import Option, check_effort
from velvalgt.apps.priorities.grounds import mode_on
from velvalgt.apps.priorities.models import Suggestion, SuggestionAnswer
from velvalgt.apps.priorities.own_nos import has_said_no
from velvalgt.apps.staff.models import User


class CannotAnswer(Exception):
    """The suggestion cannot be answered so; the message says why."""


class NotCurrent(CannotAnswer):
    """It does not stand any more: by a newer plan, without a ground, or by the citizen's no."""


class NotAReason(CannotAnswer):
    """The reason does not belong to this answer."""


class NotAnotherOne(CannotAnswer):
    """What was chosen instead is what was suggested."""


class CitizenSaidNo(CannotAnswer):
    """The citizen does not want it, and that is never chosen over."""


class NotInTheFuture(CannotAnswer):
    """It would come back today or earlier."""


def accept(
    *, suggestion: Suggestion, because: Because, words: str, by: User, at: datetime
) -> SuggestionAnswer:
    """Take what is suggested.

    Raises:
        NotCurrent, NotAReason, CitizenSaidNo, HoldsCpr: as their names say.
    """
    option = Option(suggestion.effort, suggestion.offer)
    return _answer(suggestion, by, at, _said(Reply.ACCEPTED, because, words, option))


def choose_other(  # noqa: PLR0913 - what instead of what, why, by whom and when
    *,
    suggestion: Suggestion,
    effort: str,
    offer: Offer | None,
    because: Because,
    words: str,
    by: User,
    at: datetime,
) -> SuggestionAnswer:
    """Choose something else than what is suggested.

    Raises:
        NotCurrent, NotAReason, NotAnotherOne, NoSuchEffort, CitizenSaidNo, HoldsCpr: as their
            names say.
    """
    if (effort, offer) == (suggestion.effort, suggestion.offer):
        raise NotAnotherOne(_("This is what is suggested. Choose something else, or say yes."))
    check_effort(effort, offer, _working_day(by, at))
    return _answer(suggestion, by, at, _said(Reply.OTHER, because, words, Option(effort, offer)))


def postpone(
    *,
    suggestion: Suggestion,
    until: date,
    because: Because,
    words: str,
    by: User,
    at: datetime,
) -> SuggestionAnswer:
    """Wait with a suggestion until a day, on which it comes back.

    Raises:
        NotCurrent, NotAReason, NotInTheFuture, HoldsCpr: as their names say.
    """
    if until <= _working_day(by, at):
        raise NotInTheFuture(_("Choose a day after today."))
    said = _said(Reply.POSTPONED, because, words, None)
    return _answer(suggestion, by, at, {**said, "until": until})


def _said(reply: Reply, because: Because, words: str, option: Option | None) -> dict[str, object]:
    if because not in Because.of(reply):
        raise NotAReason(_("Choose one of the reasons."))
    refuse_cpr(words)
    return {
        "reply": reply,
        "effort": option.effort if option else "",
        "offer": option.offer if option else None,
        "because": because,
        "words": words,
        "until": None,
    }


@transaction.atomic
def _answer(
    suggestion: Suggestion, by: User, at: datetime, said: dict[str, object]
) -> SuggestionAnswer:
    """Write an answer to what the plan of now suggests; the same again gives the first."""
    one_at_a_time(suggestion.citizen_id)
    standing = _as_it_stands(suggestion, _working_day(by, at))
    _check_own_no(standing, said)
    newest = standing.answers.order_by("-answered_at", "-pk").first()
    if newest is not None and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    return SuggestionAnswer.objects.create(
        tenant_id=standing.tenant_id,
        citizen_id=standing.citizen_id,
        suggestion=standing,
        answered_by=by,
        answered_at=at,
        **said,
    )


def _as_it_stands(suggestion: Suggestion, day: date) -> Suggestion:
    """Find the same suggestion in the plan that holds now; a page may have stood open."""
    if mode_on(day) != Mode.JUDGEMENT:
        raise NotCurrent(
            _("There is no ground for profiling now, so nothing is suggested by gain.")
        )
    if objects_to_profiling(suggestion.citizen):
        raise NotCurrent(
            _("The citizen has said no to profiling, so nothing is suggested by gain.")
        )
    same = Suggestion.objects.current().filter(
        citizen=suggestion.citizen_id, effort=suggestion.effort, offer=suggestion.offer_id
    )
    standing: Suggestion | None = same.first()
    if standing is None:
        raise NotCurrent(_("A newer plan says something else. Look at it before you answer."))
    return standing


def _check_own_no(suggestion: Suggestion, said: dict[str, object]) -> None:
    """A citizen's no is never chosen over; waiting chooses nothing."""
    effort, offer = str(said["effort"]), said["offer"]
    if effort and has_said_no(suggestion.citizen_id, effort, offer):  # type: ignore[arg-type]
        raise CitizenSaidNo(
            _("The citizen does not want this. Talk about it: only the citizen takes a no back.")
        )


def _working_day(by: User, at: datetime) -> date:
    return by.tenant.working_day(timezone.localdate(at))
