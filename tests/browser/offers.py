"""What the browser's municipality offers, and what is asked for and answered there."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.browser.municipality import NOW, TODAY

if TYPE_CHECKING:
    from velvalgt.apps.offers.models import Application, Offer

JANUARY, LAST_DAY = date(2027, 1, 11), date(2026, 12, 18)
REASONS = "Du har lige taget et kursus, der ligner. Vi vil hellere hjælpe dig med at søge job."


def catalogue() -> None:
    """A dozen offers: one green, one a right, one with a single seat that others wait for."""
    from velvalgt.apps.offers.models import Offer
    from velvalgt.apps.offers.services import schedule_start

    if Offer.objects.exists():
        return
    for number in range(4):
        _offer(f"cafe{number}", "network", f"Jobcafé {number + 1}", f"Job café {number + 1}")
    data = _offer(
        "data",
        "course",
        "Kursus i dataanalyse",
        "Course in data analysis",
        needs=("learn", "papers"),
        leads_to="dataanalytiker",
        price_oere=640_000,
        price_source="demo",
    )
    start = schedule_start(
        offer=data, starts_on=JANUARY, apply_by=LAST_DAY, seats=1, place="Velby Bibliotek"
    )
    welding = _offer(
        "welding",
        "course",
        "Svejsekursus",
        "Welding course",
        needs=("learn",),
        leads_to="svejser",
        green_on=date(2026, 7, 1),
        green_source="demo",
        law_word="guidance",
        law="LAB § 91",
    )
    schedule_start(offer=welding, starts_on=JANUARY, apply_by=LAST_DAY, seats=8)
    right = "star.dk: 6 ugers jobrettet uddannelse"
    title = ("6 ugers kursus, du selv vælger", "A six-week course that you choose")
    _offer("weeks", "course", *title, right_source=right, groups=("G1",))
    _offer("mentor", "mentor", "En mentor", "A mentor", needs=("support",))
    _balance("svejser", "Svejser", "shortage")
    _balance("dataanalytiker", "Dataanalytiker", "good")
    _fill(start, 3)


def amalie_is_refused() -> None:
    """Amalie applies for the welding course, and Tine says no."""
    from velvalgt.apps.offers.choices import Outcome

    _answered(_applied("Amalie", "welding"), Outcome.REFUSED, reasons=REASONS, law="LAB § 91")


def amalie_is_asked() -> None:
    """Amalie applies for a mentor, and Tine asks what for."""
    from velvalgt.apps.offers.choices import Outcome

    application = _applied("Amalie", "mentor")
    _answered(application, Outcome.MORE_NEEDED, reasons="Hvad skal mentoren hjælpe dig med?")


def joern_applies() -> None:
    """Jørn applies for the welding course, in his own words."""
    _applied("Jørn", "welding")


def forget_applications() -> None:
    """Amalie and Jørn take back what still stands, and empty their wish lists."""
    from velvalgt.apps.offers.models import Application
    from velvalgt.apps.offers.queries import wish_list
    from velvalgt.apps.offers.services import take_off_wish_list, withdraw_application
    from velvalgt.apps.people.models import Citizen

    now = datetime.now(UTC)  # the newest list holds, and the site's own clock goes on
    for citizen in Citizen.objects.filter(name__in=["Amalie", "Jørn"]).select_related("user"):
        mine = Application.objects.filter(citizen=citizen, withdrawal__isnull=True)
        for application in mine.select_related("citizen", "offer"):
            withdraw_application(application=application, by=citizen.user, at=NOW)
        for offer in wish_list(citizen):
            take_off_wish_list(citizen=citizen, offer=offer, by=citizen.user, at=now)


def _offer(key: str, kind: str, danish: str, english: str, **more: Any) -> "Offer":
    from velvalgt.apps.offers.choices import OfferKind
    from velvalgt.apps.offers.models import Texts
    from velvalgt.apps.offers.services import OfferDraft, publish_offer
    from velvalgt.apps.staff.models import Unit

    draft = OfferDraft(
        key=key,
        kind=OfferKind(kind),
        title=Texts(danish, english),
        words=Texts("Vi mødes, og du lærer noget nyt.", "We meet, and you learn something new."),
        suits=Texts("Til dig, der vil videre nu.", "For you who want to move on now."),
        checked_on=date(2026, 11, 2),
        expires_on=date(2027, 6, 1),
        **more,
    )
    return publish_offer(draft=draft, unit=Unit.objects.get(code="NORD"))


def _balance(occupation: str, title: str, category: str) -> None:
    from velvalgt.apps.companies.models import Balance
    from velvalgt.apps.staff.models import Tenant

    Balance.objects.get_or_create(
        tenant=Tenant.objects.get(code="099"),
        occupation=occupation,
        as_of=date(2026, 7, 1),
        defaults={
            "title": title,
            "area": "Nordjylland",
            "category": category,
            "source": "demo",
        },
    )


def _fill(start: Any, count: int) -> None:
    """The first of some gets the seat, the others wait."""
    from tests.world.factories import CaseFactory, CitizenFactory, UserFactory
    from velvalgt.apps.offers.choices import Outcome
    from velvalgt.apps.staff.models import Unit

    team = Unit.objects.get(code="NORD")
    for number in range(count):
        user = UserFactory(tenant=team.tenant, name=f"Ansøger {number}")
        citizen = CitizenFactory(tenant=team.tenant, name=f"Ansøger {number}", user=user)
        CaseFactory(citizen=citizen, unit=team)
        application = _applied(citizen.name, "data", start=start, hour=number)
        if not number:
            _answered(application, Outcome.GRANTED, law="LAB § 91")


def _applied(name: str, key: str, *, start: Any = None, hour: int = 12) -> "Application":
    from velvalgt.apps.offers.models import Application, Offer
    from velvalgt.apps.offers.services import apply
    from velvalgt.apps.people.models import Citizen

    citizen = Citizen.objects.select_related("user").get(name=name)
    offer = Offer.objects.get(key=key)
    apply(
        citizen=citizen,
        offer=offer,
        start=start or offer.starts.first(),
        words="Jeg vil gerne lære det.",
        today=TODAY,
        by=citizen.user,
        at=NOW - timedelta(days=2) + timedelta(hours=hour),
    )
    mine = Application.objects.filter(citizen=citizen, offer=offer)
    return mine.select_related("citizen", "offer", "start").latest("pk")


def _answered(application: "Application", outcome: Any, **words: str) -> None:
    from velvalgt.apps.offers.services import Ruling, answer
    from velvalgt.apps.staff.models import User

    answer(
        application=application,
        ruling=Ruling(outcome, **words),
        today=TODAY,
        by=User.objects.get(initials="TINE"),
        at=NOW,
    )
