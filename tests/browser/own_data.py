"""What happens in the browser's municipality about the citizens' own data."""

from tests.browser.municipality import NOW, TODAY, _named


def let_grethe_act() -> None:
    """Jørn's sister is his party representative, and has taken the power up."""
    from tests.world.factories import UserFactory
    from velvalgt.apps.people.choices import PowerKind
    from velvalgt.apps.people.services import give_power, hold_power
    from velvalgt.apps.staff.models import User

    joern = _named("Jørn")
    if not User.objects.filter(name="Grethe").exists():
        UserFactory(tenant=joern.user.tenant, name="Grethe", known_as="grethe")
    power = give_power(
        citizen=joern, kind=PowerKind.PARTY_REPRESENTATIVE, name="Grethe", by=joern.user,
        today=TODAY, at=NOW,
    ).power  # fmt: skip
    hold_power(power=power, user=User.objects.get(name="Grethe"), at=NOW)


def end_every_power() -> None:
    """Nobody acts for anybody any more."""
    from velvalgt.apps.people.models import Power
    from velvalgt.apps.people.services import end_power

    for power in Power.objects.filter(end__isnull=True).select_related("citizen__user"):
        end_power(power=power, by=power.citizen.user, at=NOW)


def forget_objections() -> None:
    """Take back what Jørn has objected to and said yes to."""
    from velvalgt.apps.cases.models import Entry
    from velvalgt.apps.cases.services import withdraw
    from velvalgt.apps.people.models import Consent
    from velvalgt.apps.people.services import withdraw_consent

    for entry in Entry.objects.standing().filter(kind="objection"):
        withdraw(entry=entry, by=None, at=NOW)
    for consent in Consent.objects.standing().select_related("citizen__user"):
        withdraw_consent(consent=consent, by=consent.citizen.user, at=NOW)


def answer_corrections() -> None:
    """Tine has passed on or refused what was asked."""
    from velvalgt.apps.people.choices import Outcome
    from velvalgt.apps.people.models import Correction
    from velvalgt.apps.people.services import answer_correction
    from velvalgt.apps.staff.models import User

    tine = User.objects.get(initials="TINE")
    for correction in Correction.objects.filter(answers__isnull=True).select_related("citizen"):
        answer_correction(
            correction=correction, outcome=Outcome.REFUSED, words="Dit pas siger noget andet.",
            by=tine, at=NOW,
        )  # fmt: skip


def write_a_cv() -> None:
    """Jørn has one line in his CV, and it stays."""
    from velvalgt.apps.people.choices import CvKind
    from velvalgt.apps.people.models import CvEntry

    joern = _named("Jørn")
    if not joern.cv_entries.exists():
        CvEntry.objects.create(
            tenant_id=joern.tenant_id, citizen=joern, kind=CvKind.JOB, title="Lagermedarbejder",
            place="Nordlager", from_year=2010, to_year=2022, said_at=NOW, said_by=joern.user,
        )  # fmt: skip
