"""The one door by which calendars outside are read: known hosts, encrypted, small and quick.

An address that somebody types must not lead our server into places where only it can go. So the
host must be one that the installation names, it must not lie in a private net that is not named
as well, and no answer leads on to another address. The net is looked at where the name is looked
up for the very connection, so that a name cannot lead elsewhere a moment later.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

import niquests
from django.conf import settings
from niquests.packages.urllib3.contrib.resolver.system import (  # type: ignore[import-not-found]
    SystemResolver,
)

from velvalgt.apps.meetings.busy import CannotRead
from velvalgt.apps.meetings.choices import Trouble

SECONDS = 10
"""How long an answer may take to begin, and each piece of it to come."""

LONGEST = 30
"""Seconds that a whole answer may take."""

LARGEST = 5_000_000
"""Bytes of an answer; a calendar of some years is a tenth of it."""

PIECE = 65_536
SHUT = {403, 404, 410}  # 401 asks for a password, which a CalDAV client then sends
OVERLOADED = {429, 502, 503, 504}
LOOPBACK = "127.0.0.1"


def check(address: str) -> None:
    """See that an address is one that we read from, before anything is asked.

    Raises:
        CannotRead: it names another host, or is not encrypted.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as error:
        raise CannotRead(Trouble.NOT_ALLOWED) from error
    is_on_this_machine = host == LOOPBACK and not settings.IS_PRODUCTION
    if host not in named_hosts() or (parts.scheme != "https" and not is_on_this_machine):
        raise CannotRead(Trouble.NOT_ALLOWED)


def named_hosts() -> tuple[str, ...]:
    """The hosts whose calendars are read here; none: it is switched off."""
    return tuple(each for each in settings.CALENDAR_HOSTS if "/" not in each)


class NamedNets(SystemResolver):  # type: ignore[misc]
    """Looks up hosts for connections, and leads to no private net but for those that are named."""

    def getaddrinfo(self, *args: Any, **kwargs: Any) -> Any:
        """Look a host up; what is found is where the connection goes.

        Raises:
            CannotRead: it lies in a private net that is not named.
        """
        found = super().getaddrinfo(*args, **kwargs)
        named = [ip_network(each) for each in settings.CALENDAR_HOSTS if "/" in each]
        for *_, where in found:
            place = ip_address(where[0])
            if not place.is_global and not any(place in net for net in named):
                raise CannotRead(Trouble.NOT_ALLOWED)
        return found


class Door(niquests.Session):
    """A session that leads nowhere else, and takes in no more than it should."""

    def __init__(self) -> None:
        super().__init__(resolver=NamedNets(), disable_http3=True)
        self.trust_env = False  # no proxy or password of the machine's

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> niquests.Response:
        """Ask, once the address is checked; the answer is whole, or there is none.

        Raises:
            CannotRead: the address is not one of those we read from, or leads on to another; we
                are not let in; or there is more than we take in.
        """
        check(url)
        kwargs |= {"allow_redirects": False, "stream": True, "timeout": SECONDS}
        response = super().request(method, url, *args, **kwargs)
        try:
            if response.is_redirect:
                raise CannotRead(Trouble.NOT_ALLOWED)
            if response.status_code in SHUT:
                raise CannotRead(Trouble.REFUSED)
            if response.status_code in OVERLOADED:
                raise CannotRead(Trouble.UNREACHABLE)
            _take_in(response)
        finally:
            response.close()
        return response


def _take_in(response: niquests.Response) -> None:
    """Read an answer piece by piece, until it is whole, too large or too late."""
    until = time.monotonic() + LONGEST
    taken = bytearray()
    for piece in response.iter_content(PIECE):
        taken += piece
        if len(taken) > LARGEST:
            raise CannotRead(Trouble.TOO_LARGE)
        if time.monotonic() > until:
            raise CannotRead(Trouble.UNREACHABLE)
    response._content = bytes(taken)  # noqa: SLF001 - the library has no other way in


@contextmanager
def door() -> Iterator[Door]:
    """Open the door; what the line does not carry is a word of ours.

    Raises:
        CannotRead: nobody answers there.
    """
    session = Door()
    try:
        yield session
    except niquests.exceptions.RequestException as error:
        raise CannotRead(Trouble.UNREACHABLE) from error
    finally:
        session.close()
