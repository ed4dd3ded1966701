"""A law file that does not hold is refused with file, rule, field, and what is allowed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.core.regime.lives import job_ready, life, rows_of
from velvalgt.core.regime import LawBook, LawError, load
from velvalgt.core.regime.files import LAWS

K3 = "lov-1750-2025.yaml"
Change = Callable[[str, str], Path]


@pytest.fixture
def changed(tmp_path: Path) -> Change:
    """A copy of the law with one piece of text of K3 exchanged, wherever it stands."""

    def change(old: str, new: str) -> Path:
        folder = tmp_path / "laws"
        shutil.copytree(LAWS, folder)
        text = (folder / K3).read_text(encoding="utf-8")
        assert old in text
        (folder / K3).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    return change


@pytest.mark.parametrize(
    ("old", "new", "rule", "field", "told"),
    [
        (
            "groups: [G2, G9]",
            "groups: [G2, G99]",
            "k3_min4_in_6mt_quota75",
            "groups.1",
            "allowed: G1",
        ),
        ("n: 4", "n: 0", "k3_min4_in_6mt_quota75", "params.inner.n", "greater than 0"),
        (
            "from: 3mt",
            "from: 3 months",
            "k3_municipality_min2_mt4_6_quota75",
            "params.inner.from",
            "3mt",
        ),
        (
            "ledger: offers",
            "ledger: seats",
            "offer_by_6mt_quota75",
            "params.ledger",
            "allowed: a_kasse",
        ),
        (
            "shape: milestone",
            "shape: at_age",
            "k3_16mt_intensified",
            "shape",
            "allowed: at_least_n",
        ),
        ("at: 16mt,", "at: 16mt, of: x,", "k3_16mt_intensified", "params.of", "no such field"),
        (
            "[clock_unbroken_benefit_spell]",
            "[clock_x]",
            "k3_min4_in_6mt_quota75",
            "clock",
            "allowed: clock_",
        ),
        ("id: k3_16mt_intensified", "id: k3_first_for_all", "k3_first_for_all", "id", "two rules"),
        (
            "actor: a_kasse\n    exemptions",
            "actor: fund\n    exemptions",
            "k3_akasse_min2_in_3mt_quota75",
            "actor",
            "allowed: a_kasse",
        ),
        (
            "groups: [G2]\n        actor",
            "groups: [G1]\n        actor",
            "k3_first_for_all",
            "",
            "none for the groups G2",
        ),
    ],
)
def test_an_error_names_file_rule_field_and_what_is_allowed(
    changed: Change, old: str, new: str, rule: str, field: str, told: str
) -> None:
    with pytest.raises(LawError) as refused:
        load(changed(old, new))

    assert (refused.value.file, refused.value.rule, refused.value.field) == (K3, rule, field)
    assert told in str(refused.value)


def test_a_leave_out_may_lift_a_quota_and_a_first_interview_and_nothing_else(
    changed: Change,
) -> None:
    lifted = changed(
        "exemptions: [exempt_leaving_within_6w, exempt_layoff_weather",
        "exemptions: [k3_exempt_up_to_25, exempt_layoff_weather",
    )

    with pytest.raises(LawError, match="may only lift a quota or a first interview"):
        load(lifted)


def test_what_is_not_yaml_is_said_to_be_so(changed: Change) -> None:
    with pytest.raises(LawError, match="not YAML"):
        load(changed("rules:\n", "rules: [\n"))


def test_an_empty_folder_is_no_law(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="no law files"):
        load(tmp_path)


def test_the_version_follows_the_text(book: LawBook, changed: Change) -> None:
    other = load(changed("n: 4", "n: 3"))

    assert other.version != book.version
    assert load() is book


def test_every_rule_has_source_confidence_day_of_checking_and_doubt_where_due(
    book: LawBook,
) -> None:
    for rule in book.rules:
        assert rule.source.paragraph
        assert rule.source.act
        assert rule.last_checked == date(2026, 11, 21)
        assert (rule.caveat is not None) == rule.unverified


def test_no_rule_of_k3_claims_to_be_verified(book: LawBook) -> None:
    assert all(rule.unverified for rule in book.rules if "K3" in rule.regimes)


@pytest.mark.parametrize(
    ("start", "commences", "rows"),
    [
        ("2026-06-30", "by_date", 1),
        ("2026-06-30", "by_case_start", 0),
        ("2026-07-01", "by_case_start", 1),
    ],
)
def test_a_rule_commences_by_date_or_by_case_start_as_it_says(
    changed: Change, start: str, commences: str, rows: int
) -> None:
    book = load(changed("commences: by_date", f"commences: {commences}"))

    found = rows_of(book, life([job_ready(start)]), date(2026, 11, 23), "k3_min4_in_6mt_quota75")

    assert len(found) == rows


@pytest.mark.parametrize(("on", "rows"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0)])
def test_the_last_day_of_an_act_is_in_force_and_the_next_is_not(
    changed: Change, on: date, rows: int
) -> None:
    book = load(changed("valid: [2026-07-01, null]", "valid: [2026-07-01, 2026-12-31]"))

    found = rows_of(book, life([job_ready("2026-11-23")]), on, "k3_min4_in_6mt_quota75")

    assert len(found) == rows


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "shape: leave_out\n",
            'shape: leave_out\n    municipalities: ["101"]\n',
            "municipalities: only a rule that gives rows has them",
        ),
        (
            "shape: by_need\n",
            "shape: by_need\n    only_flag: [graduate]\n",
            "only_flag: only a rule that gives rows has them",
        ),
    ],
)
def test_what_a_rule_without_rows_cannot_keep_to_is_refused(
    changed: Change, old: str, new: str, told: str
) -> None:
    with pytest.raises(LawError, match=told):
        load(changed(old, new))


def test_what_changes_another_rule_holds_for_all_its_groups(tmp_path: Path) -> None:
    text = (LAWS / "lab-102-offers-2020.yaml").read_text(encoding="utf-8")
    narrow = text.replace("groups: *offer_groups", "groups: [G1, G2]", 1)
    assert narrow != text
    (tmp_path / "lab-102-offers-2020.yaml").write_text(narrow, encoding="utf-8")

    with pytest.raises(LawError, match="leaves out G3 of 'offer_by_6mt'"):
        load(tmp_path)
