"""The verbs of offers: publish, apply and withdraw, answer, wish."""

from velvalgt.apps.messages.services import LettersMissing
from velvalgt.apps.offers.applying import (
    CannotApply,
    NothingWritten,
    NotOffered,
    TooLate,
    WithdrawnAlready,
    add_words,
    apply,
    withdraw_application,
)
from velvalgt.apps.offers.catalogue_file import (
    Fault,
    NoCatalogue,
    Published,
    publish_catalogue,
)
from velvalgt.apps.offers.deciding import (
    AnsweredAlready,
    CannotAnswer,
    LawMissing,
    NoSeatLeft,
    ReasonsMissing,
    TakenBack,
    answer,
)
from velvalgt.apps.offers.publishing import (
    NotInTheVocabulary,
    OfferDraft,
    publish_offer,
    retire_offer,
    schedule_start,
)
from velvalgt.apps.offers.telling import Ruling
from velvalgt.apps.offers.wishing import move_wish, take_off_wish_list, wish

__all__ = [
    "AnsweredAlready",
    "CannotAnswer",
    "CannotApply",
    "Fault",
    "LawMissing",
    "LettersMissing",
    "NoCatalogue",
    "NoSeatLeft",
    "NotInTheVocabulary",
    "NotOffered",
    "NothingWritten",
    "OfferDraft",
    "Published",
    "ReasonsMissing",
    "Ruling",
    "TakenBack",
    "TooLate",
    "WithdrawnAlready",
    "add_words",
    "answer",
    "apply",
    "move_wish",
    "publish_catalogue",
    "publish_offer",
    "retire_offer",
    "schedule_start",
    "take_off_wish_list",
    "wish",
    "withdraw_application",
]
