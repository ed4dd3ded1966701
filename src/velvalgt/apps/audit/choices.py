"""Closed lists of the log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Why somebody looks (formål); part of every grant of access and of every line in the log."""

    OWN_CASE = "own_case", _("own case")
    CASE_WORK = "case_work", _("case work")
    LEGAL_OVERSIGHT = "legal_oversight", _("check that the law is followed")
    ADMINISTRATION = "administration", _("running the system")
    IMPORT = "import", _("receiving data")
    LAW = "law", _("working out what the law asks")
    LOG = "log", _("keeping the log")
    SIGN_IN = "sign_in", _("sign-in")
    REPRESENTATION = "representation", _("on somebody's behalf")
    STEERING = "steering", _("leading by numbers, without seeing anybody")
    OWN_MEETING = "own_meeting", _("one's own meeting, by a link")


class Action(TextChoices):
    """What was done (handling)."""

    READ = "read", _("read")
    SEARCH = "search", _("searched")
    INSERT = "insert", _("added")
    UPDATE = "update", _("changed")
    DELETE = "delete", _("deleted")
    REFUSAL = "refusal", _("refused")
    SIGN_IN = "sign_in", _("signed in")
    SIGN_OUT = "sign_out", _("signed out")
    RUN = "run", _("ran a job")
    EXPORT = "export", _("took a copy")
