"""How I am told: by which way the citizen hears that there is news, and when not."""

from datetime import time
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.messages import queries, services
from velvalgt.apps.messages.choices import Channel
from velvalgt.apps.messages.models import ChannelChoice
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.queries import Reach, reachable_at
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


class Clock(forms.TimeInput):
    """A time of day, written as the browser's own control wants it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ChannelForm(forms.Form):
    """A citizen's choice of channel and quiet hours (valg af kanal)."""

    channel = forms.ChoiceField(
        label=_("How do we tell you that there is news?"), widget=forms.RadioSelect
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=Clock)
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=Clock)

    def __init__(
        self, data: QueryDict | None = None, *, citizen: Citizen, choice: ChannelChoice
    ) -> None:
        initial = {
            "channel": choice.channel,
            "quiet_from": choice.quiet_from,
            "quiet_until": choice.quiet_until,
        }
        super().__init__(data, initial=initial)
        field = cast("forms.ChoiceField", self.fields["channel"])
        reach = reachable_at(citizen)
        field.choices = [(each.value, _label(reach, each)) for each in queries.offered()]

    def clean(self) -> dict[str, Any]:
        """See that the quiet hours have two ends, which differ."""
        begins, ends = (self.cleaned_data.get(name) for name in ("quiet_from", "quiet_until"))
        if "quiet_until" in self.cleaned_data and begins and ends is None:
            self.add_error("quiet_until", _("When may we tell you again?"))
        if "quiet_from" in self.cleaned_data and ends and begins is None:
            self.add_error("quiet_from", _("From when may we not tell you?"))
        if begins is not None and begins == ends:
            self.add_error("quiet_until", _("Choose another time than the first."))
        return self.cleaned_data

    @property
    def quiet(self) -> services.QuietHours | None:
        """When nothing may be sent."""
        begins: time | None = self.cleaned_data["quiet_from"]
        ends: time | None = self.cleaned_data["quiet_until"]
        return None if begins is None or ends is None else services.QuietHours(begins, ends)


def _label(reach: Reach, channel: Channel) -> str:
    """Name a channel with the citizen's own address on it, where it has one to see."""
    seen = {Channel.EMAIL: reach.email, Channel.SMS: reach.phone}
    if channel not in seen:
        return str(channel.label)
    if not seen[channel]:
        return _unknown(channel)
    return gettext("%(channel)s to %(address)s") % {
        "channel": channel.label,
        "address": seen[channel],
    }


def _unknown(channel: Channel) -> str:
    if channel == Channel.SMS:
        return gettext("Text message (we do not know your number)")
    return gettext("E-mail (we do not know your address)")


@for_citizen(Area.MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: CitizenRequest) -> HttpResponse:
    """How the citizen is told of news; a POST chooses."""
    choice = queries.choice_of(request.citizen)
    data = request.POST if request.method == "POST" else None
    form = ChannelForm(data, citizen=request.citizen, choice=choice)
    if form.is_valid():
        try:
            services.choose_channel(
                citizen=request.citizen,
                channel=Channel(form.cleaned_data["channel"]),
                quiet=form.quiet,
                by=request.user,
                at=request.at,
            )
        except (services.NoAddress, services.NotOffered) as error:
            form.add_error("channel", str(error))
        else:
            return redirect(f"{reverse('citizen:channel')}?saved=yes")
    context = {"form": form, "choice": choice, "is_saved": "saved" in request.GET}
    return render(request, "citizen/channel.html", context, status=422 if form.errors else 200)
