"""A municipality's own table of studies stands instead of the shipped one, for plans and pages."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from velvalgt.apps.priorities.evidence import THEIRS, evidence
from velvalgt.apps.priorities.reasons import study_of
from velvalgt.core.effect import EvidenceError, load_evidence
from velvalgt.core.effect.studies import EVIDENCE


@pytest.fixture
def theirs(tmp_path: Path, settings: Any) -> Path:
    """A copy of the table in the data folder, as `velvalgt evidence --write` leaves it."""
    settings.HOME = tmp_path
    return Path(copytree(EVIDENCE.parent, tmp_path / THEIRS))


def test_without_a_copy_the_shipped_table_holds(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path

    assert evidence().version == load_evidence().version


def test_a_change_in_the_copy_holds_at_once(theirs: Path) -> None:
    before = evidence().version

    file = theirs / "gains.yaml"
    file.write_text(file.read_text("utf-8") + "\n# looked at by the team\n", "utf-8")

    assert evidence().version != before


def test_a_copy_that_does_not_hold_is_never_passed_over(theirs: Path) -> None:
    (theirs / "gains.yaml").write_text("rows: [", "utf-8")

    with pytest.raises(EvidenceError, match="gains"):
        evidence()


def test_a_study_of_the_copy_is_named_as_a_reason(theirs: Path) -> None:
    file = theirs / "studies.yaml"
    told = file.read_text("utf-8")
    assert "id: classroom_dk" in told
    file.write_text(told.replace("classroom_dk", "our_own_course"), "utf-8")
    gains = theirs / "gains.yaml"
    gains.write_text(gains.read_text("utf-8").replace("classroom_dk", "our_own_course"), "utf-8")

    study = study_of("study:our_own_course")

    assert study is not None
    assert study.source.year == 2008
