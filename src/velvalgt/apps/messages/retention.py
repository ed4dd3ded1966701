"""How long the station's records are kept."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import AS_LONG_AS_THE_CASE, NOT_LONGER_THAN_NEEDED, Kept

KEPT = (
    Kept(
        ("messages_message", "messages_attachment", "messages_reading", "messages_noanswer"),
        _("what you and we have written to each other"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        ("messages_notice", "messages_noticereading"),
        _("what your page has told you"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
    Kept(
        (
            "messages_channelchoice",
            "messages_notification",
            "messages_delivery",
            "messages_rehearsal",
        ),
        _("how you want to be told of news, and when we told you"),
        AS_LONG_AS_THE_CASE,
        NOT_LONGER_THAN_NEEDED,
    ),
)
