"""What is written and promised in the browser's municipality; each may be called again."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

SUMMER = datetime(2026, 6, 1, 9, tzinfo=UTC)


def promise() -> None:
    """The municipality answers within three working days, and knows Jørn's e-mail."""
    from velvalgt.apps.messages import services
    from velvalgt.apps.messages.models import AnswerPromise
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Tenant

    if not AnswerPromise.objects.exists():
        services.promise_answers(
            tenant=Tenant.objects.get(code="099"),
            unit=None,
            working_days=3,
            from_on=date(2026, 1, 1),
        )
    Citizen.objects.filter(name="Jørn").update(email="joern@example.dk")


def joern_was_promised_an_answer_in_june() -> None:
    """Jørn has a message of June, unanswered since: a later answer is what ends it."""
    from velvalgt.apps.messages import services

    promise()
    joern, user, _ = _people()
    services.send(citizen=joern, body="Har I fået mit brev?", by=user, at=SUMMER)


def tine_has_written() -> None:
    """Tine answers whatever Jørn wrote, and his page tells of a new time."""
    from django.utils import timezone

    from velvalgt.apps.messages import services

    joern, _, tine = _people()
    at = timezone.now()
    services.answer(
        citizen=joern,
        body="Hej Jørn. Vi ses torsdag kl. 10. Du må gerne tage din søster med.",
        by=tine,
        at=at,
    )
    services.tell(citizen=joern, occasion="interview", title="Du har fået en tid", by=tine, at=at)


def _people() -> "tuple[Citizen, User, User]":
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

    joern = Citizen.objects.select_related("user").get(name="Jørn")
    assert joern.user
    return joern, joern.user, User.objects.get(initials="TINE")
