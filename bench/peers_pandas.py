"""The K2 minimum and first interview in pandas, as an analyst who knows pandas well writes them.

No row is visited alone: sorts, shifts, one asof merge, one merge with the interviews, one sum.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import polars as pl

MINIMUM, FIRST = "k2_min4_in_6mt", "k2_first_within_1w"
LEAST, MONTHS, DAYS = 4, 6, 7
IN_FORCE = pd.Timestamp("2024-01-01"), pd.Timestamp("2026-07-01")
RULES = [MINIMUM, FIRST]
SOURCES = ["LAB § 31(3), lov 727/2023", "LAB § 31(5), lov 727/2023"]
FORMS = ["in_person", "in_person, phone, video"]
STATUSES = ["met", "upcoming", "overdue", "exempt", "lapsed"]
COUNTS = ["done", "so_far", "first_done", "first_so_far", "seen_any"]
MINIMUM_ONLY = ["due", "done", "so_far", "seen_any", "exempt_on_due"]
EDUCATION, JOB = ["G4", "G5"], ["G2", "G3"]
BY_CONTACT = [*JOB, *EDUCATION]
TIMED = [*BY_CONTACT, "G7", "G8", "G9", "G10"]
NEVER = pd.Timestamp("9999-12-31").as_unit("s")
# The grounds of LAB § 106, and after how many days each stops lifting the duty.
HORIZON = {
    "exempt_leaving_within_6w": 43,
    "exempt_layoff_weather": None,
    "exempt_work_sharing": None,
    "exempt_study_within_6w": 43,
}
GROUNDS = list(HORIZON)
REASONS = ["held", "waiting", "exemption_ended", "passed", "held_late", "spell_ended", *GROUNDS]


def converted(frame: pl.DataFrame) -> pd.DataFrame:
    """A frame of ours for pandas: words as categories, days as datetime64."""
    return pd.DataFrame({column.name: _converted(column) for column in frame})


def duties(spells: pd.DataFrame, events: pd.DataFrame, on: date) -> pd.DataFrame:
    """What the two rules ask on a day, with the columns and the order of our own answer.

    Args:
        spells: the spells, converted.
        events: the events, converted.
        on: the day.

    Returns:
        person_id, rule_id, since, municipality, group, status, due, required, done, actor, forms,
        reason, source; a row for each case and rule.
    """
    today = pd.Timestamp(on).as_unit("s")
    events = events[events["on"] <= today]
    found = cases(spells, events, today)
    found = found.join(_counted(found, events)).join(_lifted(found, events, today))
    found[COUNTS] = found[COUNTS].fillna(0).astype(int)
    owes = found["group"].ne("G9") | found["benefit"].eq("ledighedsydelse")
    first = found[found["group"].isin(BY_CONTACT)].drop(columns=MINIMUM_ONLY)
    first = first.rename(columns=lambda name: name.removeprefix("first_"))
    answers = [_answered(found[owes], 0, today), _answered(first.assign(seen_any=0), 1, today)]
    rows = pd.concat(answers, ignore_index=True)
    return rows.sort_values(["person_id", "rule", "since"], ignore_index=True).pipe(_worded)


def cases(spells: pd.DataFrame, events: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The runs on the clock of LAB § 9 that fall under K2, with both due days.

    Args:
        spells: the spells, converted.
        events: the events until today, converted.
        today: the day.

    Returns:
        person_id, group, benefit, municipality, seen, end, since, due, first_due.
    """
    runs = _runs(spells[(spells["start"] <= today) & spells["group"].isin(TIMED)])
    runs["since"] = _since(runs, events)
    runs = runs[(runs["since"] >= IN_FORCE[0]) & (runs["since"] < IN_FORCE[1])]
    return runs.assign(
        due=runs["since"] + pd.DateOffset(months=MONTHS),
        first_due=runs["since"] + pd.Timedelta(days=DAYS),
    )


def interviews(events: pd.DataFrame) -> pd.DataFrame:
    """Interviews: whether the municipality held each, alone or jointly, and as a first one.

    Args:
        events: the events, converted.

    Returns:
        person_id, on, counts, as_first.
    """
    held = events[events["kind"].eq("interview")]
    counts, form = held["actor"].isin(["municipality", "joint"]), held["form"]
    as_first = form.eq("in_person") | form.isna() | held["detail"].eq("form_exception")
    return held[["person_id", "on"]].assign(counts=counts, as_first=counts & as_first)


def exemptions(found: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Exemptions of the cases, with the end that the law gives them at the latest.

    Args:
        found: the cases.
        events: the events, converted.

    Returns:
        case, on, until, ground, due, first_due; the ground is a number.
    """
    lifts = events[events["kind"].eq("exemption") & events["detail"].isin(GROUNDS)]
    lifts = lifts[["person_id", "on", "until", "detail"]]
    ground = lifts["detail"].cat.set_categories(GROUNDS).cat.codes
    days = ground.map(dict(enumerate(HORIZON.values()))).astype(float)
    latest = (lifts["on"] + pd.to_timedelta(days, unit="D").dt.as_unit("s")).fillna(NEVER)
    until = lifts["until"].fillna(NEVER)
    lifts = lifts.assign(until=until.where(until < latest, latest), ground=ground)
    windows = found[["person_id", "group", "due", "first_due"]].rename_axis("case").reset_index()
    lifts = windows.merge(lifts, on="person_id")
    study = lifts["detail"].eq("exempt_study_within_6w") & lifts["group"].isin(EDUCATION)
    return lifts[~study]


def _converted(column: pl.Series) -> object:
    if column.dtype == pl.Date:
        return column.to_numpy().astype("datetime64[s]")
    if column.dtype == pl.String:
        column = column.cast(pl.Enum(column.drop_nulls().unique().sort()))
    if isinstance(column.dtype, pl.Enum):
        codes = column.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
        return pd.Categorical.from_codes(codes, list(column.dtype.categories))
    return column.to_numpy()


def _runs(spells: pd.DataFrame) -> pd.DataFrame:
    """Unbroken spells on one benefit; a course of G10 goes on across benefits."""
    line = spells["benefit"].cat.codes.where(spells["group"] != "G10", -1)
    spells = spells.assign(line=line, end=spells["end"].fillna(NEVER))
    spells = spells.sort_values(["person_id", "line", "start"], kind="stable", ignore_index=True)
    keys = spells[["person_id", "line"]]
    other = keys.ne(keys.shift()).any(axis=1)
    reached = spells["end"].groupby(other.cumsum()).cummax().shift()
    moved = spells["group"].isin(EDUCATION).shift(fill_value=False) & spells["group"].isin(JOB)
    begins = other | (spells["start"] > reached) | moved
    last = spells[begins.shift(-1, fill_value=True)]
    return pd.DataFrame(
        {
            "person_id": last["person_id"].array,
            "group": last["group"].array,
            "benefit": last["benefit"].array,
            "municipality": last["municipality"].array,
            "seen": spells.loc[begins, "start"].array,
            "end": spells["end"].groupby(begins.cumsum()).max().array,
        }
    )


def _since(runs: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """The last first contact at or before the run, but not from before the run before ended."""
    in_order = runs.sort_values(["person_id", "seen"], kind="stable")
    ended_before = in_order.groupby("person_id")["end"].shift().reindex(runs.index)
    contacts = events.loc[events["kind"] == "first_contact", ["person_id", "on"]]
    contact = pd.merge_asof(
        runs[["person_id", "seen"]].reset_index().sort_values("seen"),
        contacts.sort_values("on"),
        left_on="seen",
        right_on="on",
        by="person_id",
    )
    contact = contact.set_index("index")["on"].reindex(runs.index)
    own = ended_before.isna() | (contact >= ended_before) | (contact == runs["seen"])
    return contact.where(own & runs["group"].isin(BY_CONTACT)).fillna(runs["seen"])


def _counted(found: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """For each case the interviews since its start, in each window and until today."""
    windows = found[["person_id", "since", "due", "first_due"]].rename_axis("case").reset_index()
    held = windows.merge(interviews(events), on="person_id")
    held = held[held["on"] >= held["since"]]
    counts = {
        "done": held["counts"] & (held["on"] <= held["due"]),
        "so_far": held["counts"],
        "seen_any": held["on"].notna(),
        "first_done": held["as_first"] & (held["on"] <= held["first_due"]),
        "first_so_far": held["as_first"],
    }
    return pd.DataFrame(counts).groupby(held["case"]).sum()


def _lifted(found: pd.DataFrame, events: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """For each case the first ground that lifts it today, and whether one did on the due days."""
    lifts = exemptions(found, events)
    on, until = lifts["on"], lifts["until"]
    holds = {
        "exempt_on_due": (on <= lifts["due"]) & (until > lifts["due"]),
        "first_exempt_on_due": (on <= lifts["first_due"]) & (until > lifts["first_due"]),
    }
    then = pd.DataFrame(holds).groupby(lifts["case"]).any().reindex(found.index, fill_value=False)
    now = lifts[until > today].groupby("case")["ground"].min().reindex(found.index, fill_value=-1)
    return then.assign(ground=now)


def _answered(found: pd.DataFrame, rule: int, today: pd.Timestamp) -> pd.DataFrame:
    """The status of each case under one rule: the first that holds stands."""
    least = LEAST if RULES[rule] == MINIMUM else 1
    passed = found["due"] < today
    exempt = found["ground"] >= 0
    verdicts = [
        (found["done"] >= least, "met", "held"),
        (exempt, "exempt", GROUNDS[0]),
        (found["end"] <= today, "lapsed", "spell_ended"),
        (passed & (found["so_far"] >= least), "lapsed", "held_late"),
        (passed & found["exempt_on_due"], "upcoming", "exemption_ended"),
        (passed, "overdue", "passed"),
        (pd.Series(True, found.index), "upcoming", "waiting"),
    ]
    verdict = np.select([holds for holds, _, _ in verdicts], range(len(verdicts)))
    status = np.array([STATUSES.index(word) for _, word, _ in verdicts])[verdict]
    reason = np.array([REASONS.index(word) for _, _, word in verdicts])[verdict]
    comes_back = reason == REASONS.index("exemption_ended")
    answered = found[["person_id", "since", "municipality", "group", "done"]]
    return answered.assign(
        rule=rule,
        required=least,
        status=status,
        reason=reason + np.where(status == STATUSES.index("exempt"), found["ground"], 0),
        forms=(found["seen_any"] > 0).astype(int),
        # When a duty returns after an exemption the law must say, so it has no day then.
        due=found["due"].where(~comes_back),
    )


def _worded(rows: pd.DataFrame) -> pd.DataFrame:
    """Numbers as words, and what is the same for all."""
    rule = rows["rule"]
    return rows.assign(
        rule_id=pd.Categorical.from_codes(rule, RULES),
        source=pd.Categorical.from_codes(rule, SOURCES),
        status=pd.Categorical.from_codes(rows["status"], STATUSES),
        reason=pd.Categorical.from_codes(rows["reason"], REASONS),
        forms=pd.Categorical.from_codes(rows["forms"], FORMS),
        actor=pd.Categorical.from_codes(np.zeros(len(rows), int), ["municipality"]),
    ).drop(columns="rule")
