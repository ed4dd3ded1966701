"""How long it is kept who works here and who can sign in."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

KEPT = (
    Kept(
        ("staff_user", "staff_identity", "staff_membership"),
        _("that you can sign in, and who works here"),
        _("as long as your case, since the log points to it; the municipality decides"),
        "Databeskyttelsesforordningen art. 5(1)(e)",
    ),
)
