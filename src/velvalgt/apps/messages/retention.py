"""How long the station's records are kept."""

from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.retention import Kept

BY_THE_MUNICIPALITY = _(
    "as long as your case needs it; the municipality decides by its own archive rules"
)
NEEDED = "Databeskyttelsesforordningen art. 5(1)(e)"

KEPT = (
    Kept(
        ("messages_message", "messages_attachment", "messages_reading", "messages_noanswer"),
        _("what you and we have written to each other"),
        BY_THE_MUNICIPALITY,
        NEEDED,
    ),
    Kept(
        ("messages_notice", "messages_noticereading"),
        _("what your page has told you"),
        BY_THE_MUNICIPALITY,
        NEEDED,
    ),
    Kept(
        (
            "messages_channelchoice",
            "messages_notification",
            "messages_delivery",
            "messages_rehearsal",
        ),
        _("how you want to be told of news, and when we told you"),
        BY_THE_MUNICIPALITY,
        NEEDED,
    ),
)
