"""What stands in the lists of powers and of grounds is in both languages, with a source."""

import pytest

from velvalgt.apps.people.grounds import grounds
from velvalgt.apps.people.powers import PowerRule, power_rules

STATUSES = {"CONFIRMED-LAW", "CONFIRMED-OFFICIAL", "UNCERTAIN-SEC", "UNCERTAIN-MEM"}


@pytest.mark.parametrize("rule", power_rules().values(), ids=lambda rule: rule.kind)
def test_a_power_has_words_source_and_status(rule: PowerRule) -> None:
    assert rule.words.da
    assert rule.words.en
    assert rule.source
    assert rule.url.startswith("https://")
    assert rule.status in STATUSES


def test_a_ground_has_a_source_and_says_how_well_it_is_known() -> None:
    for each in (*grounds().by_law, *grounds().in_the_case):
        assert each.source
        assert each.url.startswith("https://")
        assert each.status in STATUSES


def test_what_is_not_confirmed_says_so_to_the_citizen() -> None:
    for each in grounds().in_the_case:
        assert each.doubt or each.status == "CONFIRMED-LAW"
