"""The measure of reading ease counts as its author did."""

import pytest

from tests.browser.lix import lix


def test_short_words_in_short_sentences_are_easy() -> None:
    assert lix("Du må tage en med.") == 5


def test_words_of_more_than_six_letters_weigh() -> None:
    assert lix("Du har beskæftigelse nu.") == pytest.approx(4 + 25)


def test_a_date_does_not_end_a_sentence() -> None:
    assert lix("Kom senest den 30. november 2026.") == pytest.approx(6 + 100 / 6)


def test_a_scrap_does_not_make_a_text_easier() -> None:
    assert lix("hvorfor?\nDu må tage en med.") == 5
