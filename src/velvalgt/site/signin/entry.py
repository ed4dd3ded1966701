"""Entering and leaving: from a vouched identity to a session with tenant, user, unit, role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.services import trace
from velvalgt.apps.people.queries import has_case_as_citizen
from velvalgt.apps.staff import queries as staff
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User
from velvalgt.site.signin.adapter import Vouched

KEY = "velvalgt_actor"


class UnknownPerson(Exception):
    """Somebody was vouched for who has no place here."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Who is signed in: what the session holds and each request starts from."""

    tenant_id: UUID
    user_id: UUID
    unit_id: UUID | None
    role: Role


def actor_in_session(session: SessionBase) -> Entered | None:
    """Read who is signed in, or None."""
    held: dict[str, Any] | None = session.get(KEY)
    if held is None:
        return None
    unit = held["unit"]
    return Entered(
        UUID(held["tenant"]), UUID(held["user"]), UUID(unit) if unit else None, Role(held["role"])
    )


def enter(request: HttpRequest, vouched: Vouched, *, at: datetime) -> Role:
    """Sign somebody in (log ind) and give the role they enter in.

    Raises:
        UnknownPerson: no active user is known by that identity, or the user has no role.
    """
    found = staff.user_known_as(vouched.issuer, vouched.subject)
    if found is None:
        raise UnknownPerson(vouched.issuer)
    with acting(found.tenant_id, found.user_id, Purpose.SIGN_IN):
        user = User.objects.filter(pk=found.user_id, is_active=True).first()
        place = _place_of(user, at) if user else None
        if user is None or place is None:
            raise UnknownPerson(vouched.issuer)
        login(request, user, backend="velvalgt.site.signin.backend.Vouched")
        request.session[KEY] = {
            "tenant": str(found.tenant_id),
            "user": str(user.pk),
            "unit": str(place[1]) if place[1] else None,
            "role": place[0].value,
        }
        request.session.clear_expired()
        trace(action=Action.SIGN_IN, what=place[0], at=at)
    return place[0]


def _place_of(user: User, at: datetime) -> tuple[Role, UUID | None] | None:
    membership = user.memberships.current(at).order_by("starts_at", "pk").first()
    if membership is not None:
        return Role(membership.role), membership.unit_id
    with acting(user.tenant_id, user.pk, Purpose.OWN_CASE):
        return (Role.CITIZEN, None) if has_case_as_citizen(user) else None


def leave(request: HttpRequest, *, at: datetime) -> None:
    """Sign out (log ud)."""
    trace(action=Action.SIGN_OUT, what="sign_out", at=at)
    logout(request)
