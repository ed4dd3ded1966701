"""Duties and ledgers as a page shows them, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Actor
from velvalgt.apps.duties.law import Explained, Story, book, language
from velvalgt.apps.duties.models import Duty, Ledger
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Citizen
from velvalgt.core.calendar import DAY, add_months
from velvalgt.core.regime.schema import Rule

LAST_MONTH_OF_FIRST_HALF = 6


@dataclass(frozen=True)
class DutyLine:
    """A duty or a right as a page shows it, in the reader's language."""

    duty: Duty
    rule: Rule
    story: Story

    @property
    def title(self) -> str:
        """The rule's short name."""
        return self.rule.name.text(language())

    @property
    def sentence(self) -> str:
        """What is asked, in one sentence."""
        return self.rule.text.text(language())

    @property
    def is_right(self) -> bool:
        """Whether it is a right, not a duty."""
        return self.rule.is_right

    @property
    def is_ours(self) -> bool:
        """Whether the municipality has a part in it; the a-kasse owes the others alone."""
        return self.duty.actor != Actor.A_KASSE

    @property
    def is_quota(self) -> bool:
        """Whether only a ledger can fail it."""
        return self.rule.is_quota

    @property
    def days_left(self) -> int | None:
        """Days until the last day; negative once it has passed."""
        return (self.duty.due - self.story.on).days if self.duty.due else None

    @property
    def forms(self) -> list[Form]:
        """The forms that it may be met in."""
        return [Form(form) for form in self.duty.forms.split(",") if form]

    @cached_property
    def explanation(self) -> Explained:
        """Why it is so; reckoned only when asked for."""
        return self.story.explained(self.duty.rule_id)


@dataclass(frozen=True)
class WorkLine:
    """A line of the worklist: who, and what waits."""

    citizen: Citizen
    line: DutyLine


@dataclass(frozen=True)
class LedgerLine:
    """A cohort of a ledger as a page shows it."""

    ledger: Ledger

    @property
    def title(self) -> str:
        """The ledger's name."""
        return book().ledger_rules[self.rule_key].name.text(language())

    @property
    def definition(self) -> str:
        """What is counted, of whom."""
        return book().ledger_rules[self.rule_key].text.text(language())

    @property
    def caveat(self) -> str:
        """What was not read, and which reading is in use."""
        return book().ledger_rules[self.rule_key].caveat.text(language())

    @property
    def rule_key(self) -> str:
        """The ledger's id in the book; per-group readings add the group."""
        return self.ledger.ledger.partition(":")[0]

    @property
    def is_by_due_day(self) -> bool:
        """Whether people are counted with those whose last day lies in the same half-year."""
        return "-H" in self.ledger.cohort

    @property
    def cohort(self) -> str:
        """The cohort's name: the month in which they began, or the half-year of their last day."""
        year, *rest = self.ledger.cohort.split("-H")
        if rest:
            first, second = _("first half of %(year)s"), _("second half of %(year)s")
            return (first if rest == ["1"] else second) % {"year": year}
        return format_date(self._first_day, "F Y")

    @property
    def told_apart_by(self) -> str:
        """The cohort in words: who is in it."""
        told = _("Last day in %(cohort)s") if self.is_by_due_day else _("Began in %(cohort)s")
        return told % {"cohort": self.cohort}

    @property
    def _first_day(self) -> date:
        year, *rest = self.ledger.cohort.split("-H")
        if rest:
            return date(int(year), 1 if rest == ["1"] else 7, 1)
        return date.fromisoformat(f"{self.ledger.cohort}-01")

    @property
    def closes_on(self) -> date:
        """The last day on which the cohort's last can be covered; work in between adds to it."""
        last_start = _last_of_months(self._first_day, 6 if self.is_by_due_day else 1)
        if self.is_by_due_day:
            return last_start
        rules = [rule for rule in book().rules if rule.is_quota]
        spans = [r.params.inner.closes for r in rules if r.params.ledger == self.rule_key]
        start = np.array([last_start], dtype=DAY)
        closing: date = max(span.after(start)[0].item() for span in spans)
        return closing

    @property
    def is_open(self) -> bool:
        """Whether somebody in it can still be covered in time."""
        return self.ledger.forecast > self.ledger.share

    @property
    def is_kept(self) -> bool:
        """Whether the share is met, or will be if nothing changes."""
        return self.ledger.forecast >= self.ledger.min_share

    @property
    def room_after_one(self) -> int:
        """The room when one more is left out; below 0 the share can no longer be met."""
        return self.ledger.room - 1

    @property
    def forecast_after_one(self) -> float:
        """The share at the end when one more is left out and all else in time is held."""
        return self.ledger.forecast - 1 / self.ledger.population

    @property
    def has_room(self) -> bool:
        """Whether one more may be left out without failing the share."""
        return self.ledger.room > 0


def cohort_of(ledger: str, since: date, due: date | None) -> str:
    """The cohort of a ledger in which a duty is counted (kohorte)."""
    if book().ledger_rules[ledger].cohort == "start_month" or due is None:
        return f"{since:%Y-%m}"
    return f"{due:%Y}-H{1 if due.month <= LAST_MONTH_OF_FIRST_HALF else 2}"


def _last_of_months(first: date, months: int) -> date:
    """The last day of some whole months that begin on a day."""
    end = add_months(np.array([first], dtype=DAY), months) - np.timedelta64(1, "D")
    last: date = end[0].item()
    return last
