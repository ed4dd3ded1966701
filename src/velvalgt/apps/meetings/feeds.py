"""The secret address at which a calendar reads somebody's meetings (kalenderabonnement)."""

import hashlib
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.services import give_receipt
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.holding import lock
from velvalgt.apps.meetings.icalendars import Line
from velvalgt.apps.meetings.models import Feed
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

BEFORE = timedelta(days=30)
"""How far back a calendar is told of meetings; a starting value."""

SECRET_BYTES = 32
KEY_BYTES = 16
READ = """
select uid, sequence, starts_at, ends_at, way, is_cancelled, changed_at
from meetings_in_feed(%s, %s)
"""


class NoSuchFeed(Exception):
    """No calendar lies at that address, or it was taken away; which of the two is not told."""


@dataclass(frozen=True, slots=True)
class OpenFeed:
    """A feed with its secret, which is known only now."""

    feed: Feed
    secret: str


@transaction.atomic
def make_feed(*, by: User, at: datetime, citizen: Citizen | None = None) -> OpenFeed:
    """Make a secret address for somebody's own meetings; the one before stops working.

    Args:
        by: whose meetings, and whose hand: nobody makes one for somebody else.
        at: when.
        citizen: who gets a receipt; None for staff.
    """
    lock([by.pk])  # of two clicks at once the second makes the one that works
    _revoke(by, at)
    secret = by.tenant_id.bytes + secrets.token_bytes(SECRET_BYTES)
    feed = Feed.objects.create(
        tenant_id=by.tenant_id, user=by, secret_hash=_hash(secret), made_at=at
    )
    _tell(citizen, _("A link for your calendar was made"), by, at)
    return OpenFeed(feed, urlsafe_b64encode(secret).decode().rstrip("="))


@transaction.atomic
def revoke_feed(*, by: User, at: datetime, citizen: Citizen | None = None) -> None:
    """Take somebody's own address away; whoever has it reads nothing from now on."""
    if _revoke(by, at):
        _tell(citizen, _("The link for your calendar was taken away"), by, at)


def feed_of(user: User) -> Feed | None:
    """Find somebody's address, if there is one that works."""
    return Feed.objects.filter(user=user, revoked_at__isnull=True).first()


def read_feed(secret: str, at: datetime) -> list[Line]:
    """Read the meetings behind a secret address: those of its owner, and of each only when and how.

    It is looked up by its hash, so that how long it takes says nothing about how near a guess
    was. The database answers with times alone; it shows this reader no meeting and nobody's name.

    Raises:
        NoSuchFeed: there is none.
    """
    key = _opened(secret)
    with (
        acting(UUID(bytes=key[:KEY_BYTES]), SYSTEM, Purpose.OWN_CASE),
        connection.cursor() as cursor,
    ):
        cursor.execute(READ, [_hash(key), at - BEFORE])
        rows = cursor.fetchall()
    if not rows:
        raise NoSuchFeed
    return [
        Line(uid, sequence, starts_at, ends_at, Way(way), is_cancelled, changed_at)
        for uid, sequence, starts_at, ends_at, way, is_cancelled, changed_at in rows
        if uid is not None  # one row without a meeting says that the feed is there, and empty
    ]


def _opened(secret: str) -> bytes:
    try:
        key = urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
    except (NotBase64, ValueError) as error:
        raise NoSuchFeed from error
    if len(key) != KEY_BYTES + SECRET_BYTES:
        raise NoSuchFeed
    return key


def _hash(secret: bytes) -> bytes:
    """A plain hash is enough: the secret has 256 bits of chance, so nothing is guessed."""
    return hashlib.sha256(secret).digest()


def _revoke(user: User, at: datetime) -> int:
    standing = Feed.objects.filter(user=user, revoked_at__isnull=True)
    return standing.update(revoked_at=at)


def _tell(citizen: Citizen | None, title: str, by: User, at: datetime) -> None:
    if citizen is not None:
        give_receipt(citizen=citizen, deed=Deed.MEETING, by=by, at=at, title=title)
