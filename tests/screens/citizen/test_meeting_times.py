"""Few of a day's times at once, and a week that can always be left."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.world.meetings import at
from velvalgt.apps.meetings.queries import Slot
from velvalgt.screens.citizen.meeting_times import few, week_of
from velvalgt.screens.citizen.meeting_wish import When

WISH: Any = SimpleNamespace(
    address=lambda **more: next(iter(more.values()), ""), at_slot=lambda slot: "here"
)


def slots_on(*days: int) -> list[Slot]:
    """Eight times on each of some days of November."""
    return [Slot(at(day, hour), at(day, hour + 1), ()) for day in days for hour in range(8, 16)]


def week(slots: list[Slot], *, in_week: date | None = None, on: date | None = None) -> Any:
    return week_of(slots, WISH, When(in_week, on, None))


@given(st.integers(0, 60), st.integers(2, 8))
def test_a_few_of_a_days_times_are_its_first_its_last_and_others_in_order(
    count: int, most: int
) -> None:
    day = [Slot(at(26, 0) + timedelta(minutes=n), at(26, 1), ()) for n in range(count)]

    chosen = few(day, most)

    assert len(chosen) == min(count, most)
    assert chosen == sorted(chosen, key=lambda slot: slot.starts_at)
    assert {slot.starts_at for slot in chosen} <= {slot.starts_at for slot in day}
    assert not day or (chosen[0], chosen[-1]) == (day[0], day[-1])


def test_the_first_week_that_has_times_is_shown() -> None:
    shown = week(slots_on(12, 13, 24))

    assert [day.on.day for day in shown.days] == [12, 13]
    assert (shown.earlier, shown.later) == ("", "2026-11-23")


def test_a_week_without_times_leads_to_the_next_that_has_some() -> None:
    shown = week(slots_on(5, 24), in_week=date(2026, 11, 12))

    assert shown.monday == date(2026, 11, 23)
    assert shown.earlier == "2026-11-02"


def test_after_the_last_week_the_last_is_shown() -> None:
    assert week(slots_on(5), in_week=date(2027, 1, 1)).monday == date(2026, 11, 2)


def test_one_day_is_shown_whole_and_alone() -> None:
    shown = week(slots_on(12, 13), on=date(2026, 11, 13))

    (day,) = shown.days
    assert (day.on.day, len(day.times), day.more) == (13, 8, "")


def test_without_times_there_is_no_week() -> None:
    assert week([]) is None
