"""Keeping processes alive, and stopping them together."""

import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from velvalgt.site.server import processes


def program(code: str) -> processes.Program:
    """A process that runs some Python."""
    return processes.Program("test", (sys.executable, "-c", code), {})


@pytest.fixture
def household() -> Iterator[processes.Household]:
    """No processes yet; none afterwards."""
    kept = processes.Household()
    yield kept
    kept.stop()


def test_a_second_claim_on_a_data_folder_is_refused(home: Path) -> None:
    with (
        processes.claim(home, "http://127.0.0.1:8000"),
        pytest.raises(processes.AlreadyServing, match=r"127\.0\.0\.1:8000"),
        processes.claim(home, "http://127.0.0.1:9000"),
    ):
        pass


def test_a_claim_ends_with_its_holder(home: Path) -> None:
    with pytest.raises(processes.GaveUp), processes.claim(home, "here"):
        raise processes.GaveUp

    with processes.claim(home, "here") as was_killed:
        assert not was_killed


def test_a_claim_tells_that_the_one_before_was_killed(home: Path) -> None:
    home.mkdir()
    (home / "serve.lock").write_text("http://127.0.0.1:8000 (process 1)")

    with processes.claim(home, "here") as was_killed:
        assert was_killed


def test_a_port_in_use_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(processes.PortTaken, match="--port"):
            processes.require_port(port, patience_seconds=0)


def test_what_dies_is_started_again(household: processes.Household, tmp_path: Path) -> None:
    household.add(program("import time; time.sleep(60)"), tmp_path)
    child = household.children[0]
    first = child.process
    assert first is not None
    child.signal(signal.SIGKILL)
    first.wait()
    told: list[str] = []

    deadline = time.monotonic() + 10
    while not told and time.monotonic() < deadline:
        household.mind(told.append)

    assert child.is_alive()
    assert "started again" in told[0]


def test_what_dies_at_once_again_and_again_is_given_up(
    household: processes.Household, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "QUICK_DEATHS", 1)
    household.add(program("raise SystemExit('no such table')"), tmp_path)
    child = household.children[0]
    assert child.process is not None
    child.process.wait()

    with pytest.raises(processes.GaveUp, match="no such table"):
        household.mind(lambda line: None)


def test_a_process_that_ignores_the_request_to_stop_is_ended(
    household: processes.Household, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    household.add(program(deaf), tmp_path)
    process = household.children[0].process
    assert process is not None

    household.stop()

    assert process.poll() is not None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_to_stop_in_good_order(number: signal.Signals) -> None:
    with pytest.raises(processes.Stopped) as stopped, processes.stopping_on_signals():
        signal.raise_signal(number)

    assert stopped.value.is_ctrl_c is (number is signal.SIGINT)
