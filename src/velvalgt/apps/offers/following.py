"""Following an application: how it stands, its place in line, what was answered and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Case, F, Q, When

from velvalgt.apps.cases.models import CaseQuerySet
from velvalgt.apps.offers.choices import Outcome, State
from velvalgt.apps.offers.models import Addition, Answer, Application
from velvalgt.apps.offers.seats import PlaceInLine, places_of
from velvalgt.apps.people.models import Citizen

NEWS = timedelta(days=14)
"""How long an answer stands on the citizen's first page."""


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application with how it stands; `place` is on the waiting list, 0 where it is on none."""

    application: Application
    state: State
    place: int

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a yes or a no."""
        return self.state in {State.WAITING, State.ON_LIST, State.MORE_NEEDED}


@dataclass(frozen=True, slots=True)
class ApplicationStory:
    """An application from the first word to the last answer, oldest first."""

    line: ApplicationLine
    answers: tuple[Answer, ...]
    additions: tuple[Addition, ...]

    @property
    def decision(self) -> Answer | None:
        """The yes or the no, where there is one."""
        return next((each for each in self.answers if each.is_final), None)

    @property
    def question(self) -> Answer | None:
        """The question that waits for the citizen's words, where one does."""
        return self.answers[-1] if self.line.state == State.MORE_NEEDED else None


def applications_of(citizen: Citizen) -> list[ApplicationLine]:
    """Give all of a citizen's applications, newest first."""
    mine = Application.objects.filter(citizen=citizen).told()
    return _lines(mine.order_by("-applied_at", "-pk"))


def open_applications(citizen: Citizen, *, on: date) -> list[ApplicationLine]:
    """Give what a citizen waits for, and what was answered lately; one question."""
    lately = Q(answered_at__date__gt=on - NEWS, withdrawal__isnull=True)
    mine = Application.objects.filter(citizen=citizen).told()
    waiting = Q(pk__in=Application.objects.filter(citizen=citizen).undecided().values("pk"))
    newest = mine.filter(waiting | lately).order_by("-applied_at", "-pk")
    told = list(newest.annotate(place=PlaceInLine(F("pk"))))  # type: ignore[no-redef]
    places = {each.pk: each.place or 0 for each in told if _is_undecided(each)}
    return _lines(told, places)


def application_story(citizen: Citizen, application_id: UUID) -> ApplicationStory | None:
    """Find one of a citizen's applications with all that was said."""
    found = Application.objects.filter(citizen=citizen, pk=application_id).told().first()
    return _story(found) if found else None


def application_to_answer(application_id: UUID) -> ApplicationStory | None:
    """Find an application that one may see, with all that was said and whose it is."""
    found = Application.objects.filter(pk=application_id).told().select_related("citizen").first()
    return _story(found) if found else None


def waiting_applications(cases: CaseQuerySet, *, most: int) -> list[ApplicationLine]:
    """Give what citizens of some cases wait for an answer to, the oldest first.

    What we have asked the citizen about waits for them, and stands last.
    """
    is_theirs = Q(outcome=Outcome.MORE_NEEDED) & (
        Q(added_at__isnull=True) | Q(added_at__lte=F("answered_at"))
    )
    waiting = Application.objects.undecided().filter(citizen__in=cases.values("citizen")).told()
    asked = waiting.annotate(waits_for_citizen=Case(When(is_theirs, then=1), default=0))
    oldest = asked.order_by("waits_for_citizen", "applied_at", "pk")
    return _lines(oldest.select_related("citizen")[:most])


def _lines(
    applications: Iterable[Application], places: Mapping[UUID, int] | None = None
) -> list[ApplicationLine]:
    told = list(applications)
    if places is None:
        places = places_of([each.pk for each in told if _is_undecided(each)])
    return [
        ApplicationLine(each, _state(each, places.get(each.pk, 0)), places.get(each.pk, 0))
        for each in told
    ]


def _is_undecided(application: Application) -> bool:
    is_decided = application.outcome in {Outcome.GRANTED, Outcome.REFUSED}
    return not is_decided and _withdrawn_at(application) is None


def _withdrawn_at(application: Application) -> datetime | None:
    withdrawal = getattr(application, "withdrawal", None)
    return withdrawal.withdrawn_at if withdrawal else None


def _state(application: Application, place: int) -> State:
    if _withdrawn_at(application) is not None:
        return State.WITHDRAWN
    if application.outcome in {Outcome.GRANTED, Outcome.REFUSED}:
        return State(application.outcome)
    if application.outcome == Outcome.MORE_NEEDED and not _has_replied(application):
        return State.MORE_NEEDED
    return State.ON_LIST if place else State.WAITING


def _has_replied(application: Application) -> bool:
    asked, added = application.answered_at, application.added_at
    return asked is not None and added is not None and added > asked


def _story(application: Application) -> ApplicationStory:
    answers = Answer.objects.filter(application=application).select_related("answered_by")
    additions = Addition.objects.filter(application=application)
    return ApplicationStory(
        line=_lines([application])[0],
        answers=tuple(answers.order_by("answered_at", "pk")),
        additions=tuple(additions.order_by("added_at", "pk")),
    )
