"""CPR numbers, as they are in use."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velvalgt.apps.people import cpr


@pytest.mark.parametrize(
    ("text", "born_on"),
    [
        ("010100-0001", date(1900, 1, 1)),
        ("311299-3999", date(1999, 12, 31)),
        ("010136-4000", date(2036, 1, 1)),
        ("010137-4000", date(1937, 1, 1)),
        ("010157-5000", date(2057, 1, 1)),
        ("010158-5000", date(1858, 1, 1)),
        ("010199-8999", date(1899, 1, 1)),
        ("010136-9000", date(2036, 1, 1)),
        ("010137-9000", date(1937, 1, 1)),
    ],
)
def test_the_seventh_digit_tells_the_century(text: str, born_on: date) -> None:
    assert cpr.read(text).born_on == born_on


def test_a_hyphen_and_spaces_around_make_no_difference() -> None:
    assert cpr.read(" 010190-1234 ") == cpr.read("0101901234")


def test_a_replacement_number_holds_the_birth_date_with_sixty_days_added() -> None:
    known = cpr.read("740497-0001")

    assert (known.born_on, known.is_replacement) == (date(1997, 4, 14), True)


def test_a_number_that_breaks_modulus_eleven_is_accepted() -> None:
    assert cpr.read("010190-1235").number == "0101901235"


@pytest.mark.parametrize(
    "text", ["", "010190123", "01019012345", "010190/1234", "０１０１９０1234"]
)
def test_anything_but_ten_digits_is_refused_by_its_shape(text: str) -> None:
    with pytest.raises(cpr.NotACpr) as refused:
        cpr.read(text)

    assert refused.value.code == "cpr_shape"


@pytest.mark.parametrize("text", ["310290-1234", "000190-1234", "011390-1234", "920190-1234"])
def test_a_number_without_a_date_is_refused(text: str) -> None:
    with pytest.raises(cpr.NotACpr) as refused:
        cpr.read(text)

    assert refused.value.code == "cpr_date"


def test_neither_a_refusal_nor_a_printout_repeats_the_number() -> None:
    with pytest.raises(cpr.NotACpr) as refused:
        cpr.read("310290-1234")

    assert "310290" not in f"{refused.value!r}{refused.value}"
    assert "010190" not in repr(cpr.read("010190-1234"))


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 3999), st.booleans())
def test_every_date_of_the_century_is_read_back(born: date, serial: int, replaced: bool) -> None:
    day = born.day + 60 * replaced
    known = cpr.read(f"{day:02}{born:%m%y}{serial:04}")

    assert (known.born_on, known.is_replacement) == (born, replaced)


@pytest.mark.parametrize("text", ["se 010190-1234 tak", "0101901234", "10190-1234", "010190 1234"])
def test_what_looks_like_a_number_is_masked_anywhere(text: str) -> None:
    assert not any(mark.isdigit() for mark in cpr.masked(text))


def test_a_telephone_number_is_not_masked() -> None:
    assert cpr.masked("ring 12 34 56 78") == "ring 12 34 56 78"
