"""The file of meeting types: checked whole, compared in words, and never in the way of a start."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from velvalgt import cli
from velvalgt.apps.meetings import machine
from velvalgt.apps.meetings.types import OURS, THEIRS, BadTypes, differences, read_types
from velvalgt.site.server.doctor import CHECKS

TEXT = OURS.read_text(encoding="utf-8")


def test_the_shipped_types_differ_in_nothing_from_themselves() -> None:
    assert differences(read_types(TEXT, "ours")) == []


def test_a_difference_is_said_by_type_and_word() -> None:
    theirs = TEXT.replace("minutes: 60\n", "minutes: 50\n", 1).replace(
        "key: interview\n", "key: talk\n"
    )

    assert differences(read_types(theirs, "theirs")) == [
        "talk: not among the shipped ones",
        "interview: shipped, and not in the file",
        "first_interview: minutes: 50 instead of 60",
    ]


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        (("minutes: 60\n", "minutes: 1\n"), "t: first_interview: minutes: Input should be greater"),
        (("minutes: 60\n", "length: 60\n"), "t: first_interview: minutes: this is missing"),
        (("ways: [office", "ways: [fax"), "t: first_interview: ways.0: Input should be"),
        (
            ("key: interview\n", "key: first_interview\n"),
            "t: first_interview: this key stands twice",
        ),
        (("booked_by: [citizen", "booked_by: [somebody"), "t: first_interview: booked_by names"),
        (("types:", "kinds:"), "t: a list named `types` is expected."),
    ],
)
def test_every_slip_is_told_with_its_type(slip: tuple[str, str], told: str) -> None:
    with pytest.raises(BadTypes) as refused:
        read_types(TEXT.replace(*slip, 1), "t")
    assert any(line.startswith(told) for line in str(refused.value).splitlines()), refused.value


def test_an_empty_list_of_types_is_refused() -> None:
    with pytest.raises(BadTypes, match="there is no type in it"):
        read_types("types: []", "t")


def test_the_command_checks_a_file_and_says_what_differs(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(TEXT.replace("minutes: 60\n", "minutes: 50\n", 1), encoding="utf-8")

    done = CliRunner().invoke(cli.velvalgt, ["meeting-types", str(file)])

    assert done.exit_code == 0
    assert "first_interview: minutes: 50 instead of 60" in done.output
    file.write_text("kinds: []", encoding="utf-8")
    assert CliRunner().invoke(cli.velvalgt, ["meeting-types", str(file)]).exit_code == 1


def test_without_a_file_the_one_in_the_data_folder_is_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VELVALGT_HOME", str(tmp_path))

    assert (
        "the shipped meeting types hold"
        in CliRunner().invoke(cli.velvalgt, ["meeting-types"]).output
    )


def test_the_doctor_reports_a_file_that_does_not_fit(tmp_path: Path) -> None:
    check = CHECKS["meeting types"]
    assert check("meeting types", tmp_path).is_met

    (tmp_path / THEIRS).write_text(TEXT, encoding="utf-8")
    assert check("meeting types", tmp_path).is_met
    (tmp_path / THEIRS).write_text("types: [1]", encoding="utf-8")
    found = check("meeting types", tmp_path)

    assert not found.is_met
    assert "meeting-types.yaml: 1:" in found.seen
    assert "velvalgt meeting-types" in found.mend


def test_the_doctor_reports_steps_of_an_invitation_that_do_not_fit(tmp_path: Path) -> None:
    check, theirs = CHECKS["invitations"], tmp_path / machine.THEIRS
    assert check("invitations", tmp_path).seen == "the shipped ones"

    text = machine.OURS.read_text("utf-8")
    theirs.write_text(text, encoding="utf-8")
    assert check("invitations", tmp_path).is_met
    theirs.write_text(text.replace("state: missed_fair", "state: missed"), encoding="utf-8")
    found = check("invitations", tmp_path)

    assert not found.is_met
    assert "missed_fair is missing" in found.seen
