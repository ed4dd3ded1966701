"""Working days (hverdage): Monday to Friday, when a Danish town hall is open.

Besides the public holidays of the church year, 1 May, 5 June, 24 and 31 December do not count:
most town halls are closed then or half the day, and a promise must not rest on such a day.
"""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether the town hall is open."""
    return day.weekday() < SATURDAY and day not in _closed(day.year)


def after_working_days(day: date, count: int) -> date:
    """Give the last of so many working days after a day; the day itself never counts."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _closed(year: int) -> frozenset[date]:
    categories = (holidays.PUBLIC, holidays.OPTIONAL)
    return frozenset(holidays.country_holidays("DK", years=year, categories=categories))
