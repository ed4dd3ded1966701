"""What a set-up file may say of places, rooms, interpreters and hours, checked entry by entry."""

from datetime import date, time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from velvalgt.apps.meetings.choices import Way

DAYS = ("mo", "tu", "we", "th", "fr")
Code = Annotated[str, Field(min_length=1, max_length=40)]


def _clock(told: object) -> object:
    """Read 9:00 without quotes, which YAML takes for 540 sixtieths."""
    is_sixtieths = isinstance(told, int) and not isinstance(told, bool)
    return time(*divmod(told, 60)) if is_sixtieths and 0 <= told < 24 * 60 else told  # type: ignore[operator]


def _day(told: object) -> object:
    if told not in DAYS:
        raise ValueError(f"the days are {', '.join(DAYS)}; a Saturday is opened as an extra day.")
    return DAYS.index(str(told))


def _without_alarm(name: str) -> str:
    if "alarm" in name.lower():
        raise ValueError(
            "citizens read the names of rooms: write has_alarm: true, and not alarm in the name."
        )
    return name


Clock = Annotated[time, BeforeValidator(_clock)]
DayOfWeek = Annotated[int, BeforeValidator(_day)]


class Entry(BaseModel):
    """Any entry of the file; a word that is not known is a fault."""

    model_config = ConfigDict(extra="forbid")


class RoomEntry(Entry):
    """A room of a place."""

    code: Code
    name: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_without_alarm)]
    seats: int = Field(4, ge=2, le=1000)
    has_alarm: bool = False
    has_video: bool = False


class PlaceEntry(Entry):
    """An address where meetings are held, with its rooms."""

    code: Code
    name: str = Field(min_length=1, max_length=120)
    address: str = Field(min_length=1, max_length=200)
    rooms: list[RoomEntry] = []


class HoursEntry(Entry):
    """Hours that come back: on which days, every so many weeks, from when to when, where."""

    days: list[DayOfWeek] = Field(min_length=1)
    every: int = Field(1, ge=1, le=4)
    opens: Clock
    closes: Clock
    starts_on: date
    place: Code | None = None
    ways: tuple[Way, ...] = tuple(Way)


class InterpreterEntry(Entry):
    """Somebody who interprets by profession, with languages and hours."""

    code: Code
    name: str = Field(min_length=1, max_length=120)
    languages: tuple[Annotated[str, Field(pattern="^[a-z]{2,3}$")], ...] = Field(min_length=1)
    hours: list[HoursEntry] = []


class StaffEntry(Entry):
    """The hours of one of the staff in a unit."""

    initials: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    hours: list[HoursEntry] = []
