"""The K2 minimum and first interview in pandas, as an analyst who knows pandas well writes them.

No row is visited alone: sorts, shifts, one asof merge, one merge with the interviews and one with
the exemptions; what is numbered by case is then counted and looked up in arrays.
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
COMMON = ["person_id", "municipality", "end", "since"]
EDUCATION, JOB = ["G4", "G5"], ["G2", "G3"]
BY_CONTACT = [*JOB, *EDUCATION]
TIMED = [*BY_CONTACT, "G7", "G8", "G9", "G10"]
EVER = pd.Timestamp("1900-01-01").as_unit("s")
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
    held, lifts = held_by_case(found, events), exemptions(found, events)
    answers = [_answered(found, rule, held, lifts, today) for rule in range(len(RULES))]
    rows = pd.concat(answers, ignore_index=True)
    return rows.sort_values(["person_id", "rule", "since"], ignore_index=True).pipe(_worded)


def cases(spells: pd.DataFrame, events: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """The runs on the clock of LAB § 9 that fall under K2, with each rule's due day and group.

    Args:
        spells: the spells, converted.
        events: the events until today, converted.
        today: the day.

    Returns:
        person_id, municipality, end, since, and for each rule due, group and benefit with the
        rule's number; the index is the number of the case.
    """
    spells, begins = _in_runs(spells, today)
    runs = _runs(spells, begins)
    since = _since(runs, events)
    runs["since"] = since
    dues = [since + pd.DateOffset(months=MONTHS), since + pd.Timedelta(days=DAYS)]
    for rule, due in enumerate(dues):
        deciding = _spells_on(spells["start"].to_numpy(), begins, due.to_numpy())
        runs[f"due_{rule}"] = due
        for name in ("group", "benefit"):
            runs[f"{name}_{rule}"] = spells[name].array[deciding]
    return runs[(since >= IN_FORCE[0]) & (since < IN_FORCE[1])].reset_index(drop=True)


def concerned(found: pd.DataFrame, rule: int) -> pd.Series:
    """Whether each case is in a group, on a benefit, that the rule asks something of."""
    group = found[f"group_{rule}"]
    if RULES[rule] == FIRST:
        return group.isin(BY_CONTACT)
    return group.ne("G9") | found[f"benefit_{rule}"].eq("ledighedsydelse")


def held_by_case(found: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Interviews since the start of each case, and which the municipality held as a first one.

    Args:
        found: the cases.
        events: the events, converted.

    Returns:
        case, on, and whether it counts for each rule, as counts_ with the rule's number.
    """
    held = events[events["kind"].eq("interview")]
    counts, form = held["actor"].isin(["municipality", "joint"]), held["form"]
    as_first = form.eq("in_person") | form.isna() | held["detail"].eq("form_exception")
    held = held[["person_id", "on"]].assign(counts_0=counts, counts_1=counts & as_first)
    held = found[["person_id", "since"]].rename_axis("case").reset_index().merge(held)
    return held.loc[held["on"] >= held["since"], ["case", "on", "counts_0", "counts_1"]]


def exemptions(found: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Exemptions of the cases, with the end that the law gives them at the latest.

    Args:
        found: the cases.
        events: the events, converted.

    Returns:
        case, on, until, ground, in order of case and first day; the ground is a number.
    """
    lifts = events[events["kind"].eq("exemption") & events["detail"].isin(GROUNDS)]
    ground = lifts["detail"].cat.set_categories(GROUNDS).cat.codes
    days = ground.map(dict(enumerate(HORIZON.values()))).astype(float)
    latest = (lifts["on"] + pd.to_timedelta(days, unit="D").dt.as_unit("s")).fillna(NEVER)
    until = lifts["until"].fillna(NEVER)
    lifts = lifts[["person_id", "on"]].assign(
        until=until.where(until < latest, latest), ground=ground
    )
    lifts = lifts[lifts["until"] > lifts["on"]]
    lifts = found[["person_id"]].rename_axis("case").reset_index().merge(lifts, on="person_id")
    return lifts.sort_values(["case", "on"], ignore_index=True)


def _converted(column: pl.Series) -> object:
    if column.dtype == pl.Date:
        return column.to_numpy().astype("datetime64[s]")
    if column.dtype == pl.String:
        column = column.cast(pl.Enum(column.drop_nulls().unique().sort()))
    if isinstance(column.dtype, pl.Enum):
        codes = column.to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
        return pd.Categorical.from_codes(codes, list(column.dtype.categories))
    return column.to_numpy()


def _in_runs(spells: pd.DataFrame, today: pd.Timestamp) -> tuple[pd.DataFrame, np.ndarray]:
    """The spells on the clock run by run, and which begin one.

    A run is unbroken spells on one benefit; a course of G10 goes on across benefits.
    """
    spells = spells[(spells["start"] <= today) & spells["group"].notna()]
    spells = spells.assign(end=spells["end"].fillna(NEVER)).sort_values(["person_id", "start"])
    spells = spells.assign(free_from=_free_from(spells))
    spells = spells[spells["group"].isin(TIMED)]
    line = spells["benefit"].cat.codes.where(spells["group"] != "G10", -1)
    spells = spells.assign(line=line)
    spells = spells.sort_values(["person_id", "line"], kind="stable", ignore_index=True)
    keys = spells[["person_id", "line"]]
    other = keys.ne(keys.shift()).any(axis=1)
    reached = spells["end"].groupby(other.cumsum()).cummax().shift()
    moved = spells["group"].isin(EDUCATION).shift(fill_value=False) & spells["group"].isin(JOB)
    return spells, (other | (spells["start"] > reached) | moved).to_numpy()


def _free_from(spells: pd.DataFrame) -> pd.Series:
    """The latest end of the person's spells that began before each; they are in that order."""
    person, start = spells["person_id"], spells["start"]
    another = person.ne(person.shift())
    reached = spells["end"].groupby(person).cummax().shift().mask(another, EVER)
    return reached.mask(~another & start.eq(start.shift())).ffill()


def _runs(spells: pd.DataFrame, begins: np.ndarray) -> pd.DataFrame:
    """A row for each run, from its first spell but for the municipality, its last one's."""
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(begins)) - 1
    runs = spells.iloc[first][["person_id", "group", "start", "free_from"]]
    return runs.reset_index(drop=True).assign(
        municipality=spells["municipality"].array[last],
        end=spells["end"].groupby(begins.cumsum()).max().array,
    )


def _spells_on(start: np.ndarray, begins: np.ndarray, day: np.ndarray) -> np.ndarray:
    """The place of each run's latest spell begun by its day, at least of its first."""
    begun = begins | (start <= day[begins.cumsum() - 1])
    followed = np.append(begun[1:] & ~begins[1:], False)
    return np.flatnonzero(begun & ~followed)


def _since(runs: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """The last first contact at or before the run, but not from before spells before it ended."""
    contacts = events.loc[events["kind"] == "first_contact", ["person_id", "on"]]
    started = runs[runs["group"].isin(BY_CONTACT)]
    contact = pd.merge_asof(
        started[["person_id", "start", "free_from"]].reset_index().sort_values("start"),
        contacts.sort_values("on"),
        left_on="start",
        right_on="on",
        by="person_id",
    ).set_index("index")
    on = contact["on"]
    own = (on >= contact["free_from"]) | (on == contact["start"])
    return on[own].reindex(runs.index).fillna(runs["start"])


def _lifted(found: pd.DataFrame, rule: int, lifts: pd.DataFrame) -> pd.DataFrame:
    """The exemptions that the group of each case can use under a rule, with the case's due day."""
    case = lifts["case"].to_numpy()
    no_study = found[f"group_{rule}"].isin(EDUCATION).to_numpy()[case]
    study = lifts["ground"] == GROUNDS.index("exempt_study_within_6w")
    return lifts.assign(due=found[f"due_{rule}"].to_numpy()[case])[~(study & no_study)]


def _returned(lifts: pd.DataFrame, today: pd.Timestamp, size: int) -> np.ndarray:
    """Who was exempt on the due day until a day that has come; what touches is one exemption."""
    case, on = lifts["case"], lifts["on"]
    reached = lifts["until"].groupby(case).cummax()
    begins = case.ne(case.shift()) | (on > reached.shift())
    ends = begins.shift(-1, fill_value=True).to_numpy()
    whole = lifts[ends].assign(on=on[begins].array, until=reached[ends])
    over = (whole["on"] <= whole["due"]) & (whole["until"] > whole["due"])
    returned = np.zeros(size, bool)
    returned[whole.loc[over & (whole["until"] <= today), "case"]] = True
    return returned


def _answered(
    found: pd.DataFrame,
    rule: int,
    held: pd.DataFrame,
    lifts: pd.DataFrame,
    today: pd.Timestamp,
) -> pd.DataFrame:
    """The duty of each case that one rule concerns, with numbers for words."""
    size, least = len(found), LEAST if RULES[rule] == MINIMUM else 1
    lifts = _lifted(found, rule, lifts)
    counted = held[held[f"counts_{rule}"]]
    day, owed = counted["on"].to_numpy(), found[f"due_{rule}"].to_numpy()
    by_then = np.bincount(counted["case"][day <= owed[counted["case"]]], minlength=size)
    returned = _returned(lifts, today, size) & (by_then < least)
    ground = lifts[lifts["until"] > today].groupby("case")["ground"].min()
    # When a duty returns after an exemption the law must say, so it has no last day then.
    due = found[f"due_{rule}"].mask(returned)
    in_time = day <= due.fillna(today).to_numpy()[counted["case"]]
    rows = found[COMMON].assign(
        group=found[f"group_{rule}"],
        due=due,
        done=np.bincount(counted["case"][in_time], minlength=size),
        so_far=np.bincount(counted["case"], minlength=size),
        ground=ground.reindex(found.index, fill_value=-1),
        returned=returned,
        forms=0,
        rule=rule,
    )
    if RULES[rule] == MINIMUM:
        rows.loc[held["case"].unique(), "forms"] = 1
    return _decided(rows[concerned(found, rule)], least, today)


def _decided(rows: pd.DataFrame, least: int, today: pd.Timestamp) -> pd.DataFrame:
    """The status of each case under one rule: the first that holds stands."""
    passed = rows["due"] < today
    verdicts = [
        (rows["done"] >= least, "met", "held"),
        (rows["end"] <= today, "lapsed", "spell_ended"),
        (rows["ground"] >= 0, "exempt", GROUNDS[0]),
        (rows["returned"], "upcoming", "exemption_ended"),
        (passed & (rows["so_far"] >= least), "lapsed", "held_late"),
        (passed, "overdue", "passed"),
        (pd.Series(True, rows.index), "upcoming", "waiting"),
    ]
    verdict = np.select([holds for holds, _, _ in verdicts], range(len(verdicts)))
    status = np.array([STATUSES.index(word) for _, word, _ in verdicts])[verdict]
    reason = np.array([REASONS.index(word) for _, _, word in verdicts])[verdict]
    return rows.drop(columns=["end", "so_far", "ground", "returned"]).assign(
        required=least,
        status=status,
        reason=reason + np.where(status == STATUSES.index("exempt"), rows["ground"], 0),
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
