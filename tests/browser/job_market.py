"""Vacancies for the browser's municipality, and the citizens' own words taken back again."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def fill_the_market() -> None:
    """Seven jobs in two towns, one of them nowhere on the map; filled once."""
    from velvalgt.apps.companies.models import Balance, Vacancy
    from velvalgt.apps.staff.models import Tenant

    tenant = Tenant.objects.get(code="099")
    if Vacancy.objects.exists():
        return
    for number in range(7):
        is_near = number < 5
        Vacancy.objects.create(
            tenant=tenant,
            source="demo",
            external_key=str(number),
            title=f"Svejser til værksted {number + 1}",
            occupation="svejser",
            employer="Velby Smed og Stål",
            postcode="0099" if is_near else "0098",
            city="Velby" if is_near else "Nordvelby",
            latitude=None if number == 6 else 57.06 + (0 if is_near else 0.2),
            longitude=None if number == 6 else 9.7,
            hours_week=37,
            apply_by=date(2026, 12, 1 + number),
            url=f"https://example.org/velby/{number}",
            imported_at=NOW,
        )
    Balance.objects.get_or_create(
        tenant=tenant,
        occupation="svejser",
        as_of=date(2026, 7, 1),
        defaults={
            "title": "Svejser",
            "area": "Nordjylland",
            "category": "shortage",
            "source": "demo",
        },
    )


def forget_own_words() -> None:
    """Take back what stands in the CVs and the job logs."""
    from velvalgt.apps.cases.services import take_back
    from velvalgt.apps.people.models import CvEntry, JobLogEntry

    for model in (CvEntry, JobLogEntry):
        for entry in model.objects.standing().select_related("said_by", "citizen"):
            take_back(entry=entry, by=entry.said_by, at=NOW)
