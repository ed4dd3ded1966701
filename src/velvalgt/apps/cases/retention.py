"""How long the case is kept, with its documents, preparation and plan; and by which rule."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

ARCHIVE = _("Your municipality decides, by its rules for keeping and archiving cases.")
STORAGE = "Databeskyttelsesforordningen art. 5(1)(e)"

KEPT = (
    Kept(
        ("cases_case", "cases_entry"), _("your case and what has happened in it"), ARCHIVE, STORAGE
    ),
    Kept(
        ("cases_document", "cases_content", "cases_scan"),
        _("documents, and whether a virus was found in them"),
        ARCHIVE,
        STORAGE,
    ),
    Kept(("cases_receipt",), _("receipts of what you did here"), ARCHIVE, STORAGE),
    Kept(("cases_answer",), _("your preparation and your need profile"), ARCHIVE, STORAGE),
    Kept(("cases_planchange", "cases_planreply"), _("your plan and its changes"), ARCHIVE, STORAGE),
    Kept(("cases_planvisit",), _("when somebody read your plan"), ARCHIVE, STORAGE),
    Kept(
        ("cases_selfsteering", "cases_selfsteeringreply", "cases_selfsteeringend"),
        _("your agreements to steer yourself"),
        ARCHIVE,
        STORAGE,
    ),
    Kept(
        ("cases_case", "cases_entry", "cases_document", "cases_content", "cases_scan"),
        _("your case: what happened, and its documents"),
        ARCHIVE,
        STORAGE,
    ),
    Kept(
        ("cases_receipt",),
        _("your receipts"),
        _("as long as what they are about"),
        STORAGE,
    ),
)
