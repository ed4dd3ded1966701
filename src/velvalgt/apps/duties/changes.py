"""What a dispensation changes: the duties of all whom one may see, with it and without it."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.utils.translation import gettext as _

from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.services import trace
from velvalgt.apps.duties import frames
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.dispensations import Draft
from velvalgt.apps.duties.dispensations import amended as amended_by
from velvalgt.apps.duties.law import amended, book
from velvalgt.apps.duties.models import Dispensation
from velvalgt.apps.people.choices import Form
from velvalgt.core.regime import OVER, LawBook, Rule

KEY = ["person_id", "rule_id", "since"]
COMPARED = ["status", "due", "forms"]


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which a rule's duties change, and for how many citizens."""

    rule: Rule
    before: str
    after: str
    citizens: int


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changes (hvad der ændrer sig), reckoned for a day with what is known today.

    The numbers count duties; `most_days` is the most that a last day moves. What a duty is, is
    compared where there is one with and without; one that is there only with, or only without, is
    a line of its own.
    """

    on: date
    statuses: tuple[Change, ...]
    forms: tuple[Change, ...]
    days: tuple[Change, ...]
    come: int
    go: int
    paused: int
    wider: int
    moved: int
    most_days: int
    citizens: int


def what_would_change(draft: Draft, on: date, *, at: datetime) -> Changes:
    """Reckon what a draft would change on the working day, or on its first day if that is later.

    The log tells that it was done, and over how many citizens.

    Raises:
        pydantic.ValidationError: it cannot hold as it is.
        velvalgt.core.regime.LawError: it names what the book does not have.
    """
    law = book()
    return _difference(law, law.amended([draft.as_law()]), max(on, draft.first_day), at)


def what_it_does(given: Dispensation, on: date, *, at: datetime) -> Changes:
    """Reckon what a recorded dispensation changes: now that it holds, or once it is confirmed."""
    others = Dispensation.objects.in_effect().exclude(pk=given.pk)
    without = amended(others)
    with_it = amended_by(without, [(given.key, given.draft)])
    return _difference(without, with_it, max(on, given.first_day), at)


def _difference(one: LawBook, other: LawBook, on: date, at: datetime) -> Changes:
    facts = frames.facts_of(None)
    trace(action=Action.RUN, what="duties_preview", at=at, count=facts.people.height)
    before, after = (_duties(law, facts, on) for law in (one, other))
    come, go = _only_in(after, before), _only_in(before, after)
    pairs = before.join(after, on=KEY, suffix="_after")
    changed = pairs.filter(pl.any_horizontal(_differs(name) for name in COMPARED)).with_columns(
        shift=(pl.col("due_after") - pl.col("due")).dt.total_days()
    )
    paused = (pl.col("status_after") == Status.SUSPENDED) & (pl.col("status") != Status.SUSPENDED)
    wider = changed.filter(_differs("forms"))
    moved = changed.filter(_differs("due"))
    return Changes(
        on=on,
        statuses=_statuses(one, changed, come, go),
        forms=_counted(one, wider, "forms"),
        days=_by_most_days(one, moved),
        come=come.height,
        go=go.height,
        paused=changed.filter(paused).height,
        wider=wider.height,
        moved=moved.height,
        most_days=_most(moved),
        citizens=pl.concat([each["person_id"] for each in (changed, come, go)]).n_unique(),
    )


def _duties(law: LawBook, facts: frames.Facts, on: date) -> pl.DataFrame:
    return law.duties(facts.people, facts.spells, facts.events, on).select(
        pl.col("person_id", "since", "due"),
        pl.col("rule_id", "status").cast(pl.String),
        pl.col("forms").cast(pl.List(pl.String)).list.join(","),
    )


def _only_in(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """The duties of one that the other does not have at all, and that are not over."""
    is_open = ~pl.col("status").is_in([*OVER])
    return one.join(other, on=KEY, how="anti").filter(is_open)


def _differs(name: str) -> pl.Expr:
    return pl.col(name).ne_missing(pl.col(f"{name}_after"))


def _statuses(
    law: LawBook, changed: pl.DataFrame, come: pl.DataFrame, go: pl.DataFrame
) -> tuple[Change, ...]:
    """How duties stand otherwise, and those that are asked only with it or only without it."""
    nothing = pl.lit(None, pl.String)
    rows = [
        changed.filter(_differs("status")).select("person_id", "rule_id", "status", "status_after"),
        come.select("person_id", "rule_id", nothing.alias("status"), status_after="status"),
        go.select("person_id", "rule_id", "status", nothing.alias("status_after")),
    ]
    return _counted(law, pl.concat(rows), "status")


def _counted(law: LawBook, rows: pl.DataFrame, name: str) -> tuple[Change, ...]:
    words = _status if name == "status" else _forms
    grouped = (
        rows.group_by("rule_id", name, f"{name}_after")
        .agg(pl.col("person_id").n_unique())
        .sort("rule_id", "person_id", name, descending=[False, True, False], nulls_last=True)
    )
    return tuple(
        Change(law.rule(rule_id), words(before), words(after), citizens)
        for rule_id, before, after, citizens in grouped.iter_rows()
    )


def _by_most_days(law: LawBook, rows: pl.DataFrame) -> tuple[Change, ...]:
    """Each rule's moved last days; `after` is the most days that one moves."""
    grouped = (
        rows.group_by("rule_id")
        .agg(pl.col("shift").max().fill_null(0), pl.col("person_id").n_unique())
        .sort("rule_id")
    )
    return tuple(
        Change(law.rule(rule_id), "", str(days), citizens)
        for rule_id, days, citizens in grouped.iter_rows()
    )


def _most(rows: pl.DataFrame) -> int:
    most = rows["shift"].max()
    return most if isinstance(most, int) else 0


def _status(word: str | None) -> str:
    return str(Status(word).label) if word else _("is not asked")


def _forms(words: str | None) -> str:
    named = [str(Form(word).label) for word in (words or "").split(",") if word]
    return " · ".join(named) or _("no form is named")
