"""Free times are shown a week at a time, from the first week that has any."""

from datetime import date, datetime, timedelta

from tests.world.meetings import at
from velvalgt.apps.meetings.finding import Slot
from velvalgt.apps.meetings.weeks import week_of

TODAY = date(2026, 11, 23)


def slot(starts_at: datetime) -> Slot:
    return Slot(starts_at, starts_at + timedelta(minutes=45), ())


SLOTS = [slot(at(25, 9)), slot(at(25, 10)), slot(at(27, 9)), slot(at(15, 9, month=12))]


def test_the_first_week_with_free_times_is_shown_by_day() -> None:
    week = week_of(SLOTS, None, TODAY)

    assert (week.starts_on, week.ends_on) == (date(2026, 11, 23), date(2026, 11, 29))
    assert [(day.on.day, len(day.slots)) for day in week.days] == [(25, 2), (27, 1)]


def test_the_ways_on_skip_weeks_that_have_none() -> None:
    first = week_of(SLOTS, None, TODAY)
    last = week_of(SLOTS, first.after, TODAY)

    assert (first.before, first.after) == (None, date(2026, 12, 14))
    assert (last.before, last.after) == (date(2026, 11, 23), None)


def test_a_week_without_free_times_leads_to_those_around_it() -> None:
    week = week_of(SLOTS, date(2026, 12, 2), TODAY)

    assert (week.days, week.before, week.after) == ((), date(2026, 11, 23), date(2026, 12, 14))


def test_where_nothing_is_free_this_week_is_shown() -> None:
    assert week_of([], None, TODAY).starts_on == TODAY
