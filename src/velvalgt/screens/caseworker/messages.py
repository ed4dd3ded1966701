"""The dialogue with a citizen: opening their messages, answering, saying that one needs none."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.messages import queries, services
from velvalgt.apps.messages.models import LONGEST, Message
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.web.fields import FilesField


class AnswerForm(forms.Form):
    """A message to the citizen."""

    body = forms.CharField(
        validators=[no_cpr],
        label=_("To the citizen"),
        help_text=_("Short words. One thing to do, one date, whom to call."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words.")},
    )
    enclosed = FilesField(label=_("Files"), help_text=_("At most five, each at most 10 MB."))


class ShownForm(forms.Form):
    """What an address asks to have shown: what is before a message."""

    before = forms.UUIDField(required=False)


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """The dialogue with a citizen; opening it marks what they wrote as read, a POST answers."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    if request.method != "POST":
        return _page(request, citizen, AnswerForm())
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        files = form.cleaned_data["enclosed"]
        try:
            services.answer(
                citizen=citizen,
                body=form.cleaned_data["body"],
                enclosed=[services.Enclosed(each.name, each.read()) for each in files],
                by=request.user,
                at=request.at,
            )
        except services.CannotKeep as error:
            form.add_error("enclosed", str(error))
        else:
            return redirect("caseworker:messages", citizen.pk)
    if request.FILES and "enclosed" not in form.errors:
        form.add_error("enclosed", _("Choose the file again: the browser has let go of it."))
    return _page(request, citizen, form)


@for_role(Role.CASEWORKER)
@require_POST
def no_answer(request: StaffRequest, message_id: UUID) -> HttpResponse:
    """Say that a citizen's message needs no answer."""
    asked = Message.objects.by(Side.CITIZEN).select_related("citizen")
    message = get_object_or_404(asked, pk=message_id)
    services.needs_no_answer(message=message, by=request.user, at=request.at)
    return redirect("caseworker:messages", message.citizen.pk)


def _page(request: StaffRequest, citizen: Citizen, form: AnswerForm) -> HttpResponse:
    asked = ShownForm(request.GET)
    asked.is_valid()
    key = asked.cleaned_data.get("before")
    before = queries.message_of(citizen, key) if key else None
    thread = queries.thread(citizen, before=before)
    services.mark_read(
        messages=thread.messages, reader=Side.MUNICIPALITY, by=request.user, at=request.at
    )
    context = {
        "citizen": citizen,
        "form": form,
        "thread": thread,
        "is_older": before is not None,
        "waiting": list(queries.unanswered(citizen)),
        "choice": queries.choice_of(citizen),
        "told": queries.last_told(citizen),
        "on": timezone.localdate(request.at),
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/messages.html", context, status=status)
