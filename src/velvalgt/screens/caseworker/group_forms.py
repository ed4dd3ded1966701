"""What the caseworker says of a meeting for many: what it is to be, and who came."""

from datetime import datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.cases.requests import DayField
from velvalgt.apps.meetings import queries
from velvalgt.apps.meetings.choices import Purpose, Way
from velvalgt.apps.meetings.models import Room
from velvalgt.apps.meetings.queries import Enrolled
from velvalgt.apps.meetings.services import ForMany, Said
from velvalgt.apps.staff.requests import StaffRequest
from velvalgt.core.calendar import midnight

SEATS, TEN, IN_A_WEEK = 12, time(10), timedelta(days=7)
"""What the form suggests."""


class GroupForm(forms.Form):
    """What a meeting for many is to be."""

    type = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)
    title_da = forms.CharField(
        label=_("Title in Danish"),
        help_text=_("Left empty, it has the name of what it is."),
        max_length=120,
        required=False,
    )
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    day = DayField(label=_("Day"))
    begins = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    where = forms.ChoiceField(label=_("Where?"))
    video = forms.URLField(
        label=_("Link to the video room"),
        help_text=_("Only for a meeting by video."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=500)
    last_day = DayField(
        label=_("Last day to join"),
        help_text=_("Left empty, one can join until it begins."),
        required=False,
    )

    def __init__(self, data: QueryDict | None, request: StaffRequest) -> None:
        kinds = [each for each in queries.types().values() if each.purpose == Purpose.GROUP]
        self.rooms = {str(room.pk): room for room in queries.rooms()}
        largest = max(self.rooms.values(), key=lambda room: room.seats, default=None)
        initial = {
            "type": kinds[0].key if kinds else "",
            "day": request.today + IN_A_WEEK,
            "begins": TEN,
            "where": str(largest.pk) if largest else Way.VIDEO,
            "seats": largest.seats if largest else SEATS,
        }
        super().__init__(data, initial=initial)
        cast("forms.ChoiceField", self.fields["type"]).choices = [
            (each.key, str(each.name)) for each in kinds
        ]
        cast("forms.ChoiceField", self.fields["where"]).choices = [
            *((key, _room_with_seats(room)) for key, room in self.rooms.items()),
            (Way.VIDEO.value, _("By video")),
        ]

    def clean(self) -> dict[str, Any]:
        """A meeting by video is behind a link."""
        said = self.cleaned_data
        if said.get("where") == Way.VIDEO and not said.get("video") and "video" not in self.errors:
            self.add_error("video", _("Write the link."))
        return said

    @property
    def wanted(self) -> ForMany:
        """The meeting that the form asks for."""
        said = self.cleaned_data
        kind, room = queries.type_of(said["type"]), self.rooms.get(said["where"])
        begins = timezone.make_aware(datetime.combine(said["day"], said["begins"]))
        last = said["last_day"]
        after = last and midnight(last + timedelta(days=1))
        return ForMany(
            type=kind,
            title=Said(
                da=said["title_da"] or said["title_en"] or kind.name.da,
                en=said["title_en"] or said["title_da"] or kind.name.en,
            ),
            starts_at=begins,
            way=Way.OFFICE if room else Way.VIDEO,
            seats=said["seats"],
            enrol_until=min(after, begins) if after else begins,
            room=room,
            video="" if room else said["video"],
        )


def _room_with_seats(room: Room) -> str:
    return str(
        _("%(place)s, %(room)s (%(seats)s seats)")
        % {"place": room.place.name, "room": room.name, "seats": room.seats}
    )


class AttendanceForm(forms.Form):
    """Who came: everybody, unless one says otherwise."""

    came = forms.MultipleChoiceField(
        label=_("Who came?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: QueryDict | None, waiting: list[Enrolled]) -> None:
        keys = [str(each.enrolment.pk) for each in waiting]
        super().__init__(data, initial={"came": keys})
        cast("forms.MultipleChoiceField", self.fields["came"]).choices = [
            (str(each.enrolment.pk), each.enrolment.citizen.name) for each in waiting
        ]
