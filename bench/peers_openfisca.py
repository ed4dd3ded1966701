"""The K2 minimum and first interview in OpenFisca-core, with variables written for the bench.

OpenFisca knows persons and values by period, but neither spells nor events. So it is given what it
cannot work out, made ready by the pandas peer: a Person for each case, with the day its clock
starts and ends, its interviews as so many columns of days, and its exemptions as columns of first
and last day. What is left for OpenFisca are the due days, the counts and the status.

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
    BY_CONTACT,
    DAYS,
    FIRST,
    LEAST,
    MINIMUM,
    MONTHS,
    cases,
    exemptions,
    interviews,
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
    found = cases(spells, events, today).reset_index(drop=True)
    windows = found[["person_id", "since"]].rename_axis("case").reset_index()
    held = windows.merge(interviews(events).query("counts"), on="person_id")
    held = held[held["on"] >= held["since"]].sort_values(["case", "on"], ignore_index=True)
    lifts = exemptions(found, events).reset_index(drop=True)
    arrays = {
        "clock_start": _days(found["since"]),
        "clock_end": _days(found["end"]),
        "by_contact": found["group"].isin(BY_CONTACT).to_numpy(),
        "flex_job": (found["group"].eq("G9") & found["benefit"].ne("ledighedsydelse")).to_numpy(),
    }
    size = len(found)
    interview = _columns("interview", held["case"], _days(held["on"]), size)
    in_person = _columns("interview_as_first", held["case"], held["as_first"].to_numpy(), size)
    begins = _columns("exempt_from", lifts["case"], _days(lifts["on"]), size)
    ends = _columns("exempt_until", lifts["case"], _days(lifts["until"]), size)
    return Inputs(
        found, arrays | interview | in_person | begins | ends, len(interview), len(begins)
    )


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
    """The status, due day and count of each case under each rule."""
    names = [f"{rule}_{what}" for rule in RULES.values() for what in ("status", "due", "done")]
    return {name: made.calculate(name, on.isoformat()) for name in names}


def duties(inputs: Inputs, answers: dict[str, Array], on: date) -> pd.DataFrame:
    """The answers as the pandas peer gives them, a row for each case and rule concerned."""
    today = pd.Timestamp(on)
    words = [status.name for status in Status]
    tables = []
    for rule_id, rule in RULES.items():
        status = pd.Categorical.from_codes(np.asarray(answers[f"{rule}_status"]), words)
        due = pd.Series(answers[f"{rule}_due"].astype("datetime64[s]"), inputs.found.index)
        # A duty that returns after an exemption has no day; OpenFisca's dates cannot be empty.
        due = due.mask((status == "upcoming") & (due < today))
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
        _variable("lifted", bool, DAY, formula=_lifted("", exemptions)),
    ]
    for rule in RULES.values():
        status: dict[str, Any] = {"possible_values": Status, "default_value": Status.not_concerned}
        found += [
            _variable(f"{rule}_done", int, DAY, formula=_done(rule, interviews, late=False)),
            _variable(f"{rule}_so_far", int, DAY, formula=_done(rule, interviews, late=True)),
            _variable(f"{rule}_lifted_on_due", bool, DAY, formula=_lifted(rule, exemptions)),
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


def _done(rule: str, interviews: int, *, late: bool) -> Formula:
    """Interviews held until the due day, or until today; those given are after the start."""

    def formula(person: Any, day: Any) -> Array:
        today = np.datetime64(day.start.date, "D")
        last = today if late else np.minimum(person(f"{rule}_due", day), today)
        total = np.zeros(person.count, np.int32)
        for number in range(interviews):
            counts = person(f"interview_{number}", day) <= last
            if rule == "first":
                counts &= person(f"interview_as_first_{number}", day)
            total += counts
        return total

    return formula


def _lifted(rule: str, exemptions: int) -> Formula:
    """Whether an exemption holds on the due day of a rule, or today."""

    def formula(person: Any, day: Any) -> Array:
        on = person(f"{rule}_due", day) if rule else np.datetime64(day.start.date, "D")
        holds = np.zeros(person.count, np.bool_)
        for number in range(exemptions):
            begun = person(f"exempt_from_{number}", day) <= on
            holds |= begun & (person(f"exempt_until_{number}", day) > on)
        return holds

    return formula


def _status(rule: str) -> Formula:
    """The first that holds, as the number of a status."""

    def formula(person: Any, day: Any, parameters: Any) -> Array:
        today = np.datetime64(day.start.date, "D")
        least = parameters(day)[rule].least
        passed = person(f"{rule}_due", day) < today
        concerned = person("by_contact", day) if rule == "first" else ~person("flex_job", day)
        verdicts = {
            Status.not_concerned: ~concerned,
            Status.met: person(f"{rule}_done", day) >= least,
            Status.exempt: person("lifted", day),
            Status.lapsed: (person("clock_end", day) <= today)
            | (passed & (person(f"{rule}_so_far", day) >= least)),
            Status.upcoming: ~passed | person(f"{rule}_lifted_on_due", day),
        }
        numbers = [status.index for status in verdicts]
        return select(list(verdicts.values()), numbers, default=Status.overdue.index)

    return formula
