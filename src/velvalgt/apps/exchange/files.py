"""The files that can be received (indlæsning): their columns, as a case system exports them.

`docs/reference/import-files.md` says the same to the one who makes the files; a test holds them
together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from velvalgt.apps.exchange.choices import FileKind

KEY, CITIZEN = "external_key", "borger"


class Cell(Enum):
    """How a cell is read."""

    TEXT = auto()
    PHONE = auto()
    EMAIL = auto()
    CPR = auto()
    DATE = auto()
    LAST_DAY = auto()  # the last day included; kept as the day after
    NUMBER = auto()
    MONEY = auto()  # kroner in the file, øre from there on
    YES_NO = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Danish name in the file and the name it has from there on."""

    name: str
    field: str
    cell: Cell = Cell.TEXT
    is_required: bool = False  # the column must be in the file
    is_filled: bool = False  # no cell of it may be empty
    longest: int = 80
    decimals: int = 0
    least: float | None = None
    most: float | None = None


def _must(name: str, field: str, cell: Cell = Cell.TEXT, **more: int) -> Column:
    return Column(name, field, cell, is_required=True, is_filled=True, **more)


_KEY = _must("noegle", KEY)
_CITIZEN = _must("borger", CITIZEN)
_FROM = _must("fra", "start", Cell.DATE)
_TO = Column("til", "end", Cell.LAST_DAY)

FILES: Mapping[FileKind, tuple[Column, ...]] = {
    FileKind.PEOPLE: (
        _KEY,
        _must("cpr", "cpr", Cell.CPR),
        _must("navn", "name", longest=200),
        Column("a_kasse", "a_kasse", longest=40),
        Column("forbrug_uger", "clock_weeks", Cell.NUMBER, decimals=2, most=9999.0),
        Column("forbrug_pr", "clock_as_of", Cell.DATE),
        Column("kommune", "municipality", longest=3),
        Column("adresse", "street", longest=200),
        Column("postnr", "postcode", longest=10),
        Column("by", "city", longest=100),
        Column("telefon", "phone", Cell.PHONE, longest=20),
        Column("email", "email", Cell.EMAIL, longest=254),
        Column("adressebeskyttelse", "address_is_protected", Cell.YES_NO, is_filled=True),
        Column("sprog", "language", longest=8),
        Column("kontaktform", "form", longest=12),
        Column("enhed", "unit", longest=20),
        Column("sagsbehandler", "initials", longest=12),
    ),
    FileKind.SPELLS: (
        _KEY,
        _CITIZEN,
        _must("ydelse", "benefit"),
        Column("maalgruppe", "group"),
        _must("kommune", "municipality"),
        _FROM,
        _TO,
        Column("grad", "degree", Cell.NUMBER, decimals=3),
    ),
    FileKind.EVENTS: (
        _KEY,
        _CITIZEN,
        _must("art", "kind"),
        _must("dato", "on", Cell.DATE),
        Column("til", "until", Cell.LAST_DAY),
        _must("aktoer", "actor"),
        Column("form", "form"),
        Column("detalje", "detail", longest=60),
    ),
    FileKind.WORK: (
        _KEY,
        _CITIZEN,
        _FROM,
        _TO,
        _must("timer_uge", "hours_week", Cell.NUMBER, decimals=2),
        _must("art", "kind"),
    ),
    FileKind.PAYMENTS: (
        _KEY,
        _CITIZEN,
        _must("ydelse", "benefit"),
        _FROM,
        Column("til", "end", Cell.LAST_DAY, is_required=True, is_filled=True),
        _must("brutto", "gross_oere", Cell.MONEY),
        Column("udbetales", "paid_on", Cell.DATE),
        Column("stoppet_af", "stopped_by", longest=120),
    ),
    FileKind.JOBNET: (
        _KEY,
        _CITIZEN,
        _must("om", "about"),
        Column("dato", "updated_on", Cell.DATE),
        _must("pr", "as_of", Cell.DATE),
    ),
    FileKind.BALANCES: (
        _must("stilling", "occupation", longest=40),
        _must("titel", "title", longest=200),
        _must("omraade", "area", longest=60),
        _must("balance", "category"),
        _must("pr", "as_of", Cell.DATE),
    ),
    FileKind.VACANCIES: (
        _KEY,
        _must("titel", "title", longest=200),
        Column("stilling", "occupation", longest=40),
        _must("arbejdsgiver", "employer", longest=200),
        _must("postnr", "postcode", longest=10),
        _must("by", "city", longest=100),
        # In and around Denmark, so that two numbers that have changed places are found out.
        Column("breddegrad", "latitude", Cell.NUMBER, decimals=6, least=54.0, most=58.0),
        Column("laengdegrad", "longitude", Cell.NUMBER, decimals=6, least=7.0, most=16.0),
        Column("timer_uge", "hours_week", Cell.NUMBER, decimals=2, least=0.0, most=168.0),
        Column("frist", "apply_by", Cell.DATE),
        _must("link", "url", Cell.LINK, longest=400),
    ),
}
