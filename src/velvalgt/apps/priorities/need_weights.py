"""The need weights that hold until the council has decided its own: read from a file."""

from functools import cache
from importlib.resources import files

import yaml

from velvalgt.apps.cases.choices import NeedLevel


@cache
def _shipped() -> dict[NeedLevel, float]:
    text = files("velvalgt.apps.priorities").joinpath("need_weights.yaml").read_text("utf-8")
    told = yaml.safe_load(text)["weights"]
    return {level: float(told[level.value]) for level in NeedLevel}


def default_weights() -> dict[str, float]:
    """Give the starting point (behovsvægte): a weight for each need level, by its word."""
    return {level.value: weight for level, weight in _shipped().items()}
