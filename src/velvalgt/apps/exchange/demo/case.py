"""What lies in Jørn's case on the demo's Monday: a letter from Tine, and a note of his own."""

from datetime import datetime, time
from importlib.resources import files

from django.utils import timezone

from velvalgt.apps.cases.choices import DocumentKind
from velvalgt.apps.cases.services import File, hand_in, keep
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

LETTER, NOTE = "samtale.pdf", "spoergsmaal.txt"


def tell(tenant: Tenant, at: datetime) -> None:
    """File Tine's letter in the morning, and what Jørn sent her an hour later."""
    joern = Citizen.objects.select_related("user").get(user__name__startswith="Jørn ")
    keep(
        citizen=joern,
        kind=DocumentKind.LETTER,
        title="Om din første samtale",
        name="Om din første samtale.pdf",
        content=_paper(LETTER),
        by=User.objects.get(initials="TINE"),
        at=_on_the_day(tenant, at, time(9, 15)),
        is_ours=True,
    )
    if joern.user is not None:
        hand_in(
            citizen=joern,
            files=[File("Til Tine.txt", _paper(NOTE))],
            title="Mine spørgsmål til samtalen",
            by=joern.user,
            at=_on_the_day(tenant, at, time(10, 30)),
        )


def _on_the_day(tenant: Tenant, at: datetime, hour: time) -> datetime:
    """An hour of the Monday on which the demo stands still."""
    day = tenant.working_day(timezone.localdate(at))
    return timezone.make_aware(datetime.combine(day, hour))


def _paper(name: str) -> bytes:
    return files(__package__).joinpath("papers", name).read_bytes()
