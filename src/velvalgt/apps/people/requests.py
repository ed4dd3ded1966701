"""Requests about a citizen's own case: by the citizen, or by staff on the citizen's behalf."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import get_object_or_404, redirect
from django_htmx.middleware import HtmxDetails

from velvalgt.apps.audit.actor import current
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.models import Citizen, Power
from velvalgt.apps.people.queries import areas_acted_in, areas_seen, represented_by
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.requests import stamp

P = ParamSpec("P")
View = Callable[Concatenate["CitizenRequest", P], HttpResponse]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponse]

ON_BEHALF = "velvalgt_on_behalf_of"
"""Where the session keeps which citizen a caseworker or a representative does something for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """In what capacity somebody is on a citizen's pages, what they see there and where they act."""

    citizen: Citizen
    is_own: bool
    sees: frozenset[Area] = frozenset(Area)
    acts: frozenset[Area] = frozenset(Area)
    powers: tuple[Power, ...] = ()

    @property
    def is_on_behalf(self) -> bool:
        """Whether somebody else than the citizen sits at the page."""
        return not self.is_own

    @property
    def is_by_power(self) -> bool:
        """Whether it is a representative, and not staff."""
        return bool(self.powers)


class CitizenRequest(HttpRequest):
    """A request about a citizen's case, by them or on their behalf."""

    user: User
    htmx: HtmxDetails
    at: datetime
    moment: datetime
    today: date
    citizen: Citizen
    standing: Standing


def for_citizen(area: Area) -> Callable[[View[P]], Guarded[P]]:
    """Keep a page to the citizen it is about, and to whoever may stand in for them there.

    Args:
        area: the part of the citizen's pages; to read it takes one power, to act in it another.
    """

    def guard(view: View[P]) -> Guarded[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect("site:welcome")
            stamp(request, request.user)
            standing = standing_of(request)
            allowed = standing.sees if request.method in {"GET", "HEAD"} else standing.acts
            if area not in allowed:
                raise Http404
            request.standing = standing  # type: ignore[attr-defined]
            request.citizen = standing.citizen  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.role = Role.CITIZEN  # type: ignore[attr-defined]
        guarded.area = area  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def standing_of(request: HttpRequest) -> Standing:
    """Say in what capacity a signed-in person is on the citizen's pages.

    Raises:
        Http404: in none.
    """
    purpose = current().purpose
    if purpose == Role.CITIZEN.purpose:
        citizen = getattr(request.user, "citizen", None)
        if citizen is None:
            raise Http404
        return Standing(citizen, is_own=True)
    citizens = Citizen.objects.select_related("user")
    chosen = request.session.get(ON_BEHALF)
    if purpose == Role.CASEWORKER.purpose and chosen:
        return Standing(get_object_or_404(citizens, pk=UUID(chosen)), is_own=False)
    if purpose == Role.REPRESENTATIVE.purpose:
        return _standing_by_power(request, chosen)
    raise Http404


def _standing_by_power(request: HttpRequest, chosen: str | None) -> Standing:
    """The citizen whom a representative chose, or the only one; nobody while there is a choice."""
    represented = represented_by(request.user, request.at)  # type: ignore[arg-type, attr-defined]
    if chosen is None and len(represented) == 1:
        chosen = str(next(iter(represented)).pk)
    for citizen, powers in represented.items():
        if str(citizen.pk) == chosen:
            sees, acts = areas_seen(powers), areas_acted_in(powers)
            return Standing(citizen, is_own=False, sees=sees, acts=acts, powers=tuple(powers))
    raise Http404


def step_in_for(request: HttpRequest, citizen_id: UUID | str) -> None:
    """Turn the session to a citizen's pages.

    A form that was opened for somebody else in another tab must not be sent in this citizen's
    case: its token no longer fits, and the answer says so.
    """
    request.session[ON_BEHALF] = str(citizen_id)
    rotate_token(request)


def step_out(request: HttpRequest) -> str | None:
    """Turn the session away from whose pages it was at; gives whose they were."""
    citizen_id: str | None = request.session.pop(ON_BEHALF, None)
    if citizen_id is not None:
        rotate_token(request)
    return citizen_id


class RepresentativeRequest(HttpRequest):
    """A request by somebody who stands in for citizens, before one of them is chosen."""

    user: User
    htmx: HtmxDetails
    at: datetime
    today: date


def for_representative(
    view: Callable[Concatenate[RepresentativeRequest, P], HttpResponse],
) -> Guarded[P]:
    """Keep a page to whoever is signed in to stand in for somebody."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("site:welcome")
        stamp(request, request.user)
        if current().purpose != Role.REPRESENTATIVE.purpose:
            raise Http404
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    guarded.role = Role.REPRESENTATIVE  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
