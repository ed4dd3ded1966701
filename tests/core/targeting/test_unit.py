"""The bound that proves a proposal, and the single moves that no proposal leaves undone."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.core.targeting.balance import Balance
from velvalgt.core.targeting.caseload import NOBODY, Terms
from velvalgt.core.targeting.unit import Unit


@st.composite
def units(draw: st.DrawFn) -> Unit:
    cases, caseworkers = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    weight = rng.uniform(0.5, 3.0, cases)
    level = rng.dirichlet(np.ones(caseworkers)) * weight.sum()
    return Unit(
        cost=rng.choice([0.0, 0.8, 1.2], (cases, caseworkers)),
        now=rng.integers(NOBODY, caseworkers, cases),
        weight=weight,
        share=rng.uniform(0.0, 2.0, cases),
        balance=Balance(level, rng.uniform(0.0, 4.0, caseworkers), Terms()),
    )


@settings(max_examples=100, deadline=None)
@given(units(), st.integers(0, 2**32))
def test_the_bound_holds_at_any_prices(unit: Unit, seed: int) -> None:
    rng, terms, size = np.random.default_rng(seed), unit.balance.terms, len(unit.balance.level)
    prices = rng.uniform(-3, terms.over, size), rng.uniform(0, terms.guideline, size)

    bound = unit.bound(*prices)

    choices = product(range(size), repeat=len(unit.now))
    assert bound <= min(unit.value(np.array(choice)) for choice in choices) + 1e-9


@settings(max_examples=100, deadline=None)
@given(units(), st.data())
def test_no_single_move_betters_what_has_been_improved(unit: Unit, data: st.DataObject) -> None:
    size = len(unit.balance.level)
    start = data.draw(
        st.lists(st.integers(0, size - 1), min_size=len(unit.now), max_size=len(unit.now))
    )

    choice = unit.improved(np.array(start))

    assert unit.value(choice) <= unit.value(np.array(start)) + 1e-9
    for case, to in product(range(len(choice)), range(size)):
        other = choice.copy()
        other[case] = to
        assert unit.value(choice) <= unit.value(other) + 1e-8
        if to == unit.now[case] and choice[case] != to:
            assert unit.value(choice) < unit.value(other)
