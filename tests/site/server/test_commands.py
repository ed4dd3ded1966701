"""The `velvalgt` command as whoever runs an installation meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from velvalgt import cli

COMMANDS = [
    "serve", "worker", "migrate", "demo", "import", "recompute", "replan", "promise", "duties",
    "law", "build", "doctor",
]  # fmt: skip


def velvalgt(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "velvalgt.cli", *words]
    env = {**os.environ, **environment}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=env)


def test_the_help_names_every_command() -> None:
    done = CliRunner().invoke(cli.velvalgt, ["--help"])

    assert done.exit_code == 0
    assert all(f"\n  {name} " in done.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_teaches_by_example(name: str) -> None:
    done = CliRunner().invoke(cli.velvalgt, [name, "--help"])

    assert done.exit_code == 0
    _, _, examples = done.output.partition("Examples:\n")
    assert f"velvalgt {name}" in examples


@pytest.mark.parametrize(
    "words",
    [
        ("serve", "--port", "many"),
        ("import", "houses", __file__),
        ("import", "people", "no-such-file.csv"),
    ],
)
def test_a_misused_command_leaves_with_2_and_says_how(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(cli.velvalgt, words)

    assert done.exit_code == 2
    assert "Usage: velvalgt" in done.output


def test_an_unknown_command_leaves_with_2() -> None:
    done = velvalgt("nonsense")

    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_the_demo_is_refused_in_production(home: Path) -> None:
    done = velvalgt("demo", VELVALGT_HOME=str(home), VELVALGT_ENV="production")

    assert done.returncode == 1
    assert "not for production" in done.stderr
    assert not (home / "postgres").exists()


def test_the_doctor_says_how_to_mend_what_is_missing(home: Path) -> None:
    done = velvalgt("doctor", VELVALGT_HOME=str(home), PG_BIN="/nowhere")

    assert done.returncode == 1
    assert "MISSING  PostgreSQL" in done.stdout
    assert "PG_BIN" in done.stdout
