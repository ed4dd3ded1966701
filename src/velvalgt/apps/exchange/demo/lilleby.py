"""Where and when Else can be met, in the small municipality of the demo."""

from datetime import datetime
from importlib.resources import files

from django.utils import timezone

from velvalgt.apps.meetings import services
from velvalgt.apps.staff.models import Tenant


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services."""
    text = files(__package__).joinpath("lilleby_meetings.yaml").read_text("utf-8")
    at = tenant.working_moment(at)
    services.keep_setup(tenant=tenant, text=text, closes=False, on=timezone.localdate(at), at=at)
