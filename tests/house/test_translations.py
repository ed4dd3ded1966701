"""Everything that people read has its Danish, in the package that says it."""

from pathlib import Path

import pytest

from velvalgt.web import messages

PACKAGES = messages.packages()


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_every_text_has_its_danish(package: Path) -> None:
    assert messages.untranslated(package) == []


def test_texts_are_found_in_code_and_in_templates() -> None:
    found = messages.found_in(messages.PACKAGE / "web")

    assert "Sign out" in found, "in a template"
    assert found.get("l j F Y", context="date format"), "in code"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_no_danish_is_kept_for_a_text_that_is_gone(package: Path) -> None:
    path = messages.catalogue_of(package)
    kept = path.read_text(encoding="utf-8") if path.exists() else ""

    assert "#~ msgid" not in kept
