"""What holds of every plan, whoever is in it."""

from dataclasses import replace
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.priorities.frames import citizen, contact, duty, offer, options_of, town
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.need_weights import default_weights
from velvalgt.apps.priorities.plan import Plan
from velvalgt.apps.priorities.planning import make_plan

OPTIONS = [
    contact("frequent_contact", 6.0),
    contact("group_meetings", 1.5),
    contact("close_follow_up", 8.0),
    offer("shop", "wage_subsidy", seats=2, price_oere=15_000_00),
    offer("office", "wage_subsidy", seats=1, needs=["try_out"]),
    offer("welding", "course", seats=3, groups=["G1"]),
]
KEYS = [row["key"] for row in OPTIONS]
OFFERS = ["shop", "office", "welding"]
EFFORTS = [row["effort"] for row in OPTIONS]

people = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["north", "south", None]),
        "group": st.sampled_from(["G1", "G2", "G3", None]),
        "level": st.sampled_from([*default_weights(), None]),
        "wait_days": st.integers(0, 300),
        "is_graduate": st.booleans(),
        "objects": st.booleans(),
        "wishes": st.lists(st.sampled_from(OFFERS), unique=True, max_size=2),
        "help": st.sampled_from(["try", "course", "self", None]),
        "no_to": st.lists(st.sampled_from([*EFFORTS, *KEYS]), unique=True, max_size=2),
        "chosen": st.sampled_from([None, None, None, *KEYS]),
    }
)


@st.composite
def towns(draw: st.DrawFn) -> Inputs:
    """Up to a dozen citizens, two units, scarce hours, seats and money."""
    drawn = draw(st.lists(people, min_size=1, max_size=12))
    rows: list[dict[str, Any]] = [citizen(f"c{at}", **each) for at, each in enumerate(drawn)]
    hours = {unit: draw(st.integers(0, 30)) * 1.0 for unit in ("north", "south")}
    duties = [duty(row["citizen"]) for row in rows[::3]]
    budget = draw(st.integers(0, 60)) * 1000.0
    weights = default_weights()
    return town(*rows, duties=duties, options=OPTIONS, hours=hours, budget=budget, weights=weights)


few = settings(max_examples=25, deadline=None)


@few
@given(towns())
def test_an_own_no_is_never_overridden(inputs: Inputs) -> None:
    nos = dict(inputs.citizens.select("citizen", "no_to").iter_rows())

    for row in make_plan(inputs).suggestions.iter_rows(named=True):
        shown = {row["effort"], row["option"]} | {each["effort"] for each in row["others"]}
        assert not {row["effort"], row["option"]} & {*nos[row["citizen"]]}
        assert not {no for no in nos[row["citizen"]] if not no.startswith("offer:")} & shown


@few
@given(towns())
def test_what_a_caseworker_chose_is_never_dropped(inputs: Inputs) -> None:
    told = options_of(make_plan(inputs))

    for row in inputs.citizens.filter(pl.col("chosen").is_not_null()).iter_rows(named=True):
        effort = next(each["effort"] for each in OPTIONS if each["key"] == row["chosen"])
        if row["citizen"] in told and not {row["chosen"], effort} & {*row["no_to"]}:
            assert told[row["citizen"]] == row["chosen"]


@few
@given(towns())
def test_nothing_is_used_twice(inputs: Inputs) -> None:
    citizens = inputs.citizens.with_columns(pl.lit(None, pl.String).alias("chosen"))

    for row in make_plan(replace(inputs, citizens=citizens)).capacities:
        assert row["used"] <= row["left"] + 1e-9


@few
@given(towns())
def test_whoever_objects_has_no_gain(inputs: Inputs) -> None:
    objecting = inputs.citizens.filter("objects")["citizen"]

    assert make_plan(inputs).suggestions.filter(pl.col("citizen").is_in(objecting)).is_empty()


@few
@given(towns())
def test_without_a_ground_there_is_no_gain(inputs: Inputs) -> None:
    plan = make_plan(replace(inputs, settings=replace(inputs.settings, mode=Mode.PLAIN)))

    assert plan.suggestions.is_empty()
    assert plan.proof is None


@few
@given(towns(), st.integers(0, 100))
def test_the_order_of_the_rows_decides_nothing(inputs: Inputs, seed: int) -> None:
    shuffled = Inputs(
        *(
            getattr(inputs, name).sample(fraction=1, shuffle=True, seed=seed)
            for name in ("citizens", "duties", "options", "capacities")
        ),
        inputs.settings,
    )

    assert _told(make_plan(shuffled)) == _told(make_plan(inputs))


@few
@given(towns())
def test_nothing_is_reshuffled_at_night(inputs: Inputs) -> None:
    today = make_plan(inputs)
    yesterday = today.suggestions.select("citizen", pl.col("option").alias("yesterday"))
    citizens = inputs.citizens.drop("yesterday", "yesterday_facts")
    citizens = citizens.join(yesterday, on="citizen", how="left").with_columns(
        yesterday_facts=pl.col("facts")
    )

    tomorrow = make_plan(replace(inputs, citizens=citizens))

    assert options_of(tomorrow) == options_of(today)
    assert not tomorrow.suggestions["is_new"].any()


@few
@given(towns())
def test_every_gain_lies_in_its_interval(inputs: Inputs) -> None:
    outside = (pl.col("low") > pl.col("gain_weeks")) | (pl.col("high") < pl.col("gain_weeks"))

    assert make_plan(inputs).suggestions.filter(outside).is_empty()


def _told(plan: Plan) -> tuple[Any, ...]:
    frames = (plan.work_lines.rows(), plan.suggestions.rows())
    return (*frames, plan.capacities, plan.frontier, plan.groups, plan.less)
