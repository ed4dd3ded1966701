"""The meeting types (mødetyper): what meetings there are, read from a file, and checked."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.meetings.choices import Purpose, TextSet, Way

OURS = Path(__file__).with_name("meeting_types.yaml")
THEIRS = "meeting-types.yaml"
"""The name of a municipality's own file in the data folder; it stands instead of ours."""


COUNTED = {Purpose.INTERVIEW, Purpose.FOLLOW_UP}
"""The purposes whose form the law has a say in."""


class Said(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    da: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def __str__(self) -> str:
        return self.en if (get_language() or "da").startswith("en") else self.da


class MeetingType(BaseModel):
    """One kind of meeting (mødetype): what for, how long, who may book it, in which ways."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{2,39}$")
    name: Said
    text: Said
    purpose: Purpose
    detail: str = ""  # what the journal's entry says besides, where the law gives it a content
    when: str = Field("", pattern="^(first|later)?$")  # before or after the first interview
    groups: tuple[str, ...] = ()  # target groups it is for; none: all
    minutes: int = Field(ge=5, le=480)
    buffer_minutes: int = Field(ge=0, le=120)
    interpreter_minutes: int = Field(0, ge=0, le=240)
    ways: tuple[Way, ...] = Field(min_length=1)
    booked_by: frozenset[str] = Field(min_length=1)
    shortest_notice_hours: int = Field(ge=0, le=24 * 30)
    longest_notice_days: int = Field(ge=1, le=366)
    change_until_hours: int = Field(ge=0, le=24 * 14)
    preparation: bool
    text_set: TextSet
    follow_up_days: int | None = Field(None, ge=1, le=366)

    @model_validator(mode="after")
    def _fits(self) -> "MeetingType":
        if not self.booked_by <= {"citizen", "caseworker"}:
            raise ValueError("booked_by names somebody else than citizen and caseworker")
        if self.shortest_notice_hours > 24 * self.longest_notice_days:
            raise ValueError("the shortest notice is longer than the longest")
        return self

    @property
    def kind(self) -> Kind | None:
        """What the journal writes when it was held; None where it counts for nothing."""
        return _KINDS.get(self.purpose)

    def length(self, language: str) -> timedelta:
        """How long it takes, with an interpreter or without."""
        more = self.interpreter_minutes if language else 0
        return timedelta(minutes=self.minutes + more)

    @property
    def buffer(self) -> timedelta:
        """How long the staff need after it."""
        return timedelta(minutes=self.buffer_minutes)


_KINDS = {
    Purpose.INTERVIEW: Kind.INTERVIEW,
    Purpose.FOLLOW_UP: Kind.FOLLOW_UP,
    Purpose.GROUP: Kind.GROUP_MEETING,
}


class BadTypes(Exception):
    """A file of meeting types does not fit; the message says where and how to mend it."""


def types() -> Mapping[str, MeetingType]:
    """Give the meeting types by key: the municipality's own, or ours.

    Raises:
        BadTypes: the municipality's file does not fit.
    """
    theirs = Path(settings.HOME) / THEIRS
    path = theirs if theirs.exists() else OURS
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Mapping[str, MeetingType]:
    return read_types(path.read_text(encoding="utf-8"), path.name)


def read_types(text: str, name: str) -> Mapping[str, MeetingType]:
    """Read meeting types from a file's text.

    Raises:
        BadTypes: it is no YAML, misses something, or says something twice; each fault has a line
            that says which type, where in it, and what is wrong.
    """
    try:
        entries = list(yaml.safe_load(text)["types"])
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise BadTypes(f"{name}: a list named `types` is expected.") from error
    found: dict[str, MeetingType] = {}
    faults: list[str] = []
    for number, entry in enumerate(entries, start=1):
        key = entry.get("key", number) if isinstance(entry, dict) else number
        try:
            each = MeetingType.model_validate(entry)
        except ValidationError as error:
            faults += [f"{name}: {key}: {fault}" for fault in faults_in_words(error)]
            continue
        if each.key in found:
            faults.append(f"{name}: {key}: this key stands twice; give one of the two another.")
        found[each.key] = each
    if not faults and not found:
        faults.append(f"{name}: there is no type in it.")
    if faults:
        raise BadTypes("\n".join(faults))
    return found


def faults_in_words(error: ValidationError) -> list[str]:
    """Say of each fault where in an entry it is, and what is wrong."""
    told = []
    for each in error.errors(include_url=False):
        where = ".".join(str(part) for part in each["loc"])
        why = _MENDS.get(each["type"], each["msg"].removeprefix("Value error, "))
        told.append(f"{where}: {why}" if where else why)
    return told


_MENDS = {
    "missing": "this is missing; write it.",
    "extra_forbidden": "this word is not known here; take it out, or mend its spelling.",
    "string_type": "this is to be a text; put it in quotes.",
}


def differences(theirs: Mapping[str, MeetingType]) -> list[str]:
    """Say how some types differ from those that are shipped, a line for each difference."""
    ours = read_types(OURS.read_text(encoding="utf-8"), OURS.name)
    told = [f"{key}: not among the shipped ones" for key in theirs if key not in ours]
    told += [f"{key}: shipped, and not in the file" for key in ours if key not in theirs]
    for key in (key for key in ours if key in theirs):
        before, after = ours[key].model_dump(mode="json"), theirs[key].model_dump(mode="json")
        told += [
            f"{key}: {name}: {_in_words(after[name])} instead of {_in_words(before[name])}"
            for name in before
            if _in_words(after[name]) != _in_words(before[name])
        ]
    return told


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return " / ".join(f"“{text}”" for text in value.values())
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value))) or "none"
    return "none" if value in (None, "") else str(value).lower()


def type_of(key: str) -> MeetingType:
    """Give a meeting's type; one that the file no longer has stands by its key.

    A meeting outlives the file that it was booked by.
    """
    return types().get(key) or _gone(key)


@lru_cache(maxsize=64)
def _gone(key: str) -> MeetingType:
    return MeetingType(
        key=key,
        name=Said(da="Møde", en="Meeting"),
        text=Said(da="Vi mødes.", en="We meet."),
        purpose=Purpose.TALK,
        minutes=45,
        buffer_minutes=0,
        ways=tuple(Way),
        booked_by=frozenset({"caseworker"}),
        shortest_notice_hours=0,
        longest_notice_days=366,
        change_until_hours=0,
        preparation=False,
        text_set=TextSet.BOOKED,
    )


def types_for(*, booked_by: str, groups: Collection[str], is_new: bool) -> list[MeetingType]:
    """Give the types of meetings with one citizen that somebody may book, in the file's order.

    Args:
        booked_by: citizen or caseworker.
        groups: the citizen's target groups now.
        is_new: whether no interview has been held yet.
    """
    when = {"", "first" if is_new else "later"}
    return [
        each
        for each in types().values()
        if booked_by in each.booked_by
        and each.when in when
        and each.purpose not in {Purpose.GROUP, Purpose.CONFERENCE}
        and (not each.groups or set(each.groups) & set(groups))
    ]
