"""The first page, and the session as a thing that is opened and closed."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from velvalgt.apps.people.services import CODE_LENGTH
from velvalgt.apps.staff.choices import Role
from velvalgt.site.signin import entry
from velvalgt.site.signin.adapter import NotVouched, adapter


def welcome(request: HttpRequest) -> HttpResponse:
    """The first page: whoever is signed in goes home, anybody else is welcomed by the adapter."""
    entered = entry.actor_in_session(request.session)
    if entered is not None and request.user.is_authenticated and "start" not in request.GET:
        return redirect(entered.role.home)
    return adapter().welcome(request)


@require_POST
def session(request: HttpRequest) -> HttpResponse:
    """Open a session for whoever is vouched for, closing the one before; or close it."""
    code = request.session.get(entry.CODE)
    if entry.actor_in_session(request.session) is not None:
        if "role" in request.POST:
            return _as_another(request)
        entry.leave(request, at=timezone.now())
    if "close" in request.POST:
        return redirect("site:welcome")
    if code:
        request.session[entry.CODE] = code
    try:
        role = entry.enter(request, adapter().vouch(request), at=timezone.now())
    except (NotVouched, entry.UnknownPerson):
        return redirect("site:welcome")
    return redirect(role.home)


def _as_another(request: HttpRequest) -> HttpResponse:
    """Go on in another role; whoever has none such is where they were."""
    wanted = {role.value: role for role in (Role.CITIZEN, Role.REPRESENTATIVE)}
    role = wanted.get(request.POST["role"])
    if role is None or not request.user.is_authenticated:
        raise Http404
    try:
        return redirect(entry.change_role(request, role, at=timezone.now()).home)
    except entry.UnknownPerson:
        raise Http404 from None


class CodeForm(forms.Form):
    """The code that somebody was given to act for a citizen (fuldmagtskode)."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("12 signs, such as ABCD-EFGH-JKLM."),
        max_length=20,
        error_messages={"required": _("Write the code.")},
    )

    def clean_code(self) -> str:
        """Take the code in any case, with or without dashes."""
        code: str = self.cleaned_data["code"]
        if sum(sign.isalnum() for sign in code) != CODE_LENGTH:
            raise forms.ValidationError(_("A code has 12 letters and digits. Look at it again."))
        return code


def code(request: HttpRequest) -> HttpResponse:
    """Take the code of a power, to be used at the sign-in that follows."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        request.session[entry.CODE] = form.cleaned_data["code"]
        return redirect(f"{reverse('site:welcome')}?start")
    status = 422 if form.errors else 200
    return render(request, "site/code.html", {"form": form}, status=status)
