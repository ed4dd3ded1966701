"""How long it is kept what the law asks of a citizen."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

KEPT = (
    Kept(
        ("duties_duty", "duties_reckoning"),
        _("what the law asks of you now"),
        _("until it is worked out again, at the latest the next night"),
        "Databeskyttelsesforordningen art. 5(1)(e)",
    ),
    Kept(
        ("duties_leaveout",),
        _("why you were left out of interviews"),
        _("as long as your case; the municipality decides"),
        "Databeskyttelsesforordningen art. 5(1)(e)",
    ),
)
