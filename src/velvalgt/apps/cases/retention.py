"""How long the case is kept, with its documents, preparation and plan; and by which rule."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED, Kept

TABLES = (
    (("cases_case", "cases_entry"), _("your case and what has happened in it")),
    (
        ("cases_document", "cases_content", "cases_scan"),
        _("documents, and whether a virus was found in them"),
    ),
    (("cases_receipt",), _("receipts of what you did here")),
    (
        ("cases_answer", "cases_needassessment"),
        _("your preparation, your need profile and how your caseworker sees your need"),
    ),
    (("cases_planchange", "cases_planreply"), _("your plan and its changes")),
    (("cases_planvisit",), _("when somebody read your plan")),
    (
        ("cases_selfsteering", "cases_selfsteeringreply", "cases_selfsteeringend"),
        _("your agreements to steer yourself"),
    ),
)

KEPT = tuple(
    Kept(tables, what, AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED) for tables, what in TABLES
)
