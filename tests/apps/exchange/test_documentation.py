"""The reference says what the importer does: every column, every reason, in Danish too."""

from pathlib import Path

import pytest
from django.utils import translation

from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.files import FILES
from velvalgt.apps.exchange.reasons import FROM_CORE, REASONS
from velvalgt.cli.installation import KINDS
from velvalgt.core import frames

PAGE = (Path(__file__).parents[3] / "docs/reference/import-files.md").read_text("utf-8")


def section(name: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    text = PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("kind", FileKind)
def test_every_column_is_described_as_it_is_read(kind: FileKind) -> None:
    def yes(value: bool) -> str:
        return "yes" if value else "no"

    described = [row[:3] for row in section(kind)]

    assert described == [[f"`{c.name}`", yes(c.is_required), yes(c.is_filled)] for c in FILES[kind]]


def test_the_command_takes_every_kind_of_file() -> None:
    assert list(KINDS) == FileKind.values


def test_every_reason_is_described_in_its_own_words() -> None:
    with translation.override("en"):
        told = [[f"`{code}`", str(text)] for code, text in REASONS.items()]

    assert section("The rejects file") == told


def test_every_reason_of_the_core_can_be_told() -> None:
    never_from_a_file = {"bad_person_id"}

    codes = {FROM_CORE.get(code, code) for code in frames.REASON_CODES}
    assert codes - set(REASONS) == never_from_a_file


def test_every_reason_is_told_in_danish(danish_texts: None) -> None:
    with translation.override("en"):
        english = {str(text) for text in REASONS.values()}

    assert not english & {str(text) for text in REASONS.values()}
