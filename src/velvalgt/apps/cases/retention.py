"""How long the case, the preparation and the plan are kept."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

ARCHIVE = _("Your municipality decides, by its rules for keeping and archiving cases.")
STORAGE = "Databeskyttelsesforordningen art. 5(1)(e)"

KEPT = (
    Kept(("cases_answer",), _("your preparation and your need profile"), ARCHIVE, STORAGE),
    Kept(("cases_planchange", "cases_planreply"), _("your plan and its changes"), ARCHIVE, STORAGE),
    Kept(("cases_planvisit",), _("when somebody read your plan"), ARCHIVE, STORAGE),
    Kept(
        ("cases_selfsteering", "cases_selfsteeringreply", "cases_selfsteeringend"),
        _("your agreements to steer yourself"),
        ARCHIVE,
        STORAGE,
    ),
)
