"""How long applications, answers and wishes are kept (opbevaring, sletning)."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED, Kept

KEPT = (
    Kept(
        tables=(
            "offers_application",
            "offers_addition",
            "offers_answer",
            "offers_applicationwithdrawal",
        ),
        what=_("what you applied for, and what we answered"),
        until=AS_LONG_AS_THE_CASE,
        source=NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        tables=("offers_wishlist",),
        what=_("your wish list"),
        until=AS_LONG_AS_THE_CASE,
        source=NOT_LONGER_THAN_NEEDED,
    ),
)
