"""Offers of the small world, published by the worker, and what its citizens ask for."""

from datetime import UTC, date, datetime

from tests.world.factories import LONG_AGO, MONDAY, CaseFactory, CitizenFactory, UserFactory
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.companies.models import Balance
from velvalgt.apps.offers import services
from velvalgt.apps.offers.choices import OfferKind, Outcome
from velvalgt.apps.offers.models import Answer, Application, Offer, Start, Texts
from velvalgt.apps.people.choices import Ground
from velvalgt.apps.people.models import Access, Citizen

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
JANUARY = date(2027, 1, 11)


def draft(**changes: object) -> services.OfferDraft:
    """A course in data analysis, checked this month; not an offer in the law's sense."""
    said = {
        "key": "data",
        "kind": OfferKind.COURSE,
        "title": Texts("Kursus i dataanalyse", "Course in data analysis"),
        "words": Texts("Lær at bruge tal.", "Learn to use figures."),
        "suits": Texts("Til dig, der kan lide tal.", "For you who like figures."),
        "checked_on": date(2026, 11, 2),
        "expires_on": date(2027, 6, 1),
    }
    return services.OfferDraft(**(said | changes))


def an_offer(world: World, **changes: object) -> Offer:
    """An offer of Jobteam Nord."""
    with world.building():
        return services.publish_offer(draft=draft(**changes), unit=world.team)


def a_start(world: World, offer: Offer, **changes: object) -> Start:
    """A start in January with two seats."""
    said = {"starts_on": JANUARY, "apply_by": date(2026, 12, 18), "seats": 2}
    with world.building():
        return services.schedule_start(offer=offer, **(said | changes))


def some_citizens(world: World, count: int) -> list[Citizen]:
    """Citizens with a user and a case in Tine's team, who may see themselves."""
    with world.building():
        return [_citizen(world, number) for number in range(count)]


def _citizen(world: World, number: int) -> Citizen:
    user = UserFactory(tenant=world.tenant, name=f"Ansøger {number}")
    citizen = CitizenFactory(tenant=world.tenant, name=f"Ansøger {number}", user=user)
    CaseFactory(citizen=citizen, unit=world.team, caseworker=world.tine)
    Access.objects.create(
        tenant=world.tenant,
        citizen=citizen,
        user=user,
        purpose=Purpose.OWN_CASE,
        ground=Ground.SELF,
        starts_at=LONG_AGO,
    )
    return citizen


def applied(
    world: World,
    citizen: Citizen,
    offer: Offer,
    start: Start | None = None,
    *,
    words: str = "Jeg vil gerne.",
    at: datetime = NOW,
) -> Receipt:
    """The citizen applies, on their own pages."""
    with acting(world.tenant.pk, citizen.user_id, Purpose.OWN_CASE):
        return services.apply(
            citizen=citizen,
            offer=offer,
            start=start,
            words=words,
            today=MONDAY,
            by=citizen.user,
            at=at,
        )


def application_of(world: World, citizen: Citizen) -> Application:
    """The citizen's newest application."""
    with world.building():
        mine = Application.objects.select_related("citizen__user").filter(citizen=citizen)
        return mine.latest("applied_at")


def withdrawn(world: World, application: Application, at: datetime = NOW) -> Receipt:
    """The citizen takes it back."""
    citizen = application.citizen
    with acting(world.tenant.pk, citizen.user_id, Purpose.OWN_CASE):
        return services.withdraw_application(application=application, by=citizen.user, at=at)


def answered(
    world: World,
    application: Application,
    outcome: Outcome = Outcome.GRANTED,
    at: datetime = NOW,
    **words: str,
) -> Answer:
    """Tine answers."""
    said = {"law": "LAB § 91"}
    if outcome != Outcome.GRANTED:
        said["reasons"] = "Du har et kursus i forvejen."
    with world.as_tine():
        return services.answer(
            application=application,
            ruling=services.Ruling(outcome=outcome, **(said | words)),
            today=MONDAY,
            by=world.tine,
            at=at,
        )


def asked_for(world: World, occupation: str, category: str) -> None:
    """The labour market's word on an occupation, as of July."""
    with world.building():
        Balance.objects.create(
            tenant=world.tenant,
            occupation=occupation,
            title=occupation.capitalize(),
            area="Nordjylland",
            source="star",
            category=category,
            as_of=date(2026, 7, 1),
        )
