"""`velvalgt law`: somebody who knows the law reads the book, and checks files of their own."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from velvalgt.cli import velvalgt
from velvalgt.core.regime import load
from velvalgt.core.regime.files import LAWS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "the-law-as-data.md"
DISPENSATION, EXAMPLE = re.findall(
    r"```yaml\n( *(?:dispensations|examples):.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
)
"""What the documentation teaches: a dispensation in ten lines, and its example."""


def law(*words: object) -> Result:
    return CliRunner().invoke(velvalgt, ["law", *(str(word) for word in words)])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a dispensation of ten lines."""
    (tmp_path / "storm.yaml").write_text(DISPENSATION, encoding="utf-8")
    return tmp_path


def test_the_list_tells_every_rule_and_dispensation_of_the_book() -> None:
    done = law("list", "--json")

    listed = [json.loads(line) for line in done.stdout.splitlines()]
    book = load()
    assert [each["id"] for each in listed] == [e.id for e in (*book.rules, *book.dispensations)]
    assert all({"source", "confidence", "verified", "first_day"} <= set(each) for each in listed)


@pytest.mark.parametrize(
    ("words", "there", "gone"),
    [
        (("--on", "2024-05-15"), "k2_first_within_2w", "k3_first_for_all"),
        (("--on", "2020-04-15"), "cov_stop_2", "cov_winter"),
        (("--regime", "K1"), "k1_min4_in_6mt", "k2_min4_in_6mt"),
        (("--regime", "needs-based"), "nb_right_on_request", "k1_right_on_request"),
    ],
)
def test_the_list_keeps_to_a_day_or_a_regime(words: tuple[str, ...], there: str, gone: str) -> None:
    told = law("list", *words).stdout

    assert there in told
    assert gone not in told


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("k2_first_within_2w", "lov-727-2023.yaml"),
        ("cov_reopen_east", "only"),
        ("cov_stop_1", "the whole country"),
        ("k2_first_within_2w", "within: 2w"),
        ("k2_first_within_2w", "LAB § 31(4)"),
        ("k3_first_for_all", "not verified"),
        ("k1_min4_in_6mt", "cov_stop_1"),
        ("cov_flex_autumn", "BEK 1398"),
        ("clock_accumulated_unemployment", "LAB § 9(1)"),
        ("K2", "follows K1, by_case_start"),
    ],
)
def test_everything_in_the_book_can_be_shown(name: str, said: str) -> None:
    done = law("show", name)

    assert done.exit_code == 0
    assert said in done.output


def test_a_rule_is_shown_in_danish_too() -> None:
    assert "Den første samtale" in law("show", "k3_first_for_all", "--language", "da").output


@pytest.mark.parametrize(
    "words",
    [
        ("show", "k9"),
        ("list", "--regime", "K9"),
        ("list", "--on", "yesterday"),
        ("check", "nowhere"),
    ],
)
def test_what_does_not_exist_is_said_with_2(words: tuple[str, ...]) -> None:
    done = law(*words)

    assert done.exit_code == 2
    assert "Usage: velvalgt law" in done.output


def test_the_documentation_teaches_a_dispensation_of_ten_lines_with_an_example(own: Path) -> None:
    (own / "storm.yaml").write_text(DISPENSATION + EXAMPLE, encoding="utf-8")

    assert len(DISPENSATION.splitlines()) == 10
    assert law("check", own).exit_code == 0


def test_a_dispensation_of_ones_own_is_checked_and_shown(own: Path) -> None:
    checked, shown = law("check", own), law("show", "storm_2026", "--laws", own)

    assert checked.exit_code == 0
    assert "All holds" in checked.output
    assert "k3_first_for_all" in shown.output


@pytest.mark.parametrize(("status", "code"), [("suspended", 0), ("overdue", 1)])
def test_the_examples_of_ones_own_files_are_run(own: Path, status: str, code: int) -> None:
    text = DISPENSATION + EXAMPLE.replace("status: suspended", f"status: {status}")
    (own / "storm.yaml").write_text(text, encoding="utf-8")

    done = law("check", own)

    assert done.exit_code == code
    if code:
        assert "Aabenraa in the storm" in done.output
        assert "expected: status overdue" in done.output
        assert "status suspended" in done.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "k3_first_for_all",
            "k3_first_for_al",
            "is not one that fits (did you mean k3_first_for_all?)",
        ),
        ("Syddanmark", "Fyn", "storm_2026, regions.0\n    'Fyn' is not a region; allowed: "),
        ("duty_suspended", "lifted", "storm_2026, effect"),
        ("[2026-11-24, 2026-12-04]", "[2026-12-04, 2026-11-24]", "2026-11-24, is before the first"),
        ("    confidence: CONFIRMED-LAW\n", "", "storm_2026, confidence\n    this is missing"),
        ("effect:", "effects:", "no such field"),
        ("dispensations:", "dispensations: [", "not YAML, line"),
        ("    rules:", "\trules:", "line 5: a tab; indent with spaces"),
        ("2026-12-04", "2026-11-31", "line 7: 2026-11-31 is no day of the calendar"),
        (
            "    source:",
            "    valid: [2027-01-01, null]\n    source:",
            "line 9: 'valid' stands twice",
        ),
        ("2026-11-24, ", "24-11-2026, ", "valid.0\n    write the day as 2026-11-30"),
        ("grund af storm.,", "grund af storm, sne.,", "a comma or a colon stands in quotes"),
        ("  - id: storm_2026\n", "  - storm\n  - id: storm_2026\n", "dispensations no. 1"),
    ],
)
def test_a_mistake_is_told_with_file_entry_field_and_what_is_allowed(
    own: Path, old: str, new: str, told: str
) -> None:
    (own / "storm.yaml").write_text(DISPENSATION.replace(old, new), encoding="utf-8")

    done = law("check", own)

    assert done.exit_code == 1
    assert "storm.yaml: " in done.output
    assert told in done.output


def test_each_broken_file_is_told_of_at_once(own: Path) -> None:
    (own / "other.yaml").write_text("rules: 3\n", encoding="utf-8")
    (own / "third.yaml").write_text("- a list\n", encoding="utf-8")

    done = law("check", own)

    assert "other.yaml: " in done.output
    assert "third.yaml: " in done.output


def test_each_fault_of_a_file_is_told_at_once(own: Path) -> None:
    text = DISPENSATION.replace("Syddanmark", "Fyn").replace("CONFIRMED-LAW", "SURE")
    (own / "storm.yaml").write_text(text, encoding="utf-8")

    done = law("check", own)

    assert "storm_2026, regions.0" in done.output
    assert "storm_2026, confidence" in done.output
    assert "2 to mend." in done.output


def test_shipped_examples_that_a_dispensation_moves_are_told_and_are_no_fault(own: Path) -> None:
    everywhere = DISPENSATION.replace("    regions: [Syddanmark]\n", "")
    (own / "storm.yaml").write_text(everywhere, encoding="utf-8")

    done = law("check", own)

    assert done.exit_code == 0
    assert "come out otherwise because of your dispensations" in done.output


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('municipality: "580"', "municipality: 580", 'three digits in quotes, "580"'),
        ('municipality: "580"', 'kommune: "580"', "'kommune' is not a column of spells"),
        ("group: G2", "group: G22", "spells no. 1, group: G22 (unknown_word)"),
        (", start: 2026-11-23", "", "start"),
        ("status: suspended", "status: coming", "'coming' is not a status"),
    ],
)
def test_a_mistake_in_an_example_is_told(own: Path, old: str, new: str, told: str) -> None:
    text = DISPENSATION + EXAMPLE.replace(old, new)
    (own / "storm.yaml").write_text(text, encoding="utf-8")

    done = law("check", own)

    assert done.exit_code == 1
    assert told in done.output


def test_a_shipped_file_can_be_copied_to_be_changed(tmp_path: Path) -> None:
    copied = law("copy", "lov-1750-2025.yaml", tmp_path)
    again = law("copy", "lov-1750-2025.yaml", tmp_path)

    assert copied.exit_code == 0
    assert (tmp_path / "lov-1750-2025.yaml").read_bytes() == (
        LAWS / "lov-1750-2025.yaml"
    ).read_bytes()
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_the_words_of_files_and_laws_can_be_looked_up() -> None:
    assert "kontanthjælp" in law("words", "benefit").output
    assert "exemption" in law("words").output
    assert law("words", "colour").exit_code == 2


def test_a_file_of_ones_own_stands_in_place_of_the_one_with_its_name(tmp_path: Path) -> None:
    text = (LAWS / "lov-1750-2025.yaml").read_text(encoding="utf-8")
    (tmp_path / "lov-1750-2025.yaml").write_text(text.replace("n: 4", "n: 3"), encoding="utf-8")

    assert "n: 3" in law("show", "k3_min4_in_6mt_quota75", "--laws", tmp_path).output
