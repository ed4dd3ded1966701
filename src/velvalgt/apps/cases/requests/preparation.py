"""What may be sent in of a preparation: answers to some questions, and how to be met."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from babel import Locale
from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.prepared import Asked
from velvalgt.apps.cases.questions import Kind, Question
from velvalgt.apps.cases.requests.fields import OwnWords
from velvalgt.apps.people.choices import Form, Rhythm
from velvalgt.apps.people.models import ContactWish
from velvalgt.apps.people.services import Wish

LANGUAGES = ("da", "en", "ar", "de", "fa", "pl", "ro", "so", "ti", "tr", "uk", "ur")
"""The languages to choose among for a talk; another one is said on the phone."""


class QuestionsForm(forms.Form):
    """Some questions of the preparation; each may be left open."""

    def __init__(self, data: QueryDict | None = None, *, asked: Sequence[Asked]) -> None:
        questions = [each.question for each in asked]
        initial = {
            each.question.key: each.answer.words or each.answer.choice
            for each in asked
            if each.answer
        }
        super().__init__(data, initial=initial)
        self.questions = questions
        for question in questions:
            self.fields[question.key] = _field_for(question)

    @property
    def lines(self) -> Iterator[tuple[Question, BoundField]]:
        """Each question with its field."""
        for question in self.questions:
            yield question, self[question.key]


def _field_for(question: Question) -> forms.Field:
    shown: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint or "",
        "required": False,
    }
    if question.kind == Kind.WORDS:
        return OwnWords(rows=3, max_length=2000, **shown)
    choices = [(option.key, option.text) for option in question.options]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shown)


class ContactForm(forms.Form):
    """How a citizen wants to be met (kontaktønske)."""

    # A control named "form" would hide the element's own property of that name from htmx.
    how = forms.ChoiceField(
        label=_("Where do you want to talk?"),
        choices=Form,
        widget=forms.RadioSelect,
        required=False,
    )
    rhythm = forms.ChoiceField(
        label=_("How often should we be in touch?"),
        choices=Rhythm,
        widget=forms.RadioSelect,
        required=False,
    )
    language = forms.ChoiceField(label=_("Which language do you want to talk in?"), required=False)
    wants_companion = forms.BooleanField(label=_("I would like to bring somebody"), required=False)

    def __init__(self, data: QueryDict | None = None, *, wish: ContactWish | None) -> None:
        names = ("rhythm", "language", "wants_companion")
        initial = {name: getattr(wish, name) for name in names} | {"how": wish.form} if wish else {}
        super().__init__(data, initial=initial)
        locale = Locale.parse(get_language() or "da")
        named = [(code, locale.languages.get(code, code).capitalize()) for code in LANGUAGES]
        known = wish.language if wish else ""
        if known and known not in LANGUAGES:
            named.append((known, locale.languages.get(known, known).capitalize()))
        language = cast("forms.ChoiceField", self.fields["language"])
        language.choices = [("", "–"), *named]

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        said = self.cleaned_data
        return Wish(said["how"], said["rhythm"], said["language"], said["wants_companion"])
