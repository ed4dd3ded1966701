"""My messages: what you and we have written, what is new, and writing to us."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.audit.actor import current
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.messages import queries, services
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.models import LONGEST, Message, Notice
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.channel import channel
from velvalgt.web.fields import FilesField

PLACES: Mapping[str, str] = {
    Occasion.LETTER: "citizen:documents",
    Occasion.DOCUMENT: "citizen:documents",
    Occasion.DECISION: "citizen:applications",
    Occasion.APPLICATION: "citizen:applications",
    Occasion.PLAN: "citizen:plan",
    Occasion.AGREEMENT: "citizen:agreement",
    Occasion.DATA: "citizen:data",
    Occasion.JOBS: "citizen:jobs",
    Occasion.INTERVIEW: "citizen:meetings",
}
"""The page on which each sort of news can be acted on; one that is not there gets no link."""


class MessageForm(forms.Form):
    """A message to the municipality."""

    body = forms.CharField(
        validators=[no_cpr],
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words.")},
    )
    enclosed = FilesField(
        label=_("Files"), help_text=_("At most five. We take PDF, pictures, Word and text.")
    )


class ShownForm(forms.Form):
    """What an address asks to have shown: what is before a message, or the one just sent."""

    before = forms.UUIDField(required=False)
    sent = forms.UUIDField(required=False)


@for_citizen(Area.MESSAGES)
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: CitizenRequest) -> HttpResponse:
    """The citizen's messages; a POST sends one."""
    if request.method != "POST":
        return _page(request, MessageForm())
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid():
        files = form.cleaned_data["enclosed"]
        try:
            message = services.send(
                citizen=request.citizen,
                body=form.cleaned_data["body"],
                enclosed=[services.Enclosed(each.name, each.read()) for each in files],
                by=request.user,
                at=request.at,
            )
        except services.CannotKeep as error:
            form.add_error("enclosed", str(error))
        except services.NobodyToAnswer as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('citizen:messages')}?sent={message.pk}#sent")
    if request.FILES and "enclosed" not in form.errors:
        form.add_error("enclosed", _("Choose the file again: your browser has let go of it."))
    return _page(request, form)


def _page(request: CitizenRequest, form: MessageForm) -> HttpResponse:
    citizen, today = request.citizen, timezone.localdate(request.at)
    before, sent = _named(request, "before"), _named(request, "sent")
    thread, notices = queries.thread(citizen, before=before), queries.notices_of(citizen)
    case, waiting = open_case_of(citizen), list(queries.unanswered(citizen))
    _note_what_is_seen(request, thread.messages, notices)
    context = {
        "form": form,
        "case": case,
        "days": queries.promised_days(case.unit, today) if case else None,
        "thread": thread,
        "is_older": before is not None,
        "sent": sent,
        "waiting": waiting,
        "late": next((each for each in waiting if each.is_late(today)), None),
        "new": [_placed(notice) for notice in notices if notice.is_new],
        "earlier": [_placed(notice) for notice in notices if not notice.is_new],
    }
    return render(request, "citizen/messages.html", context, status=422 if form.errors else 200)


def _named(request: CitizenRequest, name: str) -> Message | None:
    asked = ShownForm(request.GET)
    asked.is_valid()
    key = asked.cleaned_data.get(name)
    return queries.message_of(request.citizen, key) if key else None


def _placed(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "place": PLACES.get(notice.occasion, "")}


def _note_what_is_seen(
    request: CitizenRequest, messages: list[Message], notices: list[Notice]
) -> None:
    """Note that the citizen's side has seen it; staff who sit at the page are not that side."""
    if current().purpose == Purpose.CASE_WORK:
        return
    services.mark_read(messages=messages, reader=Side.CITIZEN, by=request.user, at=request.at)
    services.mark_seen(notices=notices, at=request.at)


urls = [
    path("messages/", messages, name="messages"),
    path("messages/channel/", channel, name="channel"),
]
