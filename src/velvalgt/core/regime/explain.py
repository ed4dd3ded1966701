"""Explanations: why a duty or right is what it is, as codes and parameters, and in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from velvalgt.core.calendar import Span
from velvalgt.core.frames import vocabulary
from velvalgt.core.regime.parts import Language, Stated, Texts
from velvalgt.core.regime.schema import Clock, ClockPart, Dispensation, Rule
from velvalgt.core.regime.shapes import OutOfScopeList


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is said: what it is about, the words, and the page that was read for it."""

    code: str
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one citizen and rule; the row of duties with what was counted.

    `opened` names the dispensations that open the forms of today.
    """

    since: date
    opens: date
    due: date | None
    status: str
    reason: str
    group: str
    required: int
    done: int
    actor: str
    forms: tuple[str, ...]
    opened: tuple[str, ...]
    span: Span | None
    counted: tuple[date, ...]

    @property
    def is_moved(self) -> bool:
        """Whether the last day is another than the span after the start, or out of sight."""
        return self.span is not None and self.due != _plain_due(self.since, self.span)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A duty or a right explained (begrundelse): asked what, by when, why, counted how, unless.

    `finding` is None where the rule gives this citizen no row today, such as a right that has not
    been used: what it says, its source and its doubt stand all the same.
    """

    rule: Rule
    clocks: tuple[Clock, ...]
    exempts: tuple[Rule, ...]
    ages: tuple[Rule, ...]
    dispensations: tuple[Dispensation, ...]
    finding: Finding | None

    @property
    def is_right(self) -> bool:
        """Whether it is a right rather than a duty."""
        return self.rule.is_right

    @property
    def unverified(self) -> bool:
        """Whether something in the rule has not been read in the law itself."""
        return self.rule.unverified

    def lines(self, language: Language) -> tuple[Line, ...]:
        """The explanation, a line for each thing it says.

        Args:
            language: da or en.

        Returns:
            Lines with codes asked, right, status, deadline, form, counting, counted, exempts,
            exempt (one for each ground), source, doubt, then the dispensations that bear on it as
            dispensation and doubt; those that do not apply are left out.
        """
        said = [Line("asked", self.rule.text.text(language))]
        if self.is_right:
            said.append(Line("right", _say("right", language)))
        if self.finding is not None:
            said += _found(self, self.finding, language)
        if self.exempts:
            said.append(Line("exempts", _say("exempts", language)))
            named = _names(self.exempts, self.finding)
            said += [Line("exempt", name.text(language)) for name in named]
        source = self.rule.source
        said.append(Line("source", _say("source", language, source=source), source.url))
        said += _doubted(self.rule, language)
        for each in self.dispensations:
            if _is_told(each, self.finding):
                said += _dispensed(each, language)
        return tuple(line for line in said if line.text)

    def text(self, language: Language) -> str:
        """The whole explanation as plain text, a line each."""
        return "\n".join(line.text for line in self.lines(language))


def _found(why: Explanation, finding: Finding, language: Language) -> list[Line]:
    said = [Line("status", _reason(why, finding, language))]
    if finding.due is not None:
        said.append(Line("deadline", _deadline(finding, language)))
    if finding.forms and finding.status in ("upcoming", "overdue", "left_out"):
        choice = "form" if len(finding.forms) == 1 else "choice"
        said.append(Line("form", _say(choice, language, forms=_forms(finding.forms, language))))
    if finding.due is not None:
        said.append(Line("counting", _counting(finding, why.clocks, language)))
    dates = _joined([_day(day, language) for day in finding.counted], "and", language)
    key = "counted" if finding.counted else "none_counted"
    counted = _say(key, language, done=len(finding.counted), dates=dates)
    needed = _say("needed", language, required=finding.required)
    return [*said, Line("counted", f"{counted} {needed}")]


def _names(exempts: tuple[Rule, ...], finding: Finding | None) -> list[Texts]:
    """The sentences of the grounds; a list of grounds has one for each that the group can use."""
    names: list[Texts] = []
    for rule in exempts:
        if isinstance(rule.params, OutOfScopeList):
            names += [
                ground.name
                for ground in rule.params.grounds
                if finding is None or not ground.groups or finding.group in ground.groups
            ]
        else:
            names.append(rule.name)
    return names


def _ground(exempts: tuple[Rule, ...], reason: str) -> Texts | None:
    """The sentence of the ground that a reason names."""
    for rule in exempts:
        if isinstance(rule.params, OutOfScopeList):
            for ground in rule.params.grounds:
                if ground.detail == reason:
                    return ground.name
        elif rule.id == reason:
            return rule.name
    return None


def _reason(why: Explanation, finding: Finding, language: Language) -> str:
    reason = finding.reason
    ground = _ground(why.exempts, reason)
    if ground is not None:
        return f"{_say('exempt', language)} {ground.text(language)}"
    limit = next((rule for rule in why.ages if rule.id == reason), None)
    if limit is not None:
        return f"{_say('aged', language)} {limit.name.text(language)}"
    if finding.status == "suspended":
        return _say("suspended", language)
    flag = next((word for word in vocabulary("flag") if word.word == reason), None)
    if flag is not None:
        return _say("flag", language, flag=getattr(flag, language))
    template = _texts()["reason"][reason]
    if template is None:
        return ""
    opens, since = _day(finding.opens, language), _day(finding.since, language)
    return str(template[language].format(opens=opens, since=since))


def _is_told(dispensation: Dispensation, finding: Finding | None) -> bool:
    """Whether a dispensation bears on what was found: it lifts the duty, or opens a form now."""
    if finding is None:
        return False
    if dispensation.effect == "form_relaxed":
        return dispensation.id in finding.opened
    if dispensation.effect == "clock_excluded":
        return finding.is_moved and _overlaps(dispensation, finding)
    return finding.reason == dispensation.id


def _overlaps(dispensation: Dispensation, finding: Finding) -> bool:
    end = dispensation.valid_to
    due = finding.due or date.max
    return dispensation.valid_from <= due and (end is None or finding.since < end)


def _dispensed(dispensation: Dispensation, language: Language) -> list[Line]:
    instrument = _say("instrument", language, source=dispensation.source)
    text = f"{dispensation.text.text(language)} {instrument}"
    told = Line("dispensation", text, dispensation.source.url)
    return [told, *_doubted(dispensation, language)]


def _doubted(stated: Stated, language: Language) -> list[Line]:
    if stated.caveat is None:
        return []
    return [Line("doubt", f"{_say('doubt', language)} {stated.caveat.text(language)}")]


def _deadline(finding: Finding, language: Language) -> str:
    assert finding.due is not None  # noqa: S101 the caller asks only where there is a day
    deadline = _say("deadline", language, due=_day(finding.due, language))
    since = _day(finding.since, language)
    if finding.span is not None and not finding.is_moved:
        span = _say("span", language, span=_span(finding.span, language), since=since)
    else:
        span = _say("moved", language, since=since)
    return f"{deadline} {span}"


def _plain_due(since: date, span: Span) -> date:
    due: date = span.after(np.array([since], dtype="datetime64[D]"))[0].item()
    return due


def _counting(finding: Finding, clocks: tuple[Clock, ...], language: Language) -> str:
    said = []
    for clock in clocks:
        if finding.group in clock.groups:
            parts = [part for part in clock.parts if _concerns(part, finding)]
            said += [clock.text.text(language), *(part.text.text(language) for part in parts)]
    return " ".join(said)


def _concerns(part: ClockPart, finding: Finding) -> bool:
    """A reset is told to nobody who did not pass it; where the time starts, to all."""
    return finding.group in part.groups and not part.restarts_from and not part.restarts_at


def _forms(forms: tuple[str, ...], language: Language) -> str:
    names = {word.word: getattr(word, language) for word in vocabulary("form")}
    return _joined([names[form] for form in forms], "or", language)


def _joined(items: list[str], key: str, language: Language) -> str:
    link: str = _texts()[key][language]
    return link.join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def _day(day: date, language: Language) -> str:
    texts = _texts()
    month = texts["months"][language][day.month - 1]
    return str(texts["day"][language].format(day=day.day, month=month, year=day.year))


def _span(span: Span, language: Language) -> str:
    number = "one" if span.count == 1 else "many"
    return f"{span.count} {_texts()['units'][span.unit][number][language]}"


def _say(key: str, language: Language, **parameters: object) -> str:
    return str(_texts()[key][language].format(**parameters))


@cache
def _texts() -> dict[str, Any]:
    path = Path(__file__).with_name("texts.yaml")
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content
