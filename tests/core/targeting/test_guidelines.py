"""What a case weighs, by the union's guidelines, and what a caseworker can carry."""

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from velvalgt.core.targeting import case_weight, full_times, load_guidelines
from velvalgt.core.targeting.guidelines import GUIDELINES
from velvalgt.core.words import vocabulary


def test_every_group_of_the_law_has_a_range_and_no_other_has() -> None:
    groups = [each.group for range_ in load_guidelines().ranges for each in range_.groups]

    assert sorted(groups) == sorted(word.word for word in vocabulary("group"))


@pytest.mark.parametrize(
    ("group", "low", "high"),
    [("G2", 35, 55), ("G3", 25, 40), ("G4", 30, 50), ("G6", 25, 45), ("G9", 25, 50)],
)
def test_the_ranges_are_those_that_the_union_publishes(group: str, low: int, high: int) -> None:
    assert load_guidelines().of([group]).tolist() == [[low, high]]


def test_a_group_outside_the_guidelines_has_no_range() -> None:
    assert np.isnan(load_guidelines().of(["G99"])).all()


def test_the_file_says_where_it_is_written_and_when_it_was_read() -> None:
    source = load_guidelines().source

    assert source.url.startswith("https://socialraadgiverne.dk/")
    assert source.status == "confirmed"


def test_a_full_time_caseworker_with_the_middle_of_a_range_is_loaded_to_one() -> None:
    sick_pay = load_guidelines().of(["G6"] * 35)

    assert case_weight(sick_pay).sum() == pytest.approx(1.0)


def test_twice_the_contact_weighs_twice() -> None:
    ranges = load_guidelines().of(["G1", "G1"])

    usual, often = case_weight(ranges, np.array([1.0, 2.0]))

    assert often == pytest.approx(2 * usual)


def test_a_case_without_a_range_is_named() -> None:
    with pytest.raises(ValueError, match="Case 1 has no range"):
        case_weight(load_guidelines().of(["G1", "G99"]))


def test_a_case_that_nobody_would_meet_is_named() -> None:
    with pytest.raises(ValueError, match="Case 0 has no contact"):
        case_weight(load_guidelines().of(["G1"]), np.array([0.0]))


def test_the_hours_of_a_job_network_and_absence_are_taken_from_what_one_can_carry() -> None:
    hours, away, networks = np.array([37.0, 37.0, 18.5, 20.0]), np.zeros(4), np.zeros(4)
    away[1], networks[3] = 0.5, 25.0

    assert full_times(hours, away, networks).tolist() == [1.0, 0.5, 0.5, 0.0]


def test_hours_that_are_missing_are_named() -> None:
    with pytest.raises(ValueError, match="Caseworker 1"):
        full_times(np.array([37.0, np.nan]), np.zeros(2), np.zeros(2))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("high: 55", "high: 5", "is below 35"),
        ("{group: G4, mapping: theirs}", "{group: G5, mapping: theirs}", "stand twice"),
        ("{group: G4, mapping: theirs}", "{group: G77, mapping: theirs}", "do not exist"),
        ("{group: G4, mapping: theirs}", "{group: G4, mapping: ours}", "says why"),
    ],
)
def test_a_file_that_does_not_hold_says_where(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "guidelines.yaml"
    file.write_text(GUIDELINES.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    with pytest.raises(ValidationError, match=says):
        load_guidelines(file)
