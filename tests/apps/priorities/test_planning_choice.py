"""What is suggested for whom: who is weighed, what is open, and what is kept."""

from datetime import timedelta

import pytest

from tests.apps.priorities.frames import (
    TODAY,
    citizen,
    contact,
    duty,
    offer,
    options_of,
    suggested,
    town,
)
from velvalgt.apps.priorities.planning import make_plan

TALKS = contact("frequent_contact", 6.0)
GROUPS = contact("group_meetings", 1.5)
SUBSIDY = offer("shop", "wage_subsidy", seats=5)
COURSE = offer("welding", "course", seats=5)


@pytest.mark.parametrize(
    "trait",
    [
        {"level": None},
        {"group": None},
        {"objects": True},
        {"steers_alone": True},
        {"postponed_until": TODAY + timedelta(days=1)},
    ],
)
def test_nothing_is_suggested_for_whoever_is_not_weighed(trait: dict[str, object]) -> None:
    plan = make_plan(town(citizen("a", **trait), citizen("b"), options=[TALKS]))

    assert options_of(plan) == {"b": "frequent_contact"}
    assert plan.weighed == 1


def test_a_suggestion_comes_back_on_the_day_it_was_postponed_to() -> None:
    plan = make_plan(town(citizen("a", postponed_until=TODAY), options=[TALKS]))

    assert suggested(plan, "a")["effort"] == "frequent_contact"


def test_what_helps_most_is_suggested_with_interval_study_and_grade() -> None:
    plan = make_plan(town(citizen("a"), options=[TALKS, GROUPS, SUBSIDY]))

    row = suggested(plan, "a")
    assert (row["option"], row["hours"], row["grade"]) == ("frequent_contact", 6.0, "lot_dk")
    assert row["low"] < row["gain_weeks"] < row["high"]
    assert row["reasons"] == ["level:some_help", "study:early_meetings_dk"]


def test_the_two_next_best_are_of_other_efforts() -> None:
    shops = [SUBSIDY, offer("office", "wage_subsidy", seats=5)]

    row = suggested(make_plan(town(citizen("a"), options=[TALKS, GROUPS, *shops])), "a")

    assert [other["effort"] for other in row["others"]] == ["wage_subsidy", "group_meetings"]
    assert row["others"][0]["gain_weeks"] > row["others"][1]["gain_weeks"]


def test_what_is_meant_for_others_is_not_open() -> None:
    others = offer("shop", "wage_subsidy", seats=5, groups=["G2"])

    assert options_of(make_plan(town(citizen("a"), options=[others]))) == {"a": "self_service"}


def test_what_no_study_speaks_of_is_not_ranked() -> None:
    plan = make_plan(town(citizen("a"), options=[offer("anna", "mentor")]))

    assert suggested(plan, "a")["option"] == "self_service"
    assert suggested(plan, "a")["others"] == []


@pytest.mark.parametrize("no", ["wage_subsidy", "offer:shop"])
def test_a_citizens_own_no_is_kept(no: str) -> None:
    plan = make_plan(town(citizen("a", no_to=[no]), options=[SUBSIDY]))

    assert suggested(plan, "a")["option"] == "self_service"
    assert suggested(plan, "a")["others"] == []


def test_a_no_to_one_offer_leaves_the_others_of_its_kind() -> None:
    shops = [SUBSIDY, offer("office", "wage_subsidy", seats=5)]

    plan = make_plan(town(citizen("a", no_to=["offer:shop"]), options=shops))

    assert options_of(plan) == {"a": "offer:office"}


def test_a_wish_chooses_among_offers_of_a_kind() -> None:
    shops = [SUBSIDY, offer("office", "wage_subsidy", seats=5), offer("yard", "wage_subsidy")]

    plan = make_plan(town(citizen("a", wishes=["yard", "shop"]), options=shops))

    assert suggested(plan, "a")["option"] == "offer:yard"
    assert "wish" in suggested(plan, "a")["reasons"]


def test_a_wish_does_not_make_a_weaker_kind_the_better_one() -> None:
    plan = make_plan(town(citizen("a", wishes=["welding"]), options=[TALKS, COURSE]))

    assert suggested(plan, "a")["option"] == "frequent_contact"


def test_a_wish_does_not_go_before_the_longest_wait() -> None:
    people = [citizen("a", wishes=["shop"]), citizen("b", wait_days=90)]

    plan = make_plan(town(*people, options=[offer("shop", "wage_subsidy", seats=1)]))

    assert options_of(plan) == {"a": "self_service", "b": "offer:shop"}


def test_among_equal_offers_the_one_that_helps_with_what_was_asked_comes_first() -> None:
    shops = [SUBSIDY, offer("try", "wage_subsidy", needs=["try_out"])]

    row = suggested(make_plan(town(citizen("a", help="try"), options=shops)), "a")

    assert row["option"] == "offer:try"
    assert "help" in row["reasons"]


def test_a_missing_language_calls_for_an_interpreter_and_closes_nothing() -> None:
    row = suggested(make_plan(town(citizen("a", needs_interpreter=True), options=[TALKS])), "a")

    assert row["option"] == "frequent_contact"
    assert "interpreter" in row["reasons"]


def test_a_graduate_is_shown_job_training_before_more_education() -> None:
    plan = make_plan(
        town(citizen("a", is_graduate=True), options=[COURSE, offer("shop", "wage_subsidy")])
    )

    row = suggested(plan, "a")
    assert row["effort"] == "wage_subsidy"
    assert [other["effort"] for other in row["others"]] == ["course"]
    assert "course_later" in row["reasons"]


def test_what_a_caseworker_chose_stands_though_something_else_helps_more() -> None:
    plan = make_plan(town(citizen("a", chosen="offer:welding"), options=[TALKS, COURSE]))

    assert suggested(plan, "a")["option"] == "offer:welding"
    assert suggested(plan, "a")["reasons"][0] == "chosen"


def test_what_was_chosen_stands_though_there_is_no_room_left() -> None:
    people = [citizen(key, chosen="frequent_contact") for key in "ab"]

    plan = make_plan(town(*people, citizen("c"), options=[TALKS], hours={"north": 6.0}))

    expected = {"a": "frequent_contact", "b": "frequent_contact", "c": "self_service"}
    assert options_of(plan) == expected


def test_what_runs_for_somebody_who_is_not_weighed_takes_its_hours() -> None:
    runs = citizen("a", objects=True, chosen="frequent_contact")

    plan = make_plan(town(runs, citizen("b"), options=[TALKS], hours={"north": 6.0}))

    assert options_of(plan) == {"b": "self_service"}
    assert plan.capacities[0]["used"] == 6.0


def test_a_no_ends_what_was_chosen() -> None:
    person = citizen("a", chosen="offer:shop", no_to=["offer:shop"])

    assert options_of(make_plan(town(person, options=[SUBSIDY, TALKS]))) == {
        "a": "frequent_contact"
    }


def test_a_no_ends_what_was_chosen_and_is_no_option_any_more() -> None:
    person = citizen("a", chosen="offer:gone", no_to=["offer:gone"])

    assert options_of(make_plan(town(person, options=[TALKS]))) == {"a": "frequent_contact"}


def test_nothing_is_suggested_on_top_of_what_runs_and_is_no_option_any_more() -> None:
    row = suggested(make_plan(town(citizen("a", chosen="offer:gone"), options=[TALKS])), "a")

    assert row["option"] == "self_service"
    assert row["reasons"][0] == "chosen"


def test_where_there_is_no_room_self_service_says_what_was_better() -> None:
    row = suggested(make_plan(town(citizen("a"), options=[TALKS], hours={"north": 5.0})), "a")

    assert (row["option"], row["gain_weeks"]) == ("self_service", 0.0)
    assert "no_room:frequent_contact" in row["reasons"]
    assert [other["effort"] for other in row["others"]] == ["frequent_contact"]


def test_the_first_thing_the_law_asks_stands_beside_the_suggestion() -> None:
    duties = [duty("a", in_days=9, rule_id="later"), duty("a", in_days=2, rule_id="sooner")]

    row = suggested(make_plan(town(citizen("a"), options=[TALKS], duties=duties)), "a")

    assert "law:sooner" in row["reasons"]


def test_yesterdays_suggestion_is_kept_where_the_change_is_within_its_uncertainty() -> None:
    options = [TALKS, contact("close_follow_up", 6.0)]
    person = citizen("a", yesterday="close_follow_up", yesterday_facts=1)

    row = suggested(make_plan(town(person, options=options)), "a")

    assert (row["option"], row["is_new"]) == ("close_follow_up", False)
    assert "stays" in row["reasons"]


def test_a_new_fact_may_change_the_suggestion() -> None:
    options = [TALKS, contact("close_follow_up", 6.0)]
    person = citizen("a", yesterday="close_follow_up", yesterday_facts=1, facts=2)

    row = suggested(make_plan(town(person, options=options)), "a")

    assert (row["option"], row["is_new"]) == ("frequent_contact", True)


def test_whoever_had_no_suggestion_yesterday_is_free_to_get_one() -> None:
    person = citizen("a", yesterday="self_service", yesterday_facts=1)

    assert options_of(make_plan(town(person, options=[TALKS]))) == {"a": "frequent_contact"}


def test_the_longest_wait_goes_first_to_what_is_scarce() -> None:
    people = [citizen(key, wait_days=days) for key, days in (("a", 5), ("b", 50), ("c", 20))]

    plan = make_plan(town(*people, options=[TALKS], hours={"north": 6.0}))

    assert options_of(plan)["b"] == "frequent_contact"
