"""Whatever the services forget: nobody writes in another's name, or as the municipality."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, transaction

from tests.apps.cases.conftest import MONDAY, NOW, later, step
from tests.world.municipality import World, overseeing
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Change, Deed, DocumentKind, Side, Verdict
from velvalgt.apps.cases.models import (
    Answer,
    Document,
    PlanChange,
    PlanReply,
    Receipt,
    Scan,
    SelfSteering,
    SelfSteeringReply,
)
from velvalgt.apps.cases.services import Hand, NewGoal, Terms
from velvalgt.apps.people.choices import Choice
from velvalgt.apps.people.models import Consent, CvEntry
from velvalgt.apps.staff.models import User

Writing = Callable[[World, dict], object]


def _document(world: World, of: dict) -> Document:
    return services.keep(
        citizen=world.joern, kind=DocumentKind.UPLOAD, name="cv.txt", content=b"cv",
        by=world.joern.user, at=NOW,
    )  # fmt: skip


FORGED: dict[str, Writing] = {
    "a receipt in Tine's name": lambda world, of: Receipt.objects.create(
        **of, deed=Deed.MESSAGE, given_at=NOW, done_by=world.tine, is_on_behalf=True
    ),
    "a decision": lambda world, of: Document.objects.create(
        **of, kind=DocumentKind.DECISION, name="ja.pdf", media_type="application/pdf", size=1,
        sha256=b"", added_by=world.joern.user, added_at=NOW,
    ),
    "a clean word on a file": lambda world, of: Scan.objects.create(
        **of, document=_document(world, of), verdict=Verdict.OURS, scanned_at=NOW
    ),
    "a need in the caseworker's words": lambda world, of: Answer.objects.create(
        **of, question="q", words="Ja", side=Side.MUNICIPALITY, answered_by=world.joern.user,
        answered_at=NOW,
    ),
    "a promise of the municipality": lambda world, of: PlanChange.objects.create(
        **of, goal=world.joern.pk, what=Change.GOAL, words="Bil", needs_yes=False,
        side=Side.MUNICIPALITY, proposed_by=world.joern.user, proposed_at=NOW,
    ),
    "a yes in Tine's name": lambda world, of: Consent.objects.create(
        **of, choice=Choice.SURVEYS, given_by=world.tine, given_at=NOW
    ),
    "a CV in Tine's name": lambda world, of: CvEntry.objects.create(
        **of, kind="job", title="Direktør", said_by=world.tine, said_at=NOW
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FORGED)
def test_a_citizen_cannot_write(world: World, what: str) -> None:
    of = {"tenant_id": world.tenant.pk, "citizen": world.joern}
    with (
        acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
    ):
        FORGED[what](world, of)


def test_a_citizen_cannot_say_yes_to_what_they_propose(world: World, joern_writes: Hand) -> None:
    goal, terms = (
        NewGoal("Lager"),
        Terms("Lager", "Jeg søger.", MONDAY, MONDAY + timedelta(weeks=4)),
    )
    said = {"is_yes": True, "side": Side.CITIZEN, "answered_by": world.joern.user}
    of = {"tenant_id": world.tenant.pk, "citizen": world.joern, "answered_at": NOW}
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        services.add_goal(citizen=world.joern, goal=goal, first=step(), hand=joern_writes)
        services.propose_self_steering(citizen=world.joern, terms=terms, hand=later(joern_writes))

        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            change = PlanChange.objects.get(what=Change.GOAL)
            PlanReply.objects.create(**of, **said, change=change)
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            agreement = SelfSteering.objects.get()
            SelfSteeringReply.objects.create(**of, **said, agreement=agreement)


def test_who_oversees_the_law_writes_nothing_in_a_citizens_case(world: World) -> None:
    mette: User = world.mette
    with (
        overseeing(world, mette),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
    ):
        services.give_receipt(citizen=world.joern, deed=Deed.MESSAGE, by=mette, at=NOW)
