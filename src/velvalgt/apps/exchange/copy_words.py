"""What tables and columns are called in a citizen's copy: `copy_words.yaml`, in both languages."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import get_language


@cache
def all_copy_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read the words: part of the copy -> name -> language -> word."""
    text = files(__package__).joinpath("copy_words.yaml").read_text("utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def copy_words(part: str, name: str) -> str:
    """Say a table or a column in the reader's language; one without a word says its own name."""
    language = "en" if (get_language() or "da").startswith("en") else "da"
    return all_copy_words()[part].get(name, {}).get(language) or name.replace("_", " ")
