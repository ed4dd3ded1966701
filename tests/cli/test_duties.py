"""`velvalgt duties`: what the law asks of the people in some files."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from velvalgt.cli import velvalgt

PEOPLE = """\
person_id,born,a_kasse
A1,1990-01-01,hk
B2,1985-02-30,
C3,,
A1,1990-01-01,hk
"""
SPELLS = """\
person_id,benefit,group,municipality,start,end
A1,dagpenge,G1,101,2024-02-01,
A1,dagpenge,G1,101,2024-03-01,
C3,kontanthjaelp,G99,101,2024-02-01,
C3,kontanthjaelp,G2,101,2024-04-01,2024-03-01
C3,kontanthjaelp,G2,851,2024-05-06,
Z9,kontanthjaelp,G2,851,2024-05-01,
"""
EVENTS = """\
person_id,kind,on,until,actor,form,detail
A1,registration,2024-02-01,,citizen,,
A1,interview,2024-02-10,,a_kasse,in_person,
A1,interview,2024-03-05,,a_kasse,phone,
A1,interview,2024-04-02,,a_kasse,phone,
C3,interview,2024-13-02,,municipality,phone,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three files, and the place where the command is called."""
    for name, text in (("people", PEOPLE), ("spells", SPELLS), ("events", EVENTS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def duties(*words: str, ending: str = "csv", on: str = "2024-05-15") -> Result:
    files = [f"--{name}={name}.{ending}" for name in ("people", "spells", "events")]
    return CliRunner().invoke(velvalgt, ["duties", *files, "--on", on, *words])


def answers(done: Result) -> dict[tuple[str, str], str]:
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {(row["person_id"], row["rule_id"]): row["status"] for row in rows}


@pytest.mark.usefixtures("folder")
def test_the_duties_are_given_under_the_keys_of_the_files() -> None:
    assert answers(duties("--json")) == {
        ("A1", "k2_akasse_min3_in_3mt"): "met",
        ("A1", "k2_jobcentre_min3_mt4_6"): "upcoming",
        ("A1", "k2_first_within_2w"): "met",
        ("A1", "k2_16mt_joint"): "upcoming",
        ("A1", "offer_by_6mt"): "upcoming",
        ("C3", "k2_min4_in_6mt"): "upcoming",
        ("C3", "k2_first_within_1w"): "overdue",
        ("C3", "offer_by_6mt"): "upcoming",
    }


def test_rows_that_do_not_hold_are_told_with_file_row_and_reason(folder: Path) -> None:
    done = duties()

    with (folder / "rejects.csv").open(encoding="utf-8") as file:
        told = {(row["file"], row["row"], row["reason_code"]) for row in csv.DictReader(file)}
    assert told == {
        ("people.csv", "3", "impossible_date"),
        ("people.csv", "5", "duplicate_person"),
        ("spells.csv", "3", "second_open_spell"),
        ("spells.csv", "4", "unknown_word"),
        ("spells.csv", "5", "end_before_start"),
        ("spells.csv", "7", "bad_person_id"),
        ("events.csv", "6", "impossible_date"),
    }
    assert "7 rows left out; why, row by row: rejects.csv" in done.stderr


def test_files_without_a_fault_leave_no_rejects(folder: Path) -> None:
    for name, rows in (("people", (0, 1)), ("spells", (0, 1)), ("events", (0, 1, 2))):
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        (folder / f"{name}.csv").write_text("\n".join(lines[r] for r in rows), encoding="utf-8")

    assert duties().exit_code == 0
    assert not (folder / "rejects.csv").exists()


def test_parquet_says_the_same_as_csv(folder: Path) -> None:
    for name in ("people", "spells", "events"):
        pl.read_csv(folder / f"{name}.csv", infer_schema=False).write_parquet(
            folder / f"{name}.parquet"
        )

    assert duties("--json", ending="parquet").stdout == duties("--json").stdout


@pytest.mark.usefixtures("folder")
def test_another_regime_and_one_municipality_can_be_asked_for() -> None:
    asked = answers(duties("--json", "--regime", "K1", "--municipality", "851"))

    assert set(asked) == {
        ("C3", "k1_min4_in_6mt"),
        ("C3", "k1_first_within_1w"),
        ("C3", "offer_by_6mt"),
    }


@pytest.mark.parametrize("ending", ["csv", "parquet", "ndjson"])
def test_all_of_it_can_be_written_to_a_file(folder: Path, ending: str) -> None:
    done = duties("--out", f"out.{ending}")

    read = {"csv": pl.read_csv, "parquet": pl.read_parquet, "ndjson": pl.read_ndjson}[ending]
    assert read(folder / f"out.{ending}").height == 8
    assert "8 duties written" in done.stderr


@pytest.mark.usefixtures("folder")
def test_the_table_counts_each_rule_and_status() -> None:
    told = duties().stdout

    assert "k2_first_within_1w" in told
    assert "overdue" in told.splitlines()[-1] or "overdue" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--municipality", "999"), "There is no municipality 999"),
        (("--regime", "K9"), "There are: K1, K2, K3, needs-based"),
        (("--people", "nobody.csv"), "does not exist"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_misused_command_leaves_with_2_and_says_how(words: tuple[str, ...], told: str) -> None:
    done = duties(*words)

    assert done.exit_code == 2
    assert told in done.output


@pytest.mark.parametrize(
    ("text", "told"),
    [("born\n1990-01-01\n", "lacks the column person_id"), ("", "cannot be read")],
)
def test_a_file_that_is_none_is_said_to_be_so(folder: Path, text: str, told: str) -> None:
    (folder / "people.csv").write_text(text, encoding="utf-8")

    done = duties()

    assert done.exit_code == 1
    assert told in done.output
