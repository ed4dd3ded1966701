"""The steps of an invitation (indkaldelsesforløb) as a file says them: order, waits, words, law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from velvalgt.apps.meetings.choices import InvitationState, TextSet
from velvalgt.apps.meetings.types import Said

OURS = Path(__file__).with_name("invitation_steps.yaml")
THEIRS = "invitation-steps.yaml"
"""The name of a municipality's own file in the data folder; it stands instead of ours."""

Status = Literal["CONFIRMED-LAW", "CONFIRMED-OFFICIAL", "UNCERTAIN-SEC", "UNCERTAIN-INF"]
"""How sure a ground is, in the words of the law files."""


class StepRule(BaseModel):
    """What one state asks: which may follow, after how many working days, in which words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    state: InvitationState
    follows: tuple[InvitationState, ...] = ()
    ends: bool = False  # nothing is waited for any more
    waits: int | None = Field(None, ge=1, le=60)  # working days; a starting value
    text_set: TextSet | None = None
    title: Said
    text: Said
    grounds: tuple[str, ...] = ()


class LegalGround(BaseModel):
    """What the law says, in our own words, where it was read, and what of it was not read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    paragraph: str = Field(min_length=3)
    says: Said
    url: str = Field(pattern="^https://")
    status: Status
    not_read: Said

    @property
    def is_sure(self) -> bool:
        """Whether it was read in the law itself or at an authority."""
        return self.status.startswith("CONFIRMED")


@dataclass(frozen=True, slots=True)
class Machine:
    """All the steps, and the grounds that they name."""

    steps: Mapping[InvitationState, StepRule]
    grounds: Mapping[str, LegalGround]
    guidance: tuple[LegalGround, ...] = ()  # what somebody is told of who did not come

    def grounds_of(self, state: InvitationState) -> list[LegalGround]:
        """What the law says of a state."""
        return [self.grounds[key] for key in self.steps[state].grounds]

    def law_of(self, state: InvitationState) -> str:
        """The paragraphs that a state rests on, as a letter names them."""
        return " · ".join(ground.paragraph for ground in self.grounds_of(state))


class BadSteps(Exception):
    """A file of steps does not fit; the message says where and how to mend it."""


def machine() -> Machine:
    """Give the steps of an invitation: the municipality's own, or ours.

    Raises:
        BadSteps: the municipality's file does not fit.
    """
    theirs = Path(settings.HOME) / THEIRS
    path = theirs if theirs.exists() else OURS
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Machine:
    return read_steps(path.read_text(encoding="utf-8"), path.name)


def read_steps(text: str, name: str) -> Machine:
    """Read the steps from a file's text.

    Raises:
        BadSteps: it is no YAML, misses a state, names an unknown ground, or leads nowhere.
    """
    try:
        content = yaml.safe_load(text)
        steps = [StepRule.model_validate(each) for each in content["steps"]]
        grounds = [LegalGround.model_validate(each) for each in content["grounds"]]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadSteps(f"{name}: {where or 'a step'}: {first['msg']}") from error
    except (yaml.YAMLError, TypeError, KeyError) as error:
        raise BadSteps(f"{name}: lists named `steps` and `grounds` are expected.") from error
    by_key = {each.key: each for each in grounds}
    read = Machine({each.state: each for each in steps}, by_key)
    told = [str(key) for key in content.get("guidance", [])]
    for trouble in (_missing(read), _unknown(read, told), _dead_ends(read)):
        if trouble:
            raise BadSteps(f"{name}: {trouble}")
    return replace(read, guidance=tuple(by_key[key] for key in told))


def _missing(read: Machine) -> str:
    missing = [state for state in InvitationState if state not in read.steps]
    return f"{', '.join(missing)} is missing" if missing else ""


def _unknown(read: Machine, told: Sequence[str]) -> str:
    named = {key for step in read.steps.values() for key in step.grounds} | {*told}
    unknown = sorted(named - set(read.grounds))
    return f"no ground is called {', '.join(unknown)}" if unknown else ""


def _dead_ends(read: Machine) -> str:
    """Which states never come to an end, however long one goes on."""
    ending = {state for state, step in read.steps.items() if step.ends}
    while (
        more := {state for state, step in read.steps.items() if ending & {*step.follows}} - ending
    ):
        ending |= more
    stuck = sorted(set(read.steps) - ending)
    return f"{', '.join(stuck)} leads to no end" if stuck else ""
