"""Suggestions as a page shows them: the effort, its gain, the reasons and the answer, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import CaseQuerySet, Entry
from velvalgt.apps.cases.queries import PROFILING, flags_of
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.efforts import Option, options_on
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.gain_words import Gain
from velvalgt.apps.priorities.grounds import mode_on
from velvalgt.apps.priorities.models import (
    CurrentRun,
    OwnNo,
    Suggestion,
    SuggestionAnswer,
    SuggestionQuerySet,
    WorkLine,
)
from velvalgt.apps.priorities.reasons import in_words, study_of
from velvalgt.core.effect import KINDS, SELF_SERVICE, Study, studies_of
from velvalgt.web.templatetags.words import said

LAST = 2_147_483_647
"""The place of whoever has none in the order of work: after everybody."""
FEW = 2
"""How many reasons a line of a list gives; the suggestion's own page gives them all."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An option with what is expected of it."""

    option: Option
    gain: Gain


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion (forslag) with its words ready.

    Attributes:
        answer: what was answered last; None where nobody has.
        others: the two next best.
    """

    suggestion: Suggestion
    answer: SuggestionAnswer | None = None
    others: tuple[Expected, ...] = ()

    @property
    def citizen(self) -> Citizen:
        """Whom it is about."""
        return self.suggestion.citizen

    @property
    def option(self) -> Option:
        """What is suggested."""
        return Option(self.suggestion.effort, self.suggestion.offer)

    @property
    def gain(self) -> Gain:
        """What is expected of it."""
        made = self.suggestion
        return Gain(made.gain_weeks, made.low, made.high, made.grade)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why, the weightiest first."""
        return in_words(self.suggestion.reasons)

    @property
    def because(self) -> str:
        """The first reasons on one line."""
        return "; ".join(self.reasons[:FEW])

    @property
    def cost_dkk(self) -> Decimal | None:
        """What it costs in kroner; None where it is not known."""
        oere = self.suggestion.cost_oere
        return None if oere is None else Decimal(oere) / 100

    @property
    def chosen(self) -> Option | None:
        """What the answer that stands chose; None where nobody answered, or it waits."""
        return _chosen(self.answer) if self.answer else None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What was just answered: about whom, and what was chosen; None where it waits."""

    answer: SuggestionAnswer
    chosen: Option | None


@dataclass(frozen=True, slots=True)
class TurnLine:
    """Whose turn it is in a plan (arbejdsrækkefølge), with the reasons in words."""

    citizen: Citizen
    place: int
    reasons: tuple[str, ...]

    @property
    def because(self) -> str:
        """The first reasons on one line."""
        return "; ".join(self.reasons[:FEW])


def suggestion_for(citizen: Citizen, on: date) -> SuggestionLine | None:
    """Give what the plan that holds suggests for a citizen, with the answer that stands.

    None where no ground for profiling holds, the citizen has said no to it, or the plan weighs
    nothing for them.
    """
    if mode_on(on) != Mode.JUDGEMENT:
        return None
    answers = SuggestionAnswer.objects.select_related("offer", "answered_by")
    newest = Prefetch("answers", answers.order_by("-answered_at", "-pk"), to_attr="told")
    mine = _shown().filter(citizen=citizen).select_related("citizen", "offer")
    found: Any = mine.prefetch_related(newest).first()
    if found is None:
        return None
    return SuggestionLine(found, next(iter(found.told), None), _others(found))


def answered(key: UUID) -> AnswerLine | None:
    """Give an answer with what it chose, or None where one sees no such answer."""
    answers = SuggestionAnswer.objects.select_related("citizen", "offer")
    answer = answers.filter(pk=key).first()
    return AnswerLine(answer, _chosen(answer)) if answer else None


def suggestions_of(
    cases: CaseQuerySet, on: date, limit: int, after: UUID | None = None
) -> list[SuggestionLine]:
    """Give what waits for an answer in some cases, in the plan's order of work.

    Whoever is suggested no more than these pages waits for no answer.

    Args:
        cases: whose.
        on: the day; none is given where no ground for profiling holds.
        limit: at most so many.
        after: the suggestion that the page before ended with.
    """
    if mode_on(on) != Mode.JUDGEMENT:
        return []
    mine = _placed(_shown()).unanswered().filter(citizen__in=cases.values("citizen_id"))
    # What a person chose before runs on, and is not asked about anew.
    waiting = mine.exclude(effort=SELF_SERVICE).exclude(reasons__contains=["chosen"])
    last = _placed(Suggestion.objects.filter(pk=after)).first() if after else None
    if last is not None:
        waiting = waiting.filter(Q(place__gt=last.place) | Q(place=last.place, pk__gt=after))
    found = waiting.select_related("citizen", "offer").order_by("place", "pk")
    return [SuggestionLine(each) for each in found[:limit]]


def work_order(cases: CaseQuerySet, limit: int, after: int = 0) -> list[TurnLine]:
    """Give whose turn it is in some cases by the plan that holds; no gain is in it.

    Args:
        cases: whose.
        limit: at most so many.
        after: the place that the page before ended with.
    """
    lines = WorkLine.objects.filter(
        run__in=CurrentRun.objects.values("run"),
        citizen__in=cases.values("citizen_id"),
        place__gt=after,
    ).select_related("citizen")
    return [
        TurnLine(each.citizen, each.place, in_words(each.reasons))
        for each in lines.order_by("place", "pk")[:limit]
    ]


def studies_behind(line: SuggestionLine, on: date) -> tuple[Study, ...]:
    """Give the studies behind a suggestion: those it rests on, then others of the same effort."""
    named = [study_of(code) for code in line.suggestion.reasons]
    kind = next((e.kind for e in evidence().efforts if e.id == line.option.effort), "")
    groups = tuple(group for group in _groups(line.citizen, on) if group)
    others = studies_of(kind, groups) if kind in KINDS else ()
    return tuple(dict.fromkeys([*(study for study in named if study), *others]))


def what_a_week_is(citizen: Citizen, on: date) -> str:
    """Say what a week in work is a week of for a citizen's target group; "" without a group."""
    words = [said(evidence().outcome(group).words) for group in _groups(citizen, on)[:1]]
    return "".join(words)


def choices_for(citizen: Citizen, on: date) -> list[Option]:
    """Give what may be chosen for a citizen: nothing they have said no to, nothing closed to them.

    An effort may be open only to those who bear a mark; an offer may be meant for other groups.
    """
    nos: set[Any] = set(
        OwnNo.objects.standing().filter(citizen=citizen).values_list("effort", "offer")
    )
    flags = set(flags_of(citizen, on).values_list("detail", flat=True))
    table = evidence()
    efforts = zip(table.efforts, table.open_to(flags), strict=True)
    is_open = {effort.id: opened for effort, opened in efforts}
    groups = set(_groups(citizen, on))
    return [
        option
        for option in options_on(on)
        if is_open.get(option.effort, True)
        and (option.is_right or (option.effort, None) not in nos)
        and (option.effort, option.offer and option.offer.pk) not in nos
        and (option.offer is None or not option.offer.groups or groups & {*option.offer.groups})
    ]


def may_be_refused(citizen: Citizen, on: date) -> list[Option]:
    """Give what a citizen may say no to: help that is no right, and that they have not refused."""
    return [each for each in choices_for(citizen, on) if each.is_help and not each.is_right]


def _shown() -> SuggestionQuerySet:
    """What the plan that holds suggests, but nothing to whoever objects or has said no to it."""
    objects = (
        Entry.objects.standing()
        .of_kind(Kind.OBJECTION)
        .filter(citizen=OuterRef("citizen"), detail=PROFILING)
    )
    about = Q(offer__isnull=True) | Q(offer=OuterRef("offer"))
    nos = OwnNo.objects.standing().filter(
        about, citizen=OuterRef("citizen"), effort=OuterRef("effort")
    )
    return Suggestion.objects.current().filter(~Exists(objects), ~Exists(nos))


def _placed(suggestions: SuggestionQuerySet) -> Any:  # with a place of its own
    lines = WorkLine.objects.filter(run=OuterRef("run"), citizen=OuterRef("citizen"))
    return suggestions.annotate(place=Coalesce(Subquery(lines.values("place")[:1]), Value(LAST)))


def _chosen(answer: SuggestionAnswer) -> Option | None:
    return Option(answer.effort, answer.offer) if answer.effort else None


def _others(suggestion: Suggestion) -> tuple[Expected, ...]:
    told: list[Mapping[str, Any]] = suggestion.others
    keys = [each["offer"] for each in told if each.get("offer")]
    offers = {str(key): offer for key, offer in Offer.objects.in_bulk(keys).items()}
    return tuple(_expected(each, offers) for each in told)


def _expected(told: Mapping[str, Any], offers: Mapping[str, Offer]) -> Expected:
    option = Option(told["effort"], offers.get(str(told.get("offer"))))
    return Expected(option, Gain(told["gain_weeks"], told["low"], told["high"]))


def _groups(citizen: Citizen, on: date) -> list[str]:
    found: Iterable[str] = (
        citizen.spells.on(on).order_by("-starts_on", "-pk").values_list("target_group", flat=True)
    )
    return list(found)
