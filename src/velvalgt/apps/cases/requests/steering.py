"""What may be sent in about a self-steered agreement: its terms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.requests.fields import DayField, OwnWords
from velvalgt.apps.cases.steering import Terms


class TermsForm(forms.Form):
    """What a self-steered agreement says."""

    goal = OwnWords(label=_("My goal"), max_length=300)
    words = OwnWords(
        label=_("This is what we agree on"),
        help_text=_("What I do myself, and what I would like from the municipality."),
        max_length=2000,
        rows=4,
    )
    check_in_on = DayField(
        label=_("The day I look at how it goes"), help_text=_("You choose the day yourself.")
    )
    ends_on = DayField(label=_("The agreement lasts until"))

    @property
    def terms(self) -> Terms:
        """The terms as they were written."""
        return Terms(**self.cleaned_data)
