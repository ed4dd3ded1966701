"""Where and when the demo's people can be met, by a file as a municipality writes it."""

from datetime import datetime, timedelta
from importlib.resources import files

from django.utils import timezone

from velvalgt.apps.meetings import services
from velvalgt.apps.staff.models import Tenant, User


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services; Hans is away between Christmas and New Year."""
    text = files(__package__).joinpath("meetings.yaml").read_text("utf-8")
    at = tenant.working_moment(at)
    services.keep_setup(tenant=tenant, text=text, closes=False, on=timezone.localdate(at), at=at)
    begins = timezone.make_aware(datetime(2026, 12, 28))  # noqa: DTZ001 - made aware at once
    services.be_away(
        tenant_id=tenant.pk,
        resource=User.objects.get(initials="HANS").pk,
        starts_at=begins,
        ends_at=begins + timedelta(days=3),
        by=None,
        at=at,
    )
