"""How long it is kept what has come in from files."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

KEPT = (
    Kept(
        ("exchange_importrun",),
        _("which files came in, and how many rows; nothing about you"),
        _("as the municipality's own rules for its archives say"),
        "Databeskyttelsesforordningen art. 5(1)(e), 5(2)",
    ),
)
