"""Why the municipality may use what it knows: the law, a consent in the case, a free choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from velvalgt.apps.people.choices import Choice
from velvalgt.apps.people.powers import Words


@dataclass(frozen=True, slots=True)
class ByLaw:
    """What is used because a law says so (hjemmel): no yes is asked, and none can be taken back."""

    what: Words
    why: Words
    source: str
    url: str
    status: str


@dataclass(frozen=True, slots=True)
class ByChoice:
    """What takes a yes: in the case, with its law and what is in doubt of it; or free."""

    choice: Choice
    why: Words
    otherwise: Words | None = None
    source: str = ""
    url: str = ""
    status: str = ""
    doubt: Words | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    """The three, kept apart."""

    by_law: tuple[ByLaw, ...]
    in_the_case: tuple[ByChoice, ...]
    free: tuple[ByChoice, ...]


@cache
def grounds() -> Grounds:
    """Read `grounds.yaml`; what it leaves out of the choices is a fault of ours, found at once."""
    told: Mapping[str, Any] = yaml.safe_load(
        files(__package__).joinpath("grounds.yaml").read_text("utf-8")
    )
    read = Grounds(
        tuple(_by_law(each) for each in told["by_law"]),
        tuple(_by_choice(each) for each in told["in_the_case"]),
        tuple(_by_choice(each) for each in told["free"]),
    )
    if {each.choice for each in read.free} != {choice for choice in Choice if choice.is_free}:
        raise ValueError("grounds.yaml: the free choices are not those of the program")
    return read


def _by_law(told: dict[str, Any]) -> ByLaw:
    return ByLaw(**told | {"what": Words(**told["what"]), "why": Words(**told["why"])})


def _by_choice(told: dict[str, Any]) -> ByChoice:
    words: dict[str, Any] = {
        part: Words(**told[part]) for part in ("why", "otherwise", "doubt") if part in told
    }
    return ByChoice(**{**told, **words, "choice": Choice(told["choice"])})
