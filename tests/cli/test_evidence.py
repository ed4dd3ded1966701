"""`velvalgt evidence`: somebody reads what studies say, and keeps a copy of their own."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from velvalgt.cli import velvalgt
from velvalgt.core.effect import load_evidence


def evidence(*words: object) -> Result:
    return CliRunner().invoke(velvalgt, ["evidence", *(str(word) for word in words)])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    assert evidence("--write", folder).exit_code == 0
    return folder


def changed(folder: Path, old: str, new: str) -> None:
    path = folder / "gains.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


def test_the_table_is_printed_with_every_row_its_study_and_its_doubt() -> None:
    done = evidence()

    shipped = load_evidence()
    assert done.exit_code == 0
    assert all(f"\n  {row.id}\n" in done.stdout for row in shipped.file.rows)
    assert "we read it +3.5 weeks, nine times of ten +0.2 to +6.8" in done.stdout
    assert "no study that measured what counts: no gain, and no rank" in done.stdout
    assert shipped.version in done.stdout


def test_it_is_read_in_danish_too() -> None:
    assert "møde hver anden uge i starten" in evidence("--language", "da").stdout


def test_a_copy_is_as_shipped_until_it_is_changed(copy: Path) -> None:
    before = evidence(copy).stdout
    changed(copy, "mean: 3.5", "mean: 3.0")
    after = evidence(copy).stdout

    assert "not as shipped: none" in before
    assert "not as shipped: frequent_contact_insured." in after


def test_a_copy_is_never_written_over(copy: Path) -> None:
    changed(copy, "mean: 3.5", "mean: 3.0")

    done = evidence("--write", copy)

    assert done.exit_code == 1
    assert "there already; nothing was written" in done.output
    assert load_evidence(copy).version != load_evidence().version


def test_what_does_not_hold_is_told_with_file_row_field_and_what_to_do(copy: Path) -> None:
    changed(copy, "groups: [G6]", "groups: [G4]")

    done = evidence(copy)

    assert done.exit_code == 1
    assert "gains.yaml: graded_return_sick, measured.unit" in done.output
    assert "1 to mend." in done.output


def test_one_either_checks_or_writes(copy: Path) -> None:
    assert evidence(copy, "--write", copy).exit_code == 2
