"""The K2 minimum and first interview in OpenFisca-core, with variables written for the bench.

OpenFisca knows persons and values by period, but neither spells nor events. So it is given what it
cannot work out, made ready by the pandas peer: a Person for each case, with the day its clock
starts and ends, what its groups mean for each rule, its interviews as so many columns of days, and
its exemptions as columns of first day and end. What is left for OpenFisca are the due days, the
counts and the status.

OpenFisca-core is under AGPL-3.0, so it stays here: nothing in src may import it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from openfisca_core.entities import build_entity
from openfisca_core.model_api import DAY, ETERNITY, Enum, ParameterNode, Variable, select
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from peers_pandas import (
    DAYS,
    EDUCATION,
    FIRST,
    GROUNDS,
    LEAST,
    MINIMUM,
    MONTHS,
    cases,
    concerned,
    exemptions,
    held_by_case,
)

Array = NDArray[Any]
Formula = Callable[..., Array]

PERSON = build_entity("person", "persons", "A citizen on one clock", is_person=True)
LATEST = date(9999, 12, 31)
RULES = {MINIMUM: "min4", FIRST: "first"}


class Status(Enum):
    """The statuses that occur."""

    met = "met"
    upcoming = "upcoming"
    overdue = "overdue"
    exempt = "exempt"
    lapsed = "lapsed"
    not_concerned = "not concerned"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What OpenFisca is given ready-made: arrays by variable, and whose each row is."""

    found: pd.DataFrame
    arrays: dict[str, Array]
    interviews: int
    exemptions: int


def prepared(spells: pd.DataFrame, events: pd.DataFrame, on: date) -> Inputs:
    """The arrays that stand in for spells and events.

    Args:
        spells: the spells, for pandas.
        events: the events, for pandas.
        on: the day.

    Returns:
        An array for each input variable, a row for each case.
    """
    today = pd.Timestamp(on).as_unit("s")
    events = events[events["on"] <= today]
    found = cases(spells, events, today)
    held = held_by_case(found, events).query("counts_0")
    held = held.sort_values(["case", "on"], ignore_index=True)
    lifts = exemptions(found, events)
    arrays = {"clock_start": _days(found["since"]), "clock_end": _days(found["end"])}
    for number, rule in enumerate(RULES.values()):
        arrays[f"{rule}_concerned"] = concerned(found, number).to_numpy()
        arrays[f"{rule}_no_study"] = found[f"group_{number}"].isin(EDUCATION).to_numpy()
    size = len(found)
    study = (lifts["ground"] == GROUNDS.index("exempt_study_within_6w")).to_numpy()
    interview = _columns("interview", held["case"], _days(held["on"]), size)
    in_person = _columns("interview_as_first", held["case"], held["counts_1"].to_numpy(), size)
    begins = _columns("exempt_from", lifts["case"], _days(lifts["on"]), size)
    ends = _columns("exempt_until", lifts["case"], _days(lifts["until"]), size)
    to_study = _columns("exempt_to_study", lifts["case"], study, size)
    arrays |= interview | in_person | begins | ends | to_study
    return Inputs(found, arrays, len(interview), len(begins))


def system(inputs: Inputs) -> TaxBenefitSystem:
    """The law of the two rules, for so many columns of interviews and exemptions."""
    law = TaxBenefitSystem([PERSON])
    law.parameters = ParameterNode(
        "",
        data={
            "min4": _since_2024({"least": LEAST, "months": MONTHS}),
            "first": _since_2024({"least": 1, "days": DAYS}),
        },
    )
    for name, array in inputs.arrays.items():
        law.add_variable(_input(name, array.dtype))
    for each in _derived(inputs.interviews, inputs.exemptions):
        law.add_variable(each)
    return law


def simulation(law: TaxBenefitSystem, inputs: Inputs) -> Simulation:
    """A simulation of all cases with its inputs set."""
    made = SimulationBuilder().build_default_simulation(law, len(inputs.found))
    for name, array in inputs.arrays.items():
        made.set_input(name, ETERNITY, array)
    return made


def calculated(made: Simulation, on: date) -> dict[str, Array]:
    """The status, last day and count of each case under each rule."""
    names = [f"{rule}_{what}" for rule in RULES.values() for what in ("status", "last", "done")]
    return {name: made.calculate(name, on.isoformat()) for name in names}


def duties(inputs: Inputs, answers: dict[str, Array]) -> pd.DataFrame:
    """The answers as the pandas peer gives them, a row for each case and rule concerned."""
    words = [status.name for status in Status]
    tables = []
    for rule_id, rule in RULES.items():
        status = pd.Categorical.from_codes(np.asarray(answers[f"{rule}_status"]), words)
        last = answers[f"{rule}_last"].astype("datetime64[s]")
        # A duty that returns after an exemption has no day; OpenFisca's dates cannot be empty.
        due = pd.Series(last, inputs.found.index).mask(last == np.datetime64(LATEST))
        table = inputs.found[["person_id", "since"]].assign(
            rule_id=rule_id, status=status, due=due, done=answers[f"{rule}_done"]
        )
        tables.append(table[table["status"] != "not_concerned"])
    return pd.concat(tables, ignore_index=True)


def _days(column: pd.Series) -> Array:
    return column.to_numpy().astype("datetime64[D]")


def _columns(name: str, case: pd.Series, values: Array, size: int) -> dict[str, Array]:
    """Values of cases side by side: the first of each case, the second, and so on."""
    place = case.groupby(case).cumcount().to_numpy()
    empty = np.datetime64(LATEST, "D") if values.dtype.kind == "M" else False
    columns = {}
    for number in range(place.max(initial=-1) + 1):
        columns[f"{name}_{number}"] = np.full(size, empty, values.dtype)
        columns[f"{name}_{number}"][case[place == number]] = values[place == number]
    return columns


def _since_2024(values: dict[str, int]) -> dict[str, object]:
    return {name: {"values": {"2024-01-01": {"value": n}}} for name, n in values.items()}


def _input(name: str, dtype: np.dtype[Any]) -> type[Variable]:
    days = dtype.kind == "M"
    return _variable(
        name, date if days else bool, ETERNITY, default_value=LATEST if days else False
    )


def _variable(name: str, value_type: type, every: object, **more: object) -> type[Variable]:
    """A variable; OpenFisca takes its name from the class."""
    parts = {"value_type": value_type, "entity": PERSON, "definition_period": every}
    return type(name, (Variable,), {**parts, "label": name, **more})


def _derived(interviews: int, exemptions: int) -> list[type[Variable]]:
    found = [
        _variable("min4_due", date, DAY, formula=_min4_due),
        _variable("first_due", date, DAY, formula=_first_due),
    ]
    for rule in RULES.values():
        status: dict[str, Any] = {"possible_values": Status, "default_value": Status.not_concerned}
        found += [
            _variable(f"{rule}_by_then", int, DAY, formula=_held(rule, interviews, "due")),
            _variable(f"{rule}_done", int, DAY, formula=_held(rule, interviews, "last")),
            _variable(f"{rule}_so_far", int, DAY, formula=_held(rule, interviews, None)),
            _variable(f"{rule}_lifted", bool, DAY, formula=_lifted(rule, exemptions)),
            _variable(f"{rule}_returned", bool, DAY, formula=_returned(rule, exemptions)),
            _variable(f"{rule}_last", date, DAY, formula=_last(rule)),
            _variable(f"{rule}_status", Enum, DAY, formula=_status(rule), **status),
        ]
    return found


def _min4_due(person: Any, day: Any, parameters: Any) -> Array:
    """So many calendar months after the start, at the latest the last day of the month reached."""
    start = person("clock_start", day)
    month = start.astype("datetime64[M]")
    reached = month + parameters(day).min4.months
    last = (reached + 1).astype("datetime64[D]") - 1
    return np.minimum(
        reached.astype("datetime64[D]") + (start - month.astype("datetime64[D]")), last
    )


def _first_due(person: Any, day: Any, parameters: Any) -> Array:
    return person("clock_start", day) + np.timedelta64(parameters(day).first.days, "D")


def _held(rule: str, interviews: int, until: str | None) -> Formula:
    """Interviews held until a day of the rule, or until today; those given are after the start."""

    def formula(person: Any, day: Any) -> Array:
        today = np.datetime64(day.start.date, "D")
        last = today if until is None else np.minimum(person(f"{rule}_{until}", day), today)
        total = np.zeros(person.count, np.int32)
        for number in range(interviews):
            counts = person(f"interview_{number}", day) <= last
            if rule == "first":
                counts &= person(f"interview_as_first_{number}", day)
            total += counts
        return total

    return formula


def _usable(person: Any, day: Any, rule: str, number: int) -> tuple[Array, Array]:
    """The first day and the end of an exemption; an empty one where the group cannot use it."""
    begins = person(f"exempt_from_{number}", day)
    barred = person(f"exempt_to_study_{number}", day) & person(f"{rule}_no_study", day)
    return begins, np.where(barred, begins, person(f"exempt_until_{number}", day))


def _lifted(rule: str, exemptions: int) -> Formula:
    """Whether an exemption holds today."""

    def formula(person: Any, day: Any) -> Array:
        today = np.datetime64(day.start.date, "D")
        holds = np.zeros(person.count, np.bool_)
        for number in range(exemptions):
            begins, ends = _usable(person, day, rule, number)
            holds |= (begins <= today) & (ends > today)
        return holds

    return formula


def _returned(rule: str, exemptions: int) -> Formula:
    """Whether exemptions held on the due day, without a break, until a day that has come.

    Those given are in order of their first day, so one pass finds all that touch or overlap.
    """

    def formula(person: Any, day: Any) -> Array:
        due = person(f"{rule}_due", day)
        until = due
        for number in range(exemptions):
            begins, ends = _usable(person, day, rule, number)
            until = np.where(begins <= until, np.maximum(until, ends), until)
        return (until > due) & (until <= np.datetime64(day.start.date, "D"))

    return formula


def _last(rule: str) -> Formula:
    """The due day, or none where what was still owed returned after an exemption."""

    def formula(person: Any, day: Any, parameters: Any) -> Array:
        none = np.datetime64(LATEST, "D")
        owed = person(f"{rule}_by_then", day) < parameters(day)[rule].least
        back = person(f"{rule}_returned", day) & owed
        return np.where(back, none, person(f"{rule}_due", day))

    return formula


def _status(rule: str) -> Formula:
    """The first that holds, as the number of a status."""

    def formula(person: Any, day: Any, parameters: Any) -> Array:
        today = np.datetime64(day.start.date, "D")
        least = parameters(day)[rule].least
        passed = person(f"{rule}_last", day) < today
        late = passed & (person(f"{rule}_so_far", day) >= least)
        verdicts = [
            (Status.not_concerned, ~person(f"{rule}_concerned", day)),
            (Status.met, person(f"{rule}_done", day) >= least),
            (Status.lapsed, person("clock_end", day) <= today),
            (Status.exempt, person(f"{rule}_lifted", day)),
            (Status.lapsed, late),
            (Status.upcoming, ~passed),
        ]
        holds, numbers = [holds for _, holds in verdicts], [word.index for word, _ in verdicts]
        return select(holds, numbers, default=Status.overdue.index)

    return formula
