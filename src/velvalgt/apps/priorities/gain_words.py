"""A gain as people read it: weeks with their sign, between what and what, and how sure it is."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from velvalgt.core.effect import load
from velvalgt.web.templatetags.words import said


@dataclass(frozen=True, slots=True)
class Gain:
    """What is expected, in weeks in work over two years, and how sure it is."""

    weeks: float
    low: float
    high: float
    grade: str = ""

    @property
    def words(self) -> str:
        """The weeks: "+3 weeks in work over two years"."""
        whole = abs(round(self.weeks))
        text = ngettext(
            "%(weeks)s week in work over two years", "%(weeks)s weeks in work over two years", whole
        )
        return text % {"weeks": signed(self.weeks)}

    @property
    def interval(self) -> str:
        """Between what and what it lies in nine cases of ten."""
        return _("%(low)s to %(high)s") % {"low": signed(self.low), "high": signed(self.high)}

    @property
    def method(self) -> str:
        """How strong the method behind it is: "drawn by lot in Denmark"; "" where none is told."""
        words = {grade.id: said(grade.words) for grade in load().grades}.get(self.grade, "")
        return words[:1].lower() + words[1:]


def signed(weeks: float) -> str:
    """Write whole weeks with their sign, and tenths under one; nought has none."""
    if abs(weeks) >= 1:
        said = str(abs(round(weeks)))
    else:
        tenths = round(abs(weeks), 1)
        said = number_format(tenths, 1 if 0 < tenths < 1 else 0)
    sign = "\N{MINUS SIGN}" if weeks < 0 else "+"
    return said if said == "0" else sign + said
