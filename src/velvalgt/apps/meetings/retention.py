"""How long meetings and what belongs to them are kept (opbevaring, sletning)."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED, Kept

KEPT = (
    Kept(
        (
            "meetings_meeting",
            "meetings_cancellation",
            "meetings_outcome",
            "meetings_aftermissed",
            "meetings_videolink",
        ),
        _("your meetings, and what came of them"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("meetings_invitation", "meetings_invitationstep"),
        _("what we have called you to"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("meetings_earlierwish", "meetings_earlieroffer"),
        _("your wishes for an earlier time"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("meetings_enrolment", "meetings_groupattendance"),
        _("which meetings for many you took part in"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("meetings_party", "meetings_agendaitem", "meetings_paper"),
        _("who met about you, and about what"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("meetings_contactanswer",),
        _("what you thought of our meetings"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("meetings_relation", "meetings_safetynote", "meetings_safetynoteend"),
        _("what has to be thought of when we meet"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
)
