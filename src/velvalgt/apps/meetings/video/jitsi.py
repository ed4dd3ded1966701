"""Rooms at a Jitsi server that lets in whoever brings a token that we signed.

Source: the token authentication of Jitsi Meet (prosody plug-in `token_verification`: claims aud,
iss, sub, room, exp, nbf and context.user), RFC 7519. The token names nobody: the server learns
when a meeting is and who of the two leads it.
"""

import hmac
from base64 import b32encode
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import jwt

from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.video.opening import closes_at, opens_at

ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Jitsi:
    """A Jitsi server, and what it and we share."""

    address: str
    app: str
    secret: str

    def room(self, meeting: Meeting, *, is_staff: bool) -> str:
        """Give the room's address with a token for one party; it works around the meeting alone."""
        name = self._name(meeting)
        claims = {
            "aud": self.app,
            "iss": self.app,
            "sub": urlsplit(self.address).hostname,
            "room": name,
            "nbf": opens_at(meeting),
            "exp": closes_at(meeting),
            "context": {
                "user": {
                    "moderator": is_staff,
                    "affiliation": "owner" if is_staff else "member",
                }
            },
        }
        token = jwt.encode(claims, self.secret, ALGORITHM)
        return f"{self.address.rstrip('/')}/{name}?{urlencode({'jwt': token})}"

    def _name(self, meeting: Meeting) -> str:
        """The same room for every version of a meeting, and one that nobody can guess."""
        about = b"room" + meeting.tenant_id.bytes + meeting.uid.bytes
        digest = hmac.digest(self.secret.encode(), about, "sha256")
        return b32encode(digest)[:32].decode().lower()
