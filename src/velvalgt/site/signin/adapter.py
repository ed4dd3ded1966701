"""The one door of sign-in: whoever vouches for a person hands over an `Identity`."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

ADAPTERS = {
    "personas": "velvalgt.site.signin.personas.Personas",
    "none": "velvalgt.site.signin.adapter.Closed",
}


@dataclass(frozen=True, slots=True)
class Vouched:
    """What somebody else vouches for: this person, known to them by this key."""

    issuer: str
    subject: str


class NotVouched(Exception):
    """Nobody vouches for this request."""


class Adapter(Protocol):
    """What OpenID Connect, SAML and the personas of the demo have in common."""

    def welcome(self, request: HttpRequest) -> HttpResponse:
        """Show the first page, or send the person on to the one who vouches."""

    def vouch(self, request: HttpRequest) -> Vouched:
        """Say who the person is.

        Raises:
            NotVouched: the request carries no proof.
        """


class Closed:
    """No way in: production before a provider of identities is set up."""

    def welcome(self, request: HttpRequest) -> HttpResponse:
        """Say plainly that nobody can sign in yet."""
        return render(request, "site/closed.html", status=503)

    def vouch(self, request: HttpRequest) -> Vouched:
        """Let nobody in."""
        raise NotVouched("sign-in is not set up")


def adapter() -> Adapter:
    """Give the adapter that the installation has chosen."""
    chosen: Adapter = import_string(ADAPTERS[settings.SIGN_IN_ADAPTER])()
    return chosen
