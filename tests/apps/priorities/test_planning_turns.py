"""Whose turn it is, and what the law takes first: the same with and without gains."""

import pytest

from tests.apps.priorities.frames import citizen, contact, duty, town
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.need_weights import default_weights
from velvalgt.apps.priorities.planning import make_plan

MODES = pytest.mark.parametrize("mode", list(Mode))


def order(inputs: Inputs) -> list[str]:
    return make_plan(inputs).work_lines["citizen"].to_list()


def reasons(inputs: Inputs) -> dict[str, list[str]]:
    return dict(make_plan(inputs).work_lines.select("citizen", "reasons").iter_rows())


@MODES
def test_law_comes_first_then_the_mark_then_the_wish_then_nothing_open(mode: Mode) -> None:
    people = [
        citizen("a", wait_days=300),
        citizen("b", wishes=["welding"]),
        citizen("c", level="at_risk"),
        citizen("d"),
        citizen("e"),
    ]
    duties = [duty("d", in_days=5), duty("e", in_days=-3)]

    assert order(town(*people, duties=duties, mode=mode)) == ["e", "d", "c", "b", "a"]


def test_the_longest_overdue_goes_before_the_others() -> None:
    duties = [duty("a", in_days=-1), duty("b", in_days=-9)]

    assert order(town(citizen("a"), citizen("b"), duties=duties)) == ["b", "a"]


def test_what_is_due_after_the_period_does_not_hasten_anybody() -> None:
    people = [citizen("a"), citizen("b", level="far")]

    assert order(town(*people, duties=[duty("a", in_days=100)])) == ["b", "a"]


def test_among_equals_the_longest_wait_goes_first() -> None:
    people = [citizen("a", wait_days=3), citizen("b", wait_days=30)]

    assert order(town(*people)) == ["b", "a"]


def test_whoever_steers_alone_comes_last_unless_the_law_asks_something() -> None:
    people = [
        citizen("a", steers_alone=True, level="far", wait_days=90),
        citizen("b", level="far"),
        citizen("c", steers_alone=True),
    ]

    assert order(town(*people, duties=[duty("c", in_days=-1)])) == ["c", "b", "a"]


def test_no_row_and_no_name_decides_who_goes_first() -> None:
    people = [citizen(f"citizen {number:02d}") for number in range(30)]

    one, other = order(town(*people)), order(town(*people, seed=8))

    assert one != sorted(one)
    assert one != other


def test_every_line_says_why() -> None:
    told = reasons(
        town(
            citizen("a", level="far", wishes=["welding"], help="talk"),
            citizen("b", help="self"),
            citizen("c", steers_alone=True),
            duties=[duty("a", in_days=-1)],
        )
    )

    assert told == {
        "a": ["law:overdue", "mark:far", "wish", "help"],
        "b": ["waited"],
        "c": ["steers_alone"],
    }


@MODES
def test_the_talks_of_the_law_are_taken_from_the_hours_first(mode: Mode) -> None:
    duties = [duty("a"), duty("a", hours=2.0), duty("a", is_contact=False)]

    plan = make_plan(town(citizen("a"), duties=duties, hours={"north": 10.0}, mode=mode))

    assert [plan.capacities[0][name] for name in ("legal", "left", "lacking")] == [3.0, 7.0, 0.0]


@MODES
def test_hours_that_the_law_lacks_are_told(mode: Mode) -> None:
    plan = make_plan(
        town(citizen("a"), duties=[duty("a", hours=12.0)], hours={"north": 10.0}, mode=mode)
    )

    assert [plan.capacities[0][name] for name in ("left", "lacking")] == [0.0, 2.0]


def test_a_unit_without_planned_hours_has_none() -> None:
    plan = make_plan(town(citizen("a", unit="south"), options=[contact("frequent_contact", 6.0)]))

    south = plan.capacities[1]
    assert (south["key"], south["amount"]) == ("unit:south", 0.0)
    assert plan.suggestions["option"].to_list() == ["self_service"]


def test_groups_are_counted_by_target_group_and_level() -> None:
    people = [citizen("a"), citizen("b"), citizen("c", level=None)]

    groups = make_plan(town(*people, duties=[duty("b")], mode=Mode.PLAIN)).groups

    told = [(row["level"], row["citizens"], row["legal_hours"]) for row in groups]
    assert told == [("some_help", 2, 1.0), (None, 1, 0.0)]


def test_without_a_ground_no_gain_is_reckoned_anywhere() -> None:
    plan = make_plan(
        town(citizen("a"), options=[contact("frequent_contact", 6.0)], mode=Mode.PLAIN)
    )

    assert plan.suggestions.is_empty()
    assert (plan.weighed, plan.proof, plan.frontier, plan.less) == (0, None, [], [])
    assert all(row["weeks"] is None for row in plan.groups)
    assert not any("price" in row or "wanted" in row for row in plan.capacities)


def test_the_starting_weights_favour_those_at_risk() -> None:
    weights = default_weights()

    assert weights["close"] < weights["some_help"] < weights["at_risk"] <= weights["far"]
