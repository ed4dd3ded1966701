"""A municipality's own copy of the evidence: it may change readings, and is told what fails."""

from collections.abc import Iterator
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from velvalgt.core.effect import EvidenceError, load_evidence
from velvalgt.core.effect.checking import GAINS, SHIPPED, STUDIES, faults_of

ODD = [None, 0, -1.5, "", "nobody", [], [1], ["G1"], {}, {"da": "x"}, [{"id": ["x"]}], True]
OURS = """
  - id: mentor_ours
    effort: mentor
    groups: [G1]
    levels: [far]
    study: ours
    likeness: same
    measured:
      unit: points_employed
      figure: 6
      standard_error: null
      months: 12
      status: confirmed
      conversion: {da: "Flere i job efter et år.", en: "More in work after a year."}
    reading:
      mean: 1.0
      sd: 3.0
      why: {da: "Det kan være tiderne.", en: "It may be the times."}
"""
OUR_STUDY = """
  - id: ours
    kinds: [mentor]
    whom: {da: "Ledige her", en: "Unemployed people here"}
    found: {da: "Flere kom i job.", en: "More came into work."}
    uncertainty: {da: "Ingen at holde op imod.", en: "Nobody to compare with."}
    grade: before_after
    source: {title: "Vores egne tal", year: 2026, read_on: 2026-11-01}
    status: confirmed
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in (GAINS, STUDIES):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    return tmp_path


def edited(folder: Path, old: str, new: str, name: str = GAINS) -> Path:
    """Put a text in the place of the first that is like it."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def with_ours(folder: Path, row: str = OURS) -> Path:
    """A folder with a row of one's own, and the study it rests on."""
    for name, text in ((GAINS, row), (STUDIES, OUR_STUDY)):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)
    return folder


def test_a_copy_says_the_same_until_it_is_changed(copy: Path) -> None:
    shipped, own = load_evidence(), load_evidence(copy)

    assert own.version == shipped.version
    assert own.file == shipped.file


@pytest.mark.parametrize(("name", "old"), [(GAINS, "mean: 3.5"), (STUDIES, "1995-2005")])
def test_the_version_changes_with_what_stands_in_either_file(
    copy: Path, name: str, old: str
) -> None:
    before = load_evidence(copy).version

    assert load_evidence(edited(copy, old, old[:-1] + "4", name)).version != before


def test_a_reading_that_is_changed_changes_the_gain(copy: Path) -> None:
    own = load_evidence(edited(copy, "mean: 3.5", "mean: 3.0"))

    assert own.gains("G1", "close").mean[own.index("frequent_contact")] == 3.0


def test_the_shipped_file_stands_in_for_one_that_is_not_there(copy: Path) -> None:
    (copy / STUDIES).unlink()

    assert load_evidence(copy).version == load_evidence().version


def test_before_and_after_is_taken_where_nothing_better_speaks_and_is_marked(copy: Path) -> None:
    own = load_evidence(with_ours(copy))

    line = own.table("G1", "far")[own.index("mentor")]

    assert line.mean == 1.0
    assert line.is_weak


def test_before_and_after_never_moves_what_a_trial_says(copy: Path) -> None:
    row = OURS.replace("effort: mentor", "effort: frequent_contact").replace("[far]", "[close]")
    own = load_evidence(with_ours(copy, row))

    line = own.table("G1", "close")[own.index("frequent_contact")]

    assert line.mean == 3.5
    assert [row.id for row, _ in line.unused] == ["mentor_ours"]
    assert not line.is_weak


def test_two_studies_of_one_strength_are_weighed_by_how_sure_they_are(copy: Path) -> None:
    trial = OUR_STUDY.replace("before_after", "lot_dk")
    row = OURS.replace("effort: mentor", "effort: group_meetings").replace("sd: 3.0", "sd: 2.0")
    own = load_evidence(with_ours(copy, row.replace("mean: 1.0", "mean: 2.0")))
    with_trial = load_evidence(edited(copy, OUR_STUDY, trial, STUDIES))
    place = own.index("group_meetings")

    assert own.gains("G1", "far").mean[place] == 1.0
    assert with_trial.gains("G1", "far").mean[place] == 1.5
    assert np.isclose(with_trial.gains("G1", "far").sd[place], np.sqrt(2 + 0.25))


BROKEN = {
    "a trial is not surer than it was": (
        "sd: 3.0\n      why: {da: \"Retningen", "sd: 1.0\n      why: {da: \"Retningen",
        ("graded_return_sick", "reading.sd", "at least as large as the mean, here 2"),
    ),
    "an effort that is not there": (
        "effort: team\n", "effort: crew\n", ("team_far", "effort", "'crew' has no rows; there are"),
    ),
    "a study that is not there": (
        "study: long_effort_dk", "study: hearsay", ("team_far", "study", "not in studies.yaml"),
    ),
    "a group that is not there": (
        "groups: [G6]", "groups: [women]", ("graded_return_sick", "groups.0", "no target group"),
    ),
    "a field that is not there": (
        "likeness: same", "sex: f", ("frequent_contact_insured", "sex", "no such field here"),
    ),
    "what does not count for a group": (
        "groups: [G6]", "groups: [G4]",
        ("graded_return_sick", "measured.unit", "such a group has no rows"),
    ),
    "a study that speaks twice": (
        "levels: [at_risk, far]", "levels: [close, far]",
        ("frequent_contact_insured_at_risk", "levels", "speaks twice for G1, close"),
    ),
    "a figure without a unit": (
        "figure: 21", "figure: null", ("close_follow_up_new", "measured", "figure: none goes with"),
    ),
    "a sanction": (
        "id: mentor, kind: mentor", "id: sanction, kind: mentor",
        ("sanction", "words", "never an effort"),
    ),
    "well measured, but no trial": (
        "well_measured: [", "well_measured: [classroom_dk, ",
        ("well_measured", "", "no trial by lot"),
    ),
    "a row twice": (
        "id: close_follow_up_far", "id: close_follow_up_long",
        ("close_follow_up_long", "id", "a row stands once"),
    ),
    "self-service is not first": (
        "id: self_service", "id: alone", ("", "", "self_service stands first"),
    ),
    "more than all is taken": ("value: 0.5", "value: 1.5", ("", "displacement.value", "1")),
    "a tab": ("efforts:\n", "efforts:\n\t", ("", "", "a tab")),
    "an order of what is not there": (
        "then: [course]", "then: [school]", ("graduate", "first and then", "no effort school"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN.values(), ids=list(BROKEN))
def test_a_broken_copy_is_told_where_and_how_to_mend_it(
    copy: Path, broken: tuple[str, str, tuple[str, str, str]]
) -> None:
    old, new, (row, field, said) = broken

    faults = faults_of(edited(copy, old, new))

    assert [fault for fault in faults if (fault.row, fault.field) == (row, field)]
    assert any(said in fault.problem and fault.file == GAINS for fault in faults)


def test_a_grade_that_is_not_there_is_told_with_its_study(copy: Path) -> None:
    with pytest.raises(EvidenceError, match=r"studies.yaml: courses_worldwide, grade: 'hearsay'"):
        load_evidence(edited(copy, "grade: review", "grade: hearsay", STUDIES))


@pytest.mark.parametrize("text", ["", "rows", "studies: 5", "grades: [1]\nstudies: [{grade: [1]}]"])
def test_what_is_no_file_of_studies_is_told_and_not_stumbled_over(copy: Path, text: str) -> None:
    (copy / STUDIES).write_text(text, encoding="utf-8")

    assert faults_of(copy)


def test_no_copy_puts_its_own_before_and_after_above_a_trial(copy: Path) -> None:
    edited(copy, "  - id: before_after", "  - id: ours", STUDIES)

    with pytest.raises(EvidenceError, match="grades: there are exactly these, in this order"):
        load_evidence(copy)


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a file, however deep."""
    within = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in within:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from places(value, (*path, key))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_whatever_is_wrong_it_is_told_and_not_stumbled_over(
    copy: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([GAINS, STUDIES]))
    content = yaml.safe_load((SHIPPED / name).read_text(encoding="utf-8"))
    *path, last = data.draw(st.sampled_from(list(places(content))))
    reduce(getitem, path, content)[last] = data.draw(st.sampled_from(ODD))
    (copy / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    assert all(fault.problem for fault in faults_of(copy))


def test_all_faults_are_told_at_once(copy: Path) -> None:
    edited(copy, "effort: team\n", "effort: crew\n")
    edited(copy, "study: long_effort_dk", "study: hearsay")

    assert len(faults_of(copy)) == 2


def test_a_folder_without_evidence_is_told_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="velvalgt evidence --write"):
        load_evidence(tmp_path)


def test_what_is_not_utf_8_is_told(copy: Path, tmp_path: Path) -> None:
    (copy / GAINS).write_bytes("levels: æ".encode("latin-1"))

    with pytest.raises(EvidenceError, match="save the file as UTF-8"):
        load_evidence(copy)
