"""The demo's two places: Velby plans by gain, the small Lilleby without profiling."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from velvalgt.apps.staff.queries import all_tenants

VELBY, LILLEBY = "099", "096"
_FILES = {VELBY: "story", LILLEBY: "lilleby"}
_MADE_UP = ("first_names", "last_names", "streets", "protected_share")


@cache
def story(code: str = VELBY) -> dict[str, Any]:
    """A place's organisation, names, wishes and plans; the made-up names are the same in both."""
    names = {key: _read(_FILES[VELBY])[key] for key in _MADE_UP}
    return names | _read(_FILES[code])


def exists(code: str = VELBY) -> bool:
    """Whether the place is here."""
    return any(tenant.code == story(code)["tenant"]["code"] for tenant in all_tenants())


def day() -> date:
    """The Monday on which the demo stands still."""
    frozen_on: date = story()["tenant"]["frozen_on"]
    return frozen_on


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(
        files(__package__).joinpath(f"{name}.yaml").read_text("utf-8")
    )
    return content
