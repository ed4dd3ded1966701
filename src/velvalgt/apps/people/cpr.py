"""The CPR number (CPR-nummer): ten digits that hold a birth date.

Our own rule, because the common libraries refuse numbers that are in use: a replacement number
(erstatnings-CPR, day plus 60) is accepted, and modulus 11 is not demanded, since CPR-kontoret has
given out numbers without it since 2007.
"""

import re
from dataclasses import dataclass, field
from datetime import date

LENGTH = 10
REPLACEMENT_DAY = 60
_SHAPE = re.compile(r"^(\d{6})[- ]?(\d{4})$", re.ASCII)
_LOOKS_LIKE = re.compile(r"\d{5,}[\s./-]?\d{4,}", re.ASCII)
_IN_WORDS = re.compile(r"(?<![\d+])\d{6}\s?[-./]?\s?\d{4}(?!\d)", re.ASCII)
_NO_DIGIT = re.compile(r"\D")
_DIGIT = re.compile(r"\d")

# The seventh digit with the two digits of the year gives the century (CPR-kontoret, "Personnummeret
# i CPR"): up to which year of the 2000s the digit reaches, and the century of the years above.
_LAST_YEAR_OF_2000S = (-1, -1, -1, -1, 36, 57, 57, 57, 57, 36)
_CENTURY_ABOVE = (1900, 1900, 1900, 1900, 1900, 1800, 1800, 1800, 1800, 1900)


class NotACpr(ValueError):
    """A text is no CPR number; `code` says why, and the text itself is never repeated."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Cpr:
    """A CPR number; the number does not show in a printout."""

    number: str = field(repr=False)
    born_on: date = field(repr=False)
    is_replacement: bool


def read(text: str) -> Cpr:
    """Read a CPR number, with or without a hyphen.

    Args:
        text: what was written.

    Returns:
        The ten digits, the birth date they hold, and whether it is a replacement number.

    Raises:
        NotACpr: `cpr_shape` when it is not ten digits, `cpr_date` when they hold no date.
    """
    found = _SHAPE.match(text.strip())
    if found is None:
        raise NotACpr("cpr_shape")
    number = found[1] + found[2]
    day = int(number[:2])
    is_replacement = day > REPLACEMENT_DAY
    try:
        born_on = date(_year(number), int(number[2:4]), day - REPLACEMENT_DAY * is_replacement)
    except ValueError:
        raise NotACpr("cpr_date") from None
    return Cpr(number, born_on, is_replacement)


def _year(number: str) -> int:
    year, seventh = int(number[4:6]), int(number[6])
    return (2000 if year <= _LAST_YEAR_OF_2000S[seventh] else _CENTURY_ABOVE[seventh]) + year


def masked(text: str) -> str:
    """Hide whatever in a text looks like a CPR number, also one that has lost its first zero."""
    return _LOOKS_LIKE.sub(lambda found: _DIGIT.sub("*", found[0]), text)


def hidden(text: str) -> str:
    """Hide every digit of a text that was meant to be a CPR number."""
    return _DIGIT.sub("*", text)


def is_in(text: str) -> bool:
    """Whether somebody has written a CPR number in their own words; a phone number is none."""
    return any(_is_cpr(_NO_DIGIT.sub("", found[0])) for found in _IN_WORDS.finditer(text))


def _is_cpr(digits: str) -> bool:
    try:
        read(digits)
    except NotACpr:
        return False
    return True
