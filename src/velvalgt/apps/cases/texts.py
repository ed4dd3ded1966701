"""Texts that lie in data files in both languages, said in the reader's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Said:
    """A text in Danish and English; as a string it is in the language of whoever reads."""

    da: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "da").startswith("en") else self.da


@cache
def data_file(name: str) -> Mapping[str, Any]:
    """Read one of the station's data files."""
    text = files("velvalgt.apps.cases").joinpath(f"{name}.yaml").read_text("utf-8")
    content: Mapping[str, Any] = yaml.safe_load(text)
    return content
