"""Working days and quiet hours hold on every day of the year, also when clocks are moved."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from velvalgt.apps.messages.quiet import QuietHours, first_moment
from velvalgt.apps.staff.queries import after_working_days, is_working_day

FIRST, LAST = datetime(2024, 1, 1), datetime(2040, 12, 31)  # noqa: DTZ001 - made UTC below
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))
NIGHT = QuietHours(time(21), time(8))


@settings(deadline=None)  # the first year asked for takes the calendar a moment
@given(day=DAYS, count=st.integers(1, 40))
@example(day=date(2026, 12, 23), count=3)
@example(day=date(2026, 3, 27), count=1)
def test_the_promised_day_is_a_working_day_with_as_many_before_it(day: date, count: int) -> None:
    promised = after_working_days(day, count)

    between = [day + timedelta(days=n) for n in range(1, (promised - day).days + 1)]
    assert is_working_day(promised)
    assert sum(map(is_working_day, between)) == count
    assert promised >= day + timedelta(days=count)


@pytest.mark.parametrize(
    ("day", "promised"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),
        (date(2026, 11, 20), date(2026, 11, 25)),
        (date(2026, 11, 21), date(2026, 11, 25)),
        (date(2026, 12, 22), date(2026, 12, 29)),
        (date(2026, 12, 30), date(2027, 1, 6)),
        (date(2027, 3, 24), date(2027, 4, 1)),
    ],
)
def test_three_working_days_over_weekends_christmas_and_easter(day: date, promised: date) -> None:
    assert after_working_days(day, 3) == promised


@given(at=MOMENTS, begins=TIMES, ends=TIMES)
@example(at=datetime(2026, 10, 25, 1, 10, tzinfo=UTC), begins=time(22), ends=time(2, 30))
@example(at=datetime(2026, 3, 29, 0, 10, tzinfo=UTC), begins=time(22), ends=time(2, 30))
def test_nothing_is_sent_in_quiet_hours_nor_held_longer_than_a_day(
    at: datetime, begins: time, ends: time
) -> None:
    if begins == ends:
        return
    quiet = QuietHours(begins, ends)

    sent_at = first_moment(at, quiet)

    assert not quiet.hold(timezone.localtime(sent_at).time())
    assert at <= sent_at <= at + timedelta(hours=25)
    assert sent_at == at or quiet.hold(timezone.localtime(at).time())


@pytest.mark.parametrize(
    ("at", "sent_at"),
    [
        (datetime(2026, 11, 23, 21, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)),
        (datetime(2026, 11, 24, 5, tzinfo=UTC), datetime(2026, 11, 24, 7, tzinfo=UTC)),
        (datetime(2026, 7, 1, 20, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
        (datetime(2026, 3, 28, 21, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),
        (datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)),
    ],
)
def test_what_comes_at_night_waits_till_eight_by_the_clock_on_the_wall(
    at: datetime, sent_at: datetime
) -> None:
    assert first_moment(at, NIGHT) == sent_at
