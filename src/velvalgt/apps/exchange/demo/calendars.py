"""Tine has her meetings in her own calendar."""

from datetime import datetime

from velvalgt.apps.meetings import services
from velvalgt.apps.staff.models import Tenant, User


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services."""
    services.make_feed(by=User.objects.get(initials="TINE"), at=at)
