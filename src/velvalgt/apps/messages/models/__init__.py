"""What the station of messages remembers: a file for each idea."""

from velvalgt.apps.messages.models.dialogue import (
    LONGEST,
    AnswerPromise,
    Attachment,
    Message,
    MessageQuerySet,
    NoAnswer,
    Reading,
)
from velvalgt.apps.messages.models.notices import Notice, NoticeQuerySet, NoticeReading
from velvalgt.apps.messages.models.notifications import (
    ChannelChoice,
    Delivery,
    Notification,
    Rehearsal,
)

__all__ = [
    "LONGEST",
    "AnswerPromise",
    "Attachment",
    "ChannelChoice",
    "Delivery",
    "Message",
    "MessageQuerySet",
    "NoAnswer",
    "Notice",
    "NoticeQuerySet",
    "NoticeReading",
    "Notification",
    "Reading",
    "Rehearsal",
]
