"""The virus scanner is met as it is: it finds, it clears, it is silent, slow or unwilling."""

import socket

import pytest

from tests.world.clamd import EICAR, VERSION, listening
from velvalgt.apps.cases.scanner import Scanner, ScannerRefused, ScannerSilent


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_what_holds_no_virus_is_clean() -> None:
    with listening() as fake:
        assert Scanner(fake.address).virus_in(b"Kaere Tine") == ""


def test_what_holds_a_virus_is_named() -> None:
    with listening() as fake:
        assert Scanner(fake.address).virus_in(b"%PDF-1.7 " + EICAR) == "Eicar-Signature"


def test_a_large_file_with_runs_of_zeros_is_scanned_to_its_end() -> None:
    content = b"%PDF-1.7" + bytes(10 * 1024 * 1024 - 8 - len(EICAR)) + EICAR

    with listening() as fake:
        assert Scanner(fake.address).virus_in(content) == "Eicar-Signature"
        assert fake.scanned == [10 * 1024 * 1024]


def test_the_scanner_says_who_it_is() -> None:
    with listening() as fake:
        assert Scanner(fake.address).version() == VERSION


def test_nobody_at_the_address_is_silence() -> None:
    scanner = Scanner(free_address())

    with pytest.raises(ScannerSilent):
        scanner.version()
    with pytest.raises(ScannerSilent):
        scanner.virus_in(b"x")


def test_nobody_at_the_path_is_silence(tmp_path: object) -> None:
    with pytest.raises(ScannerSilent):
        Scanner(f"{tmp_path}/clamd.ctl").version()


def test_a_scanner_that_takes_too_long_is_silence_and_no_verdict() -> None:
    with listening(seconds=2) as fake, pytest.raises(ScannerSilent):
        Scanner(fake.address, seconds=0.2).virus_in(b"x")


def test_a_scanner_whose_own_limit_is_lower_gives_no_verdict() -> None:
    with listening(stream_limit=10) as fake, pytest.raises((ScannerRefused, ScannerSilent)):
        Scanner(fake.address).virus_in(b"more than ten bytes")


@pytest.mark.parametrize("address", ["", "clamd", "host:", ":3310", "host:port"])
def test_an_address_is_a_path_or_a_host_with_a_port(address: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        Scanner(address)
