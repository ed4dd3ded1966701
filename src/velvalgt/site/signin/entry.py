"""Entering and leaving: from a vouched identity to a session with tenant, user, unit, role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.services import trace
from velvalgt.apps.people.queries import has_case_as_citizen, holds_powers
from velvalgt.apps.people.requests import step_out
from velvalgt.apps.people.services import take_up_power
from velvalgt.apps.staff import queries as staff
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User
from velvalgt.site.signin.adapter import Vouched

KEY = "velvalgt_actor"
ACTS_FOR_OTHERS = "velvalgt_acts_for_others"
"""Where the session keeps that somebody held a power when they signed in."""
CODE = "velvalgt_power_code"
"""Where the session keeps the code of a power until its holder has signed in."""


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
    code = request.session.pop(CODE, "")
    if code:
        take_up_power(code=code, issuer=vouched.issuer, subject=vouched.subject)
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
        request.session[ACTS_FOR_OTHERS] = holds_powers(user, at)
        request.session.clear_expired()
        trace(action=Action.SIGN_IN, what=place[0], at=at)
    return place[0]


def _place_of(user: User, at: datetime) -> tuple[Role, UUID | None] | None:
    membership = user.memberships.current(at).order_by("starts_at", "pk").first()
    if membership is not None:
        return Role(membership.role), membership.unit_id
    if may_be(user, Role.CITIZEN, at):
        return Role.CITIZEN, None
    return (Role.REPRESENTATIVE, None) if may_be(user, Role.REPRESENTATIVE, at) else None


def may_be(user: User, role: Role, at: datetime) -> bool:
    """Whether somebody may be here as the citizen of a case, or for one."""
    with acting(user.tenant_id, user.pk, role.purpose):
        if role == Role.CITIZEN:
            return has_case_as_citizen(user)
        return role == Role.REPRESENTATIVE and holds_powers(user, at)


def change_role(request: HttpRequest, role: Role, *, at: datetime) -> Role:
    """Go from one's own case to somebody else's, or back (skifte rolle).

    Raises:
        UnknownPerson: the user has no place in that role.
    """
    user = request.user
    if not isinstance(user, User) or not may_be(user, role, at):
        raise UnknownPerson(role)
    trace(action=Action.SIGN_IN, what=role, at=at)
    request.session[KEY] = {**request.session[KEY], "unit": None, "role": role.value}
    step_out(request)
    rotate_token(request)  # a form of the other role must not be sent in this one
    return role


def leave(request: HttpRequest, *, at: datetime) -> None:
    """Sign out (log ud)."""
    trace(action=Action.SIGN_OUT, what="sign_out", at=at)
    logout(request)
