"""Cases shared out among caseworkers: what a caseworker and a citizen may count on."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.core.targeting import (
    REASONS,
    BadCaseload,
    Caseload,
    Terms,
    assign_caseworkers,
)

ANNA, BO, CARL = 0, 1, 2
LANGUAGE = REASONS.index("language")


def caseload(now: list[int], caseworkers: int = 2, **facts: Any) -> Caseload:
    """Cases of 1/40 each in one unit of full-time caseworkers."""
    return Caseload(
        weight=np.full(len(now), 1 / 40),
        now=np.array(now, dtype=np.int64),
        capacity=facts.pop("capacity", np.ones(caseworkers)),
        unit=facts.pop("unit", np.zeros(caseworkers, dtype=np.int64)),
        home=facts.pop("home", np.zeros(len(now), dtype=np.int64)),
        **facts,
    )


def pairs(asked: Caseload, *marked: tuple[int, int], others: bool = False) -> Any:
    """(n, c) all alike but the marked."""
    found = np.full(asked.shape, others)
    for pair in marked:
        found[pair] = not others
    return found


def cost(asked: Caseload, terms: Terms, choice: tuple[int, ...]) -> float:
    """What a choice costs, counted by hand in one unit without guidelines."""
    total, average = 0.0, asked.weight.mean()
    for case, caseworker in enumerate(choice):
        at = case, caseworker
        if asked.forbidden is not None and asked.forbidden[at]:
            return np.inf
        change = asked.now[case] not in (-1, caseworker)
        kin = asked.forbidden is not None and asked.forbidden[case, asked.now[case]]
        total += terms.change * (change and not kin)
        total += terms.language * (asked.language is not None and not asked.language[at])
        total += terms.km * (0 if asked.distance is None else asked.distance[at])
    for caseworker, capacity in enumerate(asked.capacity):
        load = sum(asked.weight[case] for case, at in enumerate(choice) if at == caseworker)
        level = asked.weight.sum() * capacity / asked.capacity.sum() / average
        off, band = abs(load / average - level), max(0.5, terms.band * level)
        total += terms.uneven * max(min(off, band) - 0.5, 0) + terms.over * max(off - band, 0)
    return total


@st.composite
def caseloads(draw: st.DrawFn, most: int = 6) -> Caseload:
    n, c = draw(st.integers(1, most)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    forbidden = rng.random((n, c)) < 0.2
    forbidden[np.arange(n), rng.integers(0, c, n)] = False
    return Caseload(
        weight=rng.choice([0.02, 0.025, 0.04], n),
        now=rng.integers(-1, c, n),
        capacity=rng.choice([0.5, 0.8, 1.0], c),
        unit=np.zeros(c, dtype=np.int64),
        home=np.zeros(n, dtype=np.int64),
        language=rng.random((n, c)) < 0.7,
        distance=rng.random((n, c)) * 30,
        forbidden=forbidden,
        key=rng.permutation(n).astype(np.uint64),
        caseworker_key=rng.permutation(c).astype(np.uint64),
    )


@settings(max_examples=60, deadline=None)
@given(caseloads())
def test_no_other_way_to_share_the_cases_costs_less(asked: Caseload) -> None:
    answer = assign_caseworkers(asked)

    n, c = asked.shape
    best = min(cost(asked, Terms(), choice) for choice in product(range(c), repeat=n))
    assert answer.objective == pytest.approx(cost(asked, Terms(), tuple(answer.choice)))
    assert answer.bound <= best + 1e-6
    assert answer.objective <= best * (1 + 1e-4) + 1e-6


@settings(max_examples=40, deadline=None)
@given(caseloads(most=30))
def test_nobody_is_given_a_case_of_their_own_family(asked: Caseload) -> None:
    answer = assign_caseworkers(asked)

    assert asked.forbidden is not None
    assert not asked.forbidden[np.arange(asked.shape[0]), answer.choice].any()


@settings(max_examples=40, deadline=None)
@given(caseloads(most=30), st.randoms(use_true_random=False))
def test_the_order_of_cases_and_caseworkers_decides_nothing(asked: Caseload, random: Any) -> None:
    rows = np.array(random.sample(range(asked.shape[0]), asked.shape[0]))
    columns = np.array(random.sample(range(asked.shape[1]), asked.shape[1]))
    held = asked.now[rows] >= 0
    tables = ("language", "distance", "forbidden")
    turned = replace(
        asked,
        now=np.where(held, columns.argsort()[asked.now[rows]], -1),
        **{name: getattr(asked, name)[rows] for name in ("weight", "home", "key")},
        **{name: getattr(asked, name)[columns] for name in ("capacity", "unit", "caseworker_key")},
        **{name: getattr(asked, name)[np.ix_(rows, columns)] for name in tables},
    )

    answer = assign_caseworkers(turned)

    assert (columns[answer.choice] == assign_caseworkers(asked).choice[rows]).all()


@settings(max_examples=40, deadline=None)
@given(caseloads(most=30), st.integers(0, 9))
def test_another_seed_may_choose_among_equals_but_costs_the_same(
    asked: Caseload, seed: int
) -> None:
    answer, other = assign_caseworkers(asked), assign_caseworkers(asked, seed=seed)

    assert other.objective == pytest.approx(answer.objective, rel=1e-4, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(caseloads(most=30))
def test_every_change_of_caseworker_pays_by_itself_and_says_why(asked: Caseload) -> None:
    answer = assign_caseworkers(asked)

    for move in answer.moves:
        stays, goes = answer.terms[move.case].sum(axis=1)
        assert move.codes
        assert "conflict" in move.codes or goes < stays


@settings(max_examples=40, deadline=None)
@given(caseloads(most=30), st.floats(0, 0.01))
def test_the_bound_is_never_above_what_the_proposal_costs(asked: Caseload, seconds: float) -> None:
    hurried, answer = assign_caseworkers(asked, seconds=seconds), assign_caseworkers(asked)

    assert hurried.bound <= answer.objective + 1e-6
    assert answer.bound <= hurried.objective + 1e-6
    assert 0 <= hurried.gap <= 1


def test_nobody_loses_their_caseworker_while_all_carry_about_alike() -> None:
    answer = assign_caseworkers(caseload([ANNA] * 21 + [BO] * 19))

    assert answer.moves == ()


def test_a_caseworker_with_far_too_many_is_relieved_down_to_the_band() -> None:
    answer = assign_caseworkers(caseload([ANNA] * 30 + [BO] * 10))

    assert {(move.leaves, move.to, move.codes) for move in answer.moves} == {
        (ANNA, BO, ("over_load",))
    }
    assert answer.load_after.tolist() == pytest.approx([22 / 40, 18 / 40])


def test_a_new_colleague_is_given_cases_though_nobody_has_too_many() -> None:
    answer = assign_caseworkers(caseload([ANNA] * 20 + [BO] * 20 + [CARL] * 4, 3))

    assert answer.load_after[CARL] > 12 / 40
    assert {move.to for move in answer.moves} == {CARL}


def test_the_cases_of_somebody_away_are_spread_among_the_others() -> None:
    asked = caseload([ANNA] * 10 + [BO] * 10 + [CARL] * 10, 3, capacity=np.array([0.0, 1.0, 1.0]))

    answer = assign_caseworkers(asked)

    assert {(move.leaves, move.codes) for move in answer.moves} == {(ANNA, ("absent",))}
    assert answer.load_after.tolist() == pytest.approx([0, 15 / 40, 15 / 40])


def test_half_a_week_carries_half_the_cases() -> None:
    answer = assign_caseworkers(caseload([-1] * 30, capacity=np.array([1.0, 0.5])))

    assert answer.load_after.tolist() == pytest.approx([20 / 40, 10 / 40])


def test_the_citizens_own_choice_of_unit_is_kept_though_the_other_is_empty() -> None:
    chosen = np.array([1] * 10 + [-1] * 10)
    asked = caseload([ANNA] * 20, 3, unit=np.array([0, 1, 2]), chosen=chosen)

    answer = assign_caseworkers(asked)

    assert answer.choice.tolist() == [BO] * 10 + [ANNA] * 10
    assert {move.codes for move in answer.moves} == {("own_choice",)}


def test_a_case_whose_unit_is_another_now_follows_it() -> None:
    answer = assign_caseworkers(caseload([ANNA], unit=np.array([0, 1]), home=np.array([1])))

    assert [move.codes for move in answer.moves] == [("other_unit",)]


def test_a_case_goes_on_where_it_is_when_no_unit_is_named() -> None:
    answer = assign_caseworkers(caseload([ANNA, BO], unit=np.array([0, 1]), home=None))

    assert answer.choice.tolist() == [ANNA, BO]


def test_a_new_case_goes_to_who_speaks_the_language() -> None:
    asked = caseload([-1, *[ANNA] * 20, *[BO] * 20])

    answer = assign_caseworkers(replace(asked, language=pairs(asked, (0, ANNA), others=True)))

    assert answer.choice[0] == BO


def test_a_language_that_nobody_speaks_closes_nothing() -> None:
    asked = caseload([-1, ANNA, BO])

    answer = assign_caseworkers(replace(asked, language=pairs(asked)))

    assert answer.terms[:, 1, LANGUAGE].tolist() == [Terms().language] * 3


def test_a_competence_that_is_required_is_never_gone_without() -> None:
    asked = caseload([ANNA] * 4)
    competence = pairs(asked, (0, BO), (1, BO)).astype(np.float64)
    required = np.array([True, True, False, False])

    answer = assign_caseworkers(replace(asked, competence=competence, required=required))

    assert answer.choice[:2].tolist() == [BO, BO]
    assert answer.moves[0].codes == ("required_competence",)


def test_a_competence_that_is_not_required_is_a_reason_among_others() -> None:
    asked = caseload([ANNA] * 20 + [BO] * 20)
    competence = pairs(asked, (0, BO)).astype(np.float64)

    answer = assign_caseworkers(replace(asked, competence=competence))

    assert [(move.case, move.codes) for move in answer.moves] == [(0, ("competence",))]


def test_an_industry_or_a_long_way_alone_changes_no_caseworker() -> None:
    asked = caseload([ANNA] * 20 + [BO] * 20)
    distance = 25.0 * ~pairs(asked, (0, BO))

    answer = assign_caseworkers(replace(asked, industry=pairs(asked, (1, BO)), distance=distance))

    assert answer.moves == ()


def test_a_new_case_goes_to_who_knows_the_industry() -> None:
    asked = caseload([-1, *[ANNA] * 20, *[BO] * 19])

    answer = assign_caseworkers(replace(asked, industry=pairs(asked, (0, ANNA))))

    assert answer.choice[0] == ANNA


def test_a_citizen_who_needs_the_same_person_most_is_moved_last() -> None:
    keep = np.ones(40)
    keep[:8] = 3.0

    answer = assign_caseworkers(caseload([ANNA] * 30 + [BO] * 10, keep=keep))

    assert not {move.case for move in answer.moves} & set(range(8))


def test_who_is_above_the_guideline_is_relieved_by_who_has_room() -> None:
    now = [ANNA] * 40 + [BO] * 40
    narrow = np.array([[20.0, 30.0]] * 40 + [[40.0, 60.0]] * 40)

    answer = assign_caseworkers(caseload(now, guideline=narrow))

    assert answer.guideline_before.tolist() == pytest.approx([40 / 30, 40 / 60])
    assert answer.guideline_after.tolist() == pytest.approx([36 / 30, 40 / 60 + 4 / 30])
    assert {move.codes for move in answer.moves} == {("guideline",)}


def test_a_caseload_without_cases_is_shared_out_at_once() -> None:
    answer = assign_caseworkers(caseload([]))

    assert (answer.objective, answer.bound, answer.gap, answer.moves) == (0, 0, 0, ())


def test_cases_without_any_caseworkers_are_refused() -> None:
    with pytest.raises(BadCaseload, match="no caseworker for 1"):
        assign_caseworkers(caseload([-1], 0, home=None))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"weight": np.array([0.1, np.nan])}, "The weight of case 1 is nan"),
        ({"weight": np.array([0.1, 0.0])}, "The weight of case 1 is 0.0"),
        ({"now": np.array([0, 7])}, "The now of case 1 is 7"),
        ({"capacity": np.array([-1.0, 1.0])}, "The capacity of caseworker 0 is -1.0"),
        ({"distance": np.array([[1.0, 2.0], [np.nan, 2.0]])}, "The distance of case 1"),
        ({"competence": np.full((2, 2), 1.5)}, "The competence of case 0"),
        ({"guideline": np.array([[40.0, 20.0]] * 2)}, "The guideline of case 0"),
        ({"keep": np.array([1.0, -1.0])}, "The keep of case 1"),
        ({"language": np.ones((3, 2), dtype=np.bool_)}, "language has the shape"),
        ({"language": np.ones((2, 2))}, "language holds float64"),
        ({"now": np.zeros(2)}, "now holds float64"),
        ({"key": np.array([5, 5], dtype=np.uint64)}, "The key of case 1 stands twice"),
        ({"home": np.array([0, 4])}, "Case 1 lies in unit 4, which has no caseworkers"),
        ({"home": np.array([0, -1])}, "Case 1 lies in no unit"),
        ({"capacity": np.zeros(2)}, "Case 0 lies in unit 0, where all are away"),
        ({"forbidden": np.array([[False, False], [True, True]])}, "Nobody may have case 1"),
    ],
)
def test_a_caseload_that_cannot_be_shared_out_says_whose_and_why(facts: Any, says: str) -> None:
    with pytest.raises(BadCaseload, match=says):
        assign_caseworkers(replace(caseload([ANNA, BO]), **facts))


@pytest.mark.parametrize("weights", [{"change": -1.0}, {"km": np.nan}, {"uneven": 5.0}])
def test_a_weight_that_makes_no_sense_is_refused(weights: dict[str, float]) -> None:
    with pytest.raises(BadCaseload):
        Terms(**weights)
