"""How a citizen wants to meet: the way first, then with whom, with a companion, an interpreter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.queries import MeetingType, Slot
from velvalgt.apps.meetings.services import Wanted
from velvalgt.apps.staff.models import Unit, User
from velvalgt.web.templatetags.words import language_name

OWN, ANY = "own", "any"
"""With one's own caseworker, or with anybody in the team."""

AT = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True, slots=True)
class Bookable:
    """What can be asked for: a type of meeting, where, with whom, and in which ways by law."""

    type: MeetingType
    permitted: frozenset[Way]
    unit: Unit
    own: User | None
    meeting: Meeting | None = None  # the one to be moved

    @property
    def page(self) -> str:
        """The address at which a time is chosen."""
        if self.meeting is None:
            return reverse("citizen:booking")
        return reverse("citizen:meeting_time", args=[self.meeting.uid])

    @property
    def ways(self) -> list[Way]:
        """The ways to choose among."""
        return [way for way in self.type.ways if way in self.permitted]

    @property
    def shut(self) -> list[Way]:
        """The ways that the type has and the law does not allow now."""
        return [way for way in self.type.ways if way not in self.permitted]

    @property
    def initial(self) -> dict[str, Any]:
        """What is chosen before the citizen chooses: as it is agreed now, else the first way."""
        if self.meeting is None:
            return {"way": self.ways[0] if self.ways else "", "whom": OWN}
        return {
            "way": self.meeting.way if self.meeting.way in self.ways else "",
            "whom": OWN,
            "companion": self.meeting.has_companion,
            "language": self.meeting.language,
        }


class WishForm(forms.Form):
    """One wish for a meeting, before the time."""

    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to meet?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("With whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )
    companion = forms.BooleanField(
        label=gettext_lazy("Somebody comes along with me"), required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Do you need an interpreter?"),
        required=False,
    )

    def __init__(self, data: Any, *, bookable: Bookable, languages: list[str]) -> None:
        super().__init__(data, initial=bookable.initial, label_suffix="")
        self._bookable = bookable
        self._choose("way", [(way.value, str(capfirst(way.label))) for way in bookable.ways])
        self._choose("language", [("", _("No"))] + [(c, language_name(c)) for c in languages])
        self.fields["language"].help_text = _("Then we set aside %(minutes)s minutes more.") % {
            "minutes": bookable.type.interpreter_minutes
        }
        anybody = _("Anybody in %(unit)s: there are more times") % {"unit": bookable.unit.name}
        if bookable.own is None:
            del self.fields["whom"]
        else:
            self._choose("whom", [(OWN, bookable.own.name), (ANY, anybody)])
        if not languages:
            del self.fields["language"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish for a meeting that was understood, and the address that keeps it."""

    bookable: Bookable
    way: Way
    whom: str
    has_companion: bool
    language: str

    @classmethod
    def of(cls, bookable: Bookable, chosen: dict[str, Any]) -> "Wish":
        """Read it from a form, or from what is chosen beforehand."""
        return cls(
            bookable,
            Way(chosen["way"]),
            chosen.get("whom") or ANY if bookable.own else ANY,
            bool(chosen.get("companion")),
            chosen.get("language") or "",
        )

    @property
    def is_with_own(self) -> bool:
        """Whether it is with the citizen's own caseworker alone."""
        return self.whom == OWN

    @property
    def wanted(self) -> Wanted:
        """The same in the words of booking."""
        own = self.bookable.own
        return Wanted(
            type=self.bookable.type,
            way=self.way,
            unit_id=self.bookable.unit.pk,
            caseworker_id=own.pk if own and self.is_with_own else None,
            language=self.language,
            has_companion=self.has_companion,
        )

    @property
    def minutes(self) -> int:
        """How long the citizen is there."""
        return int(self.wanted.length.total_seconds()) // 60

    def address(self, **more: str) -> str:
        """The address that keeps the wish, and what else is chosen."""
        kept = {
            "type": "" if self.bookable.meeting else self.bookable.type.key,
            "way": self.way.value,
            "whom": self.whom,
            "companion": "on" if self.has_companion else "",
            "language": self.language,
        }
        said = {name: value for name, value in (kept | more).items() if value}
        return f"{self.bookable.page}?{urlencode(said)}"

    @property
    def with_anybody(self) -> str:
        """The address of the same wish with anybody in the team."""
        return self.address(whom=ANY)

    def at_slot(self, slot: Slot) -> str:
        """The address of a time on offer."""
        return self.address(at=written(slot.starts_at))

    def for_slots(self, slots: Sequence[Slot]) -> "Wish":
        """The same wish with anybody in the team, where the own caseworker is not free then."""
        own = self.bookable.own
        is_free = own is not None and all(own.pk in slot.staff for slot in slots)
        return self if is_free else replace(self, whom=ANY)


class WhenForm(forms.Form):
    """Which week, which day, or which time of those on offer."""

    week = forms.DateField(required=False)
    day = forms.DateField(required=False)
    at = forms.DateTimeField(required=False, input_formats=[AT])


@dataclass(frozen=True, slots=True)
class When:
    """Where among the times one is; what was not understood is left out."""

    week: date | None
    day: date | None
    at: datetime | None

    @classmethod
    def read(cls, data: QueryDict) -> "When":
        """Read it from an address."""
        form = WhenForm(data)
        form.is_valid()
        return cls(*(form.cleaned_data.get(name) for name in ("week", "day", "at")))


def written(moment: datetime) -> str:
    """Write a moment as an address has it."""
    return timezone.localtime(moment).strftime(AT)
