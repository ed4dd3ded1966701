"""How long plans and what was answered to them are kept (opbevaring, sletning)."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED, Kept

MONTHS = 13
"""How long a plan, its suggestions and the file it was made from are kept: a year and a month, so
that a year can be held against the one before."""

KEPT = (
    Kept(
        ("priorities_suggestion",),
        _("what was suggested for you"),
        _("13 months; what was answered, as long as your case"),
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("priorities_suggestionanswer",),
        _("what your caseworker answered to a suggestion"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("priorities_ownno", "priorities_ownnoend", "priorities_unitchoice"),
        _("what you have said no to, and where you want your case"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("priorities_workline", "priorities_handover"),
        _("your place in the order of the day’s work, and who is to have your case"),
        _("until the next plan, at the latest the next night"),
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("priorities_conflict", "priorities_handoveranswer"),
        _("who may not have your case, and who took it over"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
)
