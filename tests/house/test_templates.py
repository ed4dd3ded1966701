"""No template is left over, and every component is in the reference."""

import re
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

from velvalgt.web.messages import PACKAGE

TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
COMPONENTS = sorted((PACKAGE / "web/templates/web/components").glob("*.html"))
REFERENCE = PACKAGE.parents[1] / "docs/reference/components.md"
PARTS_OF_FIELD = {"field_checkbox", "field_choices", "field_notes"}
ANSWERED_ELSEWHERE = {"503.html"}
"""Sent by the web server in front, when nothing of ours runs."""


def name_of(path: Path) -> str:
    """The name that a template is asked for by."""
    return str(path).partition("/templates/")[2]


def used_names() -> set[str]:
    """Each template's name that stands in code or in a template."""
    sources = [*PACKAGE.glob("**/*.py"), *TEMPLATES]
    texts = [path.read_text(encoding="utf-8") for path in sources]
    found = {name for text in texts for name in re.findall(r"[\w/-]+\.html", text)}
    tags = {name for text in texts for name in re.findall(r'component "(\w+)"', text)}
    return found | {f"web/components/{name}.html" for name in tags}


USED = used_names()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_template_is_used(path: Path) -> None:
    is_role_menu = path.name == "navigation.html"

    assert name_of(path) in USED or path.name in USED | ANSWERED_ELSEWHERE or is_role_menu


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_every_component_is_in_the_reference(path: Path) -> None:
    reference = REFERENCE.read_text(encoding="utf-8")

    assert path.stem in PARTS_OF_FIELD or f"| `{path.stem}` |" in reference


def names_of(resolver: URLResolver, spaces: str = "") -> set[str]:
    """Each name by which an address can be asked for, with its namespace."""
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            names |= names_of(entry, inner)
        elif entry.name:
            names.add(f"{spaces}{entry.name}")
    return names


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_address_that_a_template_asks_for_is_known(path: Path) -> None:
    """`{% url "x" as y %}` of an unknown name gives nothing, and nobody is told."""
    asked = set(re.findall(r'{% url "([^"]+)"', path.read_text(encoding="utf-8")))

    assert asked <= names_of(get_resolver())
