"""What may be sent in about a preparation, a plan and an agreement: forms and what they do.

The citizen's pages and the caseworker's take the same in, each for their side.
"""

from velvalgt.apps.cases.requests.fields import DayField, no_cpr, sent
from velvalgt.apps.cases.requests.plan import (
    Errand,
    changed_goal,
    changed_step,
    finished_step,
    new_goal,
    new_step,
)
from velvalgt.apps.cases.requests.preparation import ContactForm, QuestionsForm
from velvalgt.apps.cases.requests.steering import TermsForm

__all__ = [
    "ContactForm",
    "DayField",
    "Errand",
    "QuestionsForm",
    "TermsForm",
    "changed_goal",
    "changed_step",
    "finished_step",
    "new_goal",
    "new_step",
    "no_cpr",
    "sent",
]
