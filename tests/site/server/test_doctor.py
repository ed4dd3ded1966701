"""The doctor tells whether documents are scanned for viruses."""

from pathlib import Path

import pytest
from tests.world.clamd import VERSION, listening

from velvalgt.site.server.doctor import CHECKS, Finding

NEED = "virus scanner"


def found(monkeypatch: pytest.MonkeyPatch, home: Path, address: str | None) -> Finding:
    if address is None:
        monkeypatch.delenv("VELVALGT_CLAMD", raising=False)
    else:
        monkeypatch.setenv("VELVALGT_CLAMD", address)
    return CHECKS[NEED](NEED, home)


def test_without_a_scanner_nothing_is_missing_but_it_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finding = found(monkeypatch, tmp_path, None)

    assert finding.is_met
    assert "served unscanned" in finding.seen


def test_a_scanner_that_answers_says_its_version(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with listening() as fake:
        assert found(monkeypatch, tmp_path, fake.address) == Finding(NEED, True, VERSION)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl", "clamd"])
def test_a_scanner_that_does_not_answer_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    finding = found(monkeypatch, tmp_path, address)

    assert not finding.is_met
    assert "clamd" in finding.mend
