"""What every page needs to know: who reads it, in which role, on which day."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from velvalgt.apps.staff.choices import Role
from velvalgt.site.signin.entry import ACTS_FOR_OTHERS, actor_in_session


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the base template its reader: tenant, role, day; nothing for a stranger."""
    entered = actor_in_session(request.session) if hasattr(request, "user") else None
    if entered is None or not request.user.is_authenticated:
        return {"role": None}
    tenant = request.user.tenant
    standing = getattr(request, "standing", None)
    return {
        "tenant": tenant,
        "role": Role.CITIZEN if standing else entered.role,
        "is_citizen": entered.role == Role.CITIZEN,
        "standing": standing,
        "acts_for_others": request.session.get(ACTS_FOR_OTHERS, False),
        "today": tenant.working_day(timezone.localdate()),
    }
