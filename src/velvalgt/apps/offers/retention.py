"""How long applications, answers and wishes are kept (opbevaring, sletning)."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

MUNICIPALITY_DECIDES = _("The municipality decides, by its own rules for its archive.")
ONLY_AS_LONG_AS_NEEDED = "Databeskyttelsesforordningen art. 5(1)(e)"

KEPT = (
    Kept(
        tables=(
            "offers_application",
            "offers_addition",
            "offers_answer",
            "offers_applicationwithdrawal",
        ),
        what=_("What you applied for, and what we answered"),
        until=MUNICIPALITY_DECIDES,
        source=ONLY_AS_LONG_AS_NEEDED,
    ),
    Kept(
        tables=("offers_wishlist",),
        what=_("Your wish list"),
        until=MUNICIPALITY_DECIDES,
        source=ONLY_AS_LONG_AS_NEEDED,
    ),
)
