"""How far a citizen's preparation is: what was asked, what was said, by whom, and what is open."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Answer, Entry
from velvalgt.apps.cases.questions import (
    CONTACT,
    PreparationStep,
    Question,
    profile,
    questions,
    steps,
)
from velvalgt.apps.people.models import Citizen, ContactWish, Spell


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was answered: the newest answer holds, the earlier ones are kept."""

    question: Question
    answer: Answer | None = None
    earlier: tuple[Answer, ...] = ()

    @property
    def is_open(self) -> bool:
        """Neither answered nor skipped: it may be asked."""
        return self.answer is None

    @property
    def said(self) -> str:
        """What holds, in words; nothing for a question that is open or was skipped."""
        return self.in_words(self.answer) if self.answer else ""

    @property
    def history(self) -> list[tuple[Answer, str]]:
        """What was said before, newest first."""
        return [(answer, self.in_words(answer)) for answer in self.earlier]

    def in_words(self, answer: Answer) -> str:
        """Say an answer as the citizen would read it."""
        return answer.words or str(self.question.option(answer.choice))


@dataclass(frozen=True, slots=True)
class PreparedStep:
    """A page of the preparation, and whether all on it is answered or skipped."""

    step: PreparationStep
    asked: tuple[Asked, ...]
    is_done: bool

    @property
    def open(self) -> tuple[Asked, ...]:
        """What may still be asked."""
        return tuple(each for each in self.asked if each.is_open)

    @property
    def settled(self) -> tuple[Asked, ...]:
        """What is answered or skipped, and is not asked again."""
        return tuple(each for each in self.asked if not each.is_open)


@dataclass(frozen=True, slots=True)
class Preparation:
    """A citizen's whole preparation (forberedelse)."""

    steps: tuple[PreparedStep, ...]
    wish: ContactWish | None
    has_chosen_contact: bool

    @property
    def next_step(self) -> PreparationStep | None:
        """The first page on which something is open."""
        return next((each.step for each in self.steps if not each.is_done), None)

    def at(self, key: str) -> PreparedStep | None:
        """Find a page."""
        return next((each for each in self.steps if each.step.key == key), None)

    def asked(self, key: str) -> Asked | None:
        """Find a question."""
        every = (asked for step in self.steps for asked in step.asked)
        return next((asked for asked in every if asked.question.key == key), None)

    @property
    def is_begun(self) -> bool:
        """Whether anything was said at all."""
        return self.has_chosen_contact or any(step.settled for step in self.steps)


@dataclass(frozen=True, slots=True)
class PreparationState:
    """How much of the preparation is answered or skipped, and where to go on."""

    answered: int
    total: int
    next_step: PreparationStep | None


@dataclass(frozen=True, slots=True)
class OutsideStatus:
    """What we were told of what happens elsewhere: registering, benefit, illness."""

    registration: Entry | None
    sick_report: Entry | None
    spell: Spell | None


def preparation_of(citizen: Citizen) -> Preparation:
    """Give a citizen's preparation with every answer (forberedelse)."""
    answers = _answers_of(citizen)
    wish = citizen.contact_wishes.order_by("-recorded_at", "-pk").first()
    has_chosen = CONTACT in answers or (wish is not None and wish.source == "")
    return Preparation(
        steps=tuple(_prepared(step, answers, has_chosen) for step in steps()),
        wish=wish,
        has_chosen_contact=has_chosen,
    )


def preparation_state(citizen: Citizen) -> PreparationState:
    """Say how far a citizen's preparation is, for pages that only point to it; one question."""
    answers = _answers_of(citizen)
    first = next(iter(answers.values()), [])
    has_chosen = CONTACT in answers or any(answer.has_wish for answer in first)
    prepared = [_prepared(step, answers, has_chosen) for step in steps()]
    settled = sum(len(step.settled) for step in prepared)
    return PreparationState(
        answered=settled + has_chosen,
        total=len(questions()) + 1,
        next_step=next((each.step for each in prepared if not each.is_done), None),
    )


def need_profile_of(citizen: Citizen) -> tuple[Asked, ...]:
    """Give the questions of the need profile with who answered what (behovsprofil)."""
    answers = _answers_of(citizen)
    return tuple(_asked(question, answers) for question in profile())


def outside_status_of(citizen: Citizen, on: date) -> OutsideStatus:
    """Give what other systems told us of registration, benefit and illness, with source and day."""
    told = Entry.objects.standing().filter(citizen=citizen, on__lte=on).order_by("-on", "-pk")
    kinds = (Kind.REGISTRATION, Kind.SICK_REPORT, Kind.WELL_REPORT)
    newest: dict[str, Entry] = {}
    for entry in told.of_kind(*kinds):
        newest.setdefault(entry.kind, entry)
    sick, well = newest.get(Kind.SICK_REPORT), newest.get(Kind.WELL_REPORT)
    is_sick = sick is not None and (well is None or well.on < sick.on)
    return OutsideStatus(
        registration=newest.get(Kind.REGISTRATION),
        sick_report=sick if is_sick else None,
        spell=citizen.spells.on(on).order_by("-starts_on", "-pk").first(),
    )


def _answers_of(citizen: Citizen) -> dict[str, list[Answer]]:
    """Gather the answers by question, newest first."""
    found: dict[str, list[Answer]] = defaultdict(list)
    said_here = ContactWish.objects.filter(citizen=OuterRef("citizen"), source="")
    answers = citizen.answers.select_related("answered_by")
    answers = answers.annotate(has_wish=Exists(said_here))  # type: ignore[no-redef]
    for answer in answers.order_by("-answered_at", "-pk"):
        found[answer.question].append(answer)
    return dict(found)


def _asked(question: Question, answers: dict[str, list[Answer]]) -> Asked:
    given = answers.get(question.key, [])
    return Asked(question, given[0] if given else None, tuple(given[1:]))


def _prepared(
    step: PreparationStep, answers: dict[str, list[Answer]], has_chosen: bool
) -> PreparedStep:
    asked = tuple(_asked(question, answers) for question in step.questions)
    is_done = has_chosen if step.key == CONTACT else all(not each.is_open for each in asked)
    return PreparedStep(step, asked, is_done)
