"""What a dispensation changes is told in numbers, before and after it holds."""

from datetime import date

import polars as pl
import pytest

from tests.apps.duties.conftest import Law
from tests.world.dispensations import FIRST, NOW, draft
from tests.world.factories import MONDAY, CitizenFactory, EntryFactory, SpellFactory
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.duties import queries
from velvalgt.apps.duties.changes import _only_in, _statuses
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.queries import Changes
from velvalgt.core.regime import LawError, load

LATER = date(2026, 12, 7)


@pytest.fixture
def three(law: Law) -> Law:
    """Two more came on Monday, one of whom was met at once."""
    with law.world.building():
        for number in range(2):
            citizen = CitizenFactory(tenant=law.world.tenant)
            SpellFactory(citizen=citizen, starts_on=MONDAY)
            EntryFactory(citizen=citizen, kind="first_contact", on=MONDAY, form="")
            if number:
                EntryFactory(citizen=citizen, on=MONDAY)
    return law


def changes(law: Law, on: date = MONDAY, **said: object) -> Changes:
    with law.as_jurist(law.mette):
        return queries.what_would_change(draft(**said), on, at=NOW)


def test_a_pause_is_counted_by_rule_and_by_how_the_duty_stood(three: Law) -> None:
    told = changes(three)

    assert (told.paused, told.citizens, told.wider, told.moved) == (2, 2, 0, 0)
    assert [(c.rule.id, c.before, c.after, c.citizens) for c in told.statuses] == [
        (FIRST, "kommer", "på pause", 2)
    ]


def test_more_forms_are_counted_by_what_was_allowed_before(three: Law) -> None:
    told = changes(three, effect=Effect.FORM_RELAXED, forms=("phone",))

    assert (told.paused, told.wider, told.citizens) == (0, 3, 3)
    assert [(c.before, c.after, c.citizens) for c in told.forms] == [
        ("ved et møde", "ved et møde · i telefon", 3)
    ]


def test_a_stopped_clock_moves_the_last_days_and_tells_how_far(three: Law) -> None:
    told = changes(
        three,
        LATER,
        effect=Effect.CLOCK_EXCLUDED,
        rules=(),
        clocks=("clock_unbroken_benefit_spell",),
        last_day=date(2026, 12, 6),
    )

    assert told.moved > 0
    assert told.most_days == 14
    assert {change.after for change in told.days} == {"14"}


def test_a_window_that_has_not_begun_is_reckoned_for_its_first_day(three: Law) -> None:
    told = changes(three, first_day=LATER)

    assert told.on == LATER
    assert [(c.before, c.after, c.citizens) for c in told.statuses] == [("for sent", "på pause", 2)]


def test_another_region_changes_nothing(three: Law) -> None:
    assert changes(three, regions=("Sjælland",)).citizens == 0


def test_what_is_not_written_yet_does_not_stop_the_reckoning(three: Law) -> None:
    assert changes(three, instrument="", paragraph="", words_da="", words_en="").paused == 2


def test_a_rule_that_is_not_there_is_said(three: Law) -> None:
    with pytest.raises(LawError, match="no_such_rule"):
        changes(three, rules=("no_such_rule",))


def test_what_is_confirmed_tells_what_it_does_now(three: Law) -> None:
    given = three.confirmed()

    with three.as_jurist(three.mette):
        told = queries.what_it_does(given, MONDAY, at=NOW)

    assert [(c.before, c.after, c.citizens) for c in told.statuses] == [("kommer", "på pause", 2)]


def test_a_caseworker_counts_only_those_whom_they_may_see(three: Law) -> None:
    with three.world.as_tine():
        told = queries.what_would_change(draft(), MONDAY, at=NOW)

    assert told.citizens == 1


def test_the_reckoning_asks_five_questions_and_leaves_a_line_however_many_citizens(
    three: Law, django_assert_num_queries: object
) -> None:
    with three.as_jurist(three.mette), django_assert_num_queries(6):  # type: ignore[operator]
        queries.what_would_change(draft(), MONDAY, at=NOW)


def test_a_reckoning_over_everybody_is_a_line_in_the_log(three: Law) -> None:
    changes(three)
    with three.as_jurist(three.mette):
        queries.touched_then(LATER, None, at=NOW)

    with three.as_jurist(three.mette):
        ran = Trace.objects.filter(action=Action.RUN, user_id=three.mette.pk).order_by("pk")
        assert [(line.what, line.count) for line in ran] == [
            ("duties_preview", 5),
            ("duties_book", 5),
        ]


def test_a_duty_that_is_asked_only_with_it_or_only_without_it_is_told_in_plain_words(
    law: Law,
) -> None:
    there = {"person_id": [1], "rule_id": [FIRST], "status": ["upcoming"]}
    both = pl.DataFrame({**there, "status_after": ["suspended"]})
    one = pl.DataFrame(there)

    told = _statuses(
        load(), both, one, pl.concat([one, one.with_columns(person_id=pl.lit(2, pl.Int64))])
    )

    assert {(c.before, c.after, c.citizens) for c in told} == {
        ("kommer", "på pause", 1),
        ("kræves ikke", "kommer", 1),
        ("kommer", "kræves ikke", 2),
    }


def test_what_is_over_on_the_only_side_is_no_duty_that_comes_or_goes(law: Law) -> None:
    two = pl.DataFrame(
        {
            "person_id": [1, 2],
            "rule_id": [FIRST, FIRST],
            "since": [MONDAY, MONDAY],
            "status": ["upcoming", "lapsed"],
        }
    )

    assert _only_in(two, two.clear())["person_id"].to_list() == [1]
    assert _only_in(two, two).is_empty()


def test_the_lines_of_one_rule_stand_together(three: Law) -> None:
    told = changes(three, rules=(FIRST, "k3_min4_in_6mt_quota75"))

    rules = [change.rule.id for change in told.statuses]
    assert rules == sorted(rules)
