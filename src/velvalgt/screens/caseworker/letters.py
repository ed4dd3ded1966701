"""The letters that the law asks for, and how each goes: what is to be printed and posted."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.meetings.queries import legal_letters
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@for_role(Role.CASEWORKER)
@require_GET
def letters(request: StaffRequest) -> HttpResponse:
    """Invitations and summonses of the last fourteen days."""
    context = {"letters": legal_letters(request.moment)}
    return render(request, "caseworker/letters.html", context)


urls = [path("letters/", letters, name="letters")]
