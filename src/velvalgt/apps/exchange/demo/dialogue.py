"""What the demo's people have written to each other: Jørn has an answer, Amalie waits for one."""

from datetime import date, datetime, timedelta

from velvalgt.apps.messages import services
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

WORKING_DAYS = 3
PROMISED_FROM = date(2026, 1, 1)


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services, as it would have come about in the week before."""
    services.promise_answers(
        tenant=tenant, unit=None, working_days=WORKING_DAYS, from_on=PROMISED_FROM
    )
    tine = User.objects.get(initials="TINE")
    _joern(tine, at)
    _amalie(tine, at)


def _joern(tine: User, at: datetime) -> None:
    joern, user = _citizen("joern")
    services.send(
        citizen=joern,
        body="Hej. Jeg er i tvivl om, hvor jeg skal gå hen. Må min søster komme med?",
        by=user,
        at=at - timedelta(hours=5),
    )
    answer = services.answer(
        citizen=joern,
        body="Hej Jørn. Din søster må gerne komme med. Kom til Torvet 1. Jeg henter jer i døren.",
        by=tine,
        at=at - timedelta(hours=2),
    )
    services.tell(
        citizen=joern,
        occasion=Occasion.INTERVIEW,
        title="Du skal til den første samtale. Se dagen på din side.",
        by=tine,
        at=answer.sent_at,
    )


def _amalie(tine: User, at: datetime) -> None:
    amalie, user = _citizen("amalie")
    services.answer(
        citizen=amalie,
        body="Tak for snakken, Amalie. Skriv her, når du har hørt fra de to steder.",
        by=tine,
        at=at - timedelta(days=9),
    )
    services.send(
        citizen=amalie,
        body="Jeg er kaldt til samtale begge steder! Kan jeg få dækket togbilletten til Aarhus?",
        by=user,
        at=at - timedelta(days=8),
    )


def _citizen(subject: str) -> tuple[Citizen, User]:
    user = User.objects.get(identities__subject=subject, identities__issuer="demo")
    return Citizen.objects.get(user=user), user
