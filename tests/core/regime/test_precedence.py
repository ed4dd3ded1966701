"""Later and more special beats earlier and more general; what data does not settle is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.core.regime.lives import job_ready, life
from velvalgt.core.regime import LawBook, LawError, load
from velvalgt.core.regime.files import LAWS

RULE = """\
regimes: [K3]
act:
  id: own
  name: {{da: Egen, en: Own}}
  commencement_source: made up for a test
  transition: {{da: Ingen., en: None.}}
last_checked: 2026-11-24
rules:
  - id: own_first
    name: {{da: Den første, en: The first}}
    text: {{da: Du skal til en samtale., en: You have an interview.}}
    groups: [G2]
    clock: [clock_unbroken_benefit_spell]
    shape: first_within
    params: {{within: 3w, start_event: first_contact, counts: {{held_by: [municipality, joint]}}}}
    actor: municipality
    valid: [{valid}, null]
    commences: by_date
    {more}
    source: {{paragraph: § 1, act: made up}}
    confidence: CONFIRMED-LAW
    examples:
      - name: {{da: Ingen, en: Nobody}}
        spells: [{{benefit: dagpenge, group: G1, start: 2026-11-23}}]
        on: 2026-11-23
        expect: []
"""
Book = Callable[..., LawBook]


@pytest.fixture
def with_own(tmp_path: Path) -> Book:
    """The shipped book with one more rule on the first interview of the job-ready."""

    def build(valid: str = "2026-07-01", more: str = "") -> LawBook:
        (tmp_path / "own.yaml").write_text(RULE.format(valid=valid, more=more), encoding="utf-8")
        return load(tmp_path)

    return build


def asked(book: LawBook, municipality: str = "099", on: str = "2026-11-23") -> set[str]:
    """Which rule asks for the first interview of somebody in a municipality."""
    frames = life([job_ready("2026-11-23", municipality=municipality)])
    found = book.duties(*frames, date.fromisoformat(on))["rule_id"].to_list()
    return {rule for rule in found if rule in ("own_first", "k3_first_for_all")}


def test_two_rules_that_ask_the_same_from_the_same_day_conflict_at_load(with_own: Book) -> None:
    with pytest.raises(LawError, match="asks the same of G2 as 'k3_first_for_all'") as refused:
        with_own()

    assert (refused.value.file, refused.value.rule) == ("own.yaml", "own_first")


def test_a_rule_for_a_municipality_beats_that_of_the_country_there(with_own: Book) -> None:
    book = with_own(more='municipalities: ["099"]')

    assert asked(book, "099") == {"own_first"}
    assert asked(book, "101") == {"k3_first_for_all"}


def test_a_later_rule_beats_an_earlier_one_from_its_day(with_own: Book) -> None:
    book = with_own(valid="2026-11-30")

    assert asked(book, on="2026-11-29") == {"k3_first_for_all"}
    assert asked(book, on="2026-11-30") == {"own_first"}


def test_a_special_rule_beats_a_later_general_one(with_own: Book) -> None:
    book = with_own(valid="2026-01-01", more="regions: [Nordjylland]")

    assert asked(book, "851") == {"own_first"}
    assert asked(book, "101") == {"k3_first_for_all"}


@pytest.mark.parametrize("apart", ["only_flag: [graduate]", 'a_kasser: ["hk"]'])
def test_a_rule_for_some_beats_nobody_else(with_own: Book, apart: str) -> None:
    book = with_own(valid="2026-11-01", more=apart)

    assert asked(book) == {"k3_first_for_all"}


def test_two_regimes_that_hold_on_one_day_conflict_at_load(tmp_path: Path) -> None:
    k2 = (LAWS / "lov-727-2023.yaml").read_text(encoding="utf-8")
    open_ended = k2.replace("valid: [2024-01-01, 2026-06-30]", "valid: [2024-01-01, null]", 1)
    (tmp_path / "lov-727-2023.yaml").write_text(open_ended, encoding="utf-8")

    with pytest.raises(LawError, match="both hold on 2026-07-01"):
        load(tmp_path)


def test_two_form_rules_that_hold_on_one_day_conflict_at_load(tmp_path: Path) -> None:
    forms = (LAWS / "lab-33-forms-2020.yaml").read_text(encoding="utf-8")
    longer = forms.replace("[2020-01-01, 2021-12-31]", "[2020-01-01, 2022-12-31]", 1)
    (tmp_path / "lab-33-forms-2020.yaml").write_text(longer, encoding="utf-8")

    with pytest.raises(LawError, match="hold on the same days"):
        load(tmp_path)


FRAME = """\
regime:
  id: K4
  name: {da: Planlagt, en: Planned}
  standing: frame
  follows: K3
  valid: [2027-01-01, null]
  commences: by_date
"""


def test_a_planned_regime_that_is_no_law_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "k4.yaml").write_text(FRAME, encoding="utf-8")
    frames, on = life([job_ready("2026-11-23")]), date(2027, 1, 4)

    planned, shipped = (each.duties(*frames, on)["rule_id"] for each in (load(tmp_path), load()))

    assert planned.to_list() == shipped.to_list()
