"""Closed lists of what companies look for."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """How the labour market stands for a job title (balancekategori): the State's four words.

    Source: star.dk, Arbejdsmarkedsbalancen. Before the four there were five; the fifth, a
    widespread shortage, is not taken in.
    """

    SHORTAGE = "shortage", _("shortage of people")
    PARADOX = "paradox", _("hard to fill, though many look for work")
    GOOD = "good", _("good chances of a job")
    LESS_GOOD = "less_good", _("less good chances of a job")

    @property
    def meaning(self) -> Promise:
        """What the category says of companies and of those who look for work."""
        return _MEANINGS[self]


_MEANINGS = {
    Category.SHORTAGE: _("Companies lack people, and few are out of work."),
    Category.PARADOX: _("Companies lack people, though many are out of work."),
    Category.GOOD: _("Few are out of work, and many change jobs."),
    Category.LESS_GOOD: _("Many are out of work, and few change jobs."),
}
