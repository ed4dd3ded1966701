"""What one more gives, what other weights would give, and what must be met besides."""

from typing import Any

import pytest
from django.utils import translation

from tests.apps.priorities.frames import ALIKE, citizen, contact, offer, options_of, town
from velvalgt.apps.priorities import frontier
from velvalgt.apps.priorities.allocating import solved as solve
from velvalgt.apps.priorities.floors import CannotPlan
from velvalgt.apps.priorities.frontier import STRENGTHS
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.need_weights import default_weights
from velvalgt.apps.priorities.plan import Plan
from velvalgt.apps.priorities.planning import make_plan

TALKS = contact("frequent_contact", 6.0)
FAVOUR = ALIKE | {"at_risk": 3.0}
FEW_AT_RISK = [citizen(f"a{number}", level="at_risk") for number in range(6)]
FEW_OTHERS = [citizen(f"b{number}") for number in range(6)]


def capacity(plan: Plan, key: str) -> dict[str, Any]:
    return next(row for row in plan.capacities if row["key"] == key)


def scarce(hours: float = 24.0, **settings: Any) -> Inputs:
    """Twelve citizens, six of them at risk, and hours for four of them."""
    people = [*FEW_AT_RISK, *FEW_OTHERS]
    return town(*people, options=[TALKS], hours={"north": hours}, **settings)


def test_at_equal_weights_the_hours_go_where_most_weeks_are_expected() -> None:
    chosen = options_of(make_plan(scarce()))

    assert {key for key, option in chosen.items() if option != "self_service"} <= {
        f"b{number}" for number in range(6)
    }


def test_the_councils_weights_turn_hours_to_those_at_risk() -> None:
    chosen = options_of(make_plan(scarce(weights=FAVOUR)))

    assert all(chosen[f"b{number}"] == "self_service" for number in range(6))


def test_one_more_hour_is_told_in_weeks_in_work_and_not_in_weighted_weeks() -> None:
    plan = make_plan(scarce(weights=FAVOUR))

    north, gains = capacity(plan, "unit:north"), plan.suggestions["gain_weeks"]
    assert north["price"] == pytest.approx(gains.max() / 6.0)
    assert north["weighted_price"] == pytest.approx(3 * north["price"])
    assert north["price_low"] < north["price"] < north["price_high"]


def test_at_equal_weights_a_price_is_the_price_of_the_allocation() -> None:
    north = capacity(make_plan(scarce()), "unit:north")

    assert north["price"] == pytest.approx(north["weighted_price"])


def test_the_price_foretells_what_more_hours_give() -> None:
    before, after = make_plan(scarce(hours=12.0)), make_plan(scarce(hours=18.0))

    foretold = before.proof.gain + 6.0 * capacity(before, "unit:north")["price"]

    assert after.proof.gain == pytest.approx(foretold, rel=0.1)


def test_what_there_is_enough_of_has_no_price() -> None:
    north = capacity(make_plan(scarce(hours=500.0)), "unit:north")

    assert (north["price"], north["is_bottleneck"]) == (0.0, False)


def test_it_is_told_how_many_would_get_it_if_it_had_no_end() -> None:
    assert capacity(make_plan(scarce()), "unit:north")["wanted"] == 12


def test_the_bottleneck_is_where_one_percent_more_gives_most() -> None:
    people = [*FEW_OTHERS, citizen("c", unit="south"), citizen("d", unit="south")]

    plan = make_plan(town(*people, options=[TALKS], hours={"north": 24.0, "south": 6.0}))

    assert [row["key"] for row in plan.capacities if row["is_bottleneck"]] == ["unit:north"]


def test_seats_and_money_are_never_overdrawn() -> None:
    options = [offer("shop", "wage_subsidy", seats=4, price_oere=10_000_00)]

    plan = make_plan(town(*FEW_OTHERS, options=options, budget=25_000.0))

    assert capacity(plan, "budget")["used"] == 20_000.0
    assert capacity(plan, "offer:shop")["used"] == 2.0


def test_the_more_get_an_effort_the_less_of_its_gain_is_their_own() -> None:
    few = make_plan(scarce(hours=6.0)).suggestions["gain_weeks"].max()
    many = make_plan(scarce(hours=72.0)).suggestions["gain_weeks"].max()

    assert few > many > 0


def test_other_weights_are_shown_from_everyone_alike_to_twice_the_councils() -> None:
    rows = make_plan(scarce(weights=FAVOUR)).frontier

    assert [row["strength"] for row in rows if row["is_chosen"]] == [1.0]
    assert (rows[0]["weights"]["at_risk"], rows[-1]["weights"]["at_risk"]) == (1.0, 9.0)
    assert rows[0]["weeks"] > rows[-1]["weeks"]
    assert rows[0]["weeks_at_risk"] < rows[-1]["weeks_at_risk"]
    assert [each["level"] for each in rows[0]["levels"]] == list(default_weights())


def test_who_gets_less_because_of_the_weights_is_told() -> None:
    plan = make_plan(scarce(weights=FAVOUR))

    assert [(row["level"], row["citizens"]) for row in plan.less] == [("some_help", 4)]
    assert plan.less[0]["weeks"] > 0


def test_at_equal_weights_nobody_gets_less() -> None:
    assert make_plan(scarce()).less == []


@pytest.mark.parametrize("asked", [{"at_least": 2}, {"share": 0.3}])
def test_a_floor_is_met_though_it_costs_weeks(asked: dict[str, Any]) -> None:
    floor = {"level": "at_risk", "efforts": ["frequent_contact"]} | asked

    chosen = options_of(make_plan(scarce(floors=[floor])))

    assert sum(chosen[row["citizen"]] != "self_service" for row in FEW_AT_RISK) == 2


def test_a_floor_may_be_of_a_target_group_and_of_any_effort() -> None:
    plan = make_plan(scarce(floors=[{"group": "G1", "efforts": [], "at_least": 4}]))

    assert sum(option != "self_service" for option in options_of(plan).values()) == 4


def test_a_floor_for_which_there_is_no_room_refuses_the_plan_in_words() -> None:
    floor = {"level": "at_risk", "efforts": ["frequent_contact"], "at_least": 5}

    with pytest.raises(CannotPlan) as refusal:
        make_plan(scarce(floors=[floor]))

    assert "5" in str(refusal.value)
    assert refusal.value.floors == [floor]
    assert refusal.value.capacities == ("unit:north",)


def test_a_floor_for_more_than_there_are_refuses_the_plan_in_words() -> None:
    floor = {"level": "far", "efforts": [], "at_least": 1}

    with pytest.raises(CannotPlan) as refusal:
        make_plan(scarce(floors=[floor]))

    assert refusal.value.floors == [floor]


def test_so_few_are_not_counted_in_a_refusal() -> None:
    few = scarce(floors=[{"level": "at_risk", "efforts": [], "at_least": 99}])

    with translation.override("en"), pytest.raises(CannotPlan, match="Fewer than 5"):
        make_plan(town(citizen("ann", level="at_risk"), floors=few.settings.floors))


def test_a_floor_is_not_passed_over_where_nobody_is_weighed() -> None:
    floor = {"level": "far", "efforts": [], "at_least": 3}

    with pytest.raises(CannotPlan):
        make_plan(town(citizen("ann", level="far", objects=True), floors=[floor]))


def test_weights_for_which_no_plan_is_found_are_left_out_of_what_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[Any] = []

    def solved(problem: Any, *said: Any) -> Any:
        asked.append(problem)
        if len(asked) == len(STRENGTHS):
            raise CannotPlan("none", [])
        return solve(problem, *said)

    monkeypatch.setattr(frontier, "solved", solved)

    rows = make_plan(scarce(weights=FAVOUR)).frontier

    assert [row["strength"] for row in rows] == list(STRENGTHS[:-1])


def test_the_proof_says_how_good_the_plan_is_at_most() -> None:
    proof = make_plan(scarce()).proof

    assert proof.value <= proof.bound
    assert proof.gap == pytest.approx(0.0, abs=1e-6)
