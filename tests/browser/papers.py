"""Papers in Jørn's case: a letter from Tine, a note of his own, and one that holds a virus."""

from datetime import UTC, date, datetime

FIRST = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


def file_papers() -> None:
    """File a letter, something Jørn sent, and a file in which a scanner found a virus; once."""
    from tests.world.files import PDF, TEXT
    from velvalgt.apps.cases.choices import DocumentKind, Verdict
    from velvalgt.apps.cases.models import Document, Scan
    from velvalgt.apps.cases.services import keep
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

    joern, tine = Citizen.objects.get(name="Jørn"), User.objects.get(initials="TINE")
    if Document.objects.filter(citizen=joern, name="indkaldelse.pdf").exists():
        return
    papers = (
        (DocumentKind.LETTER, "Om din første samtale", "indkaldelse.pdf", PDF, tine),
        (DocumentKind.UPLOAD, "Mit kørekort til truck", "truck.txt", TEXT, joern.user),
        (DocumentKind.UPLOAD, "Gammelt cv", "cv.pdf", PDF, joern.user),
    )
    for kind, title, name, content, by in papers:
        document = keep(
            citizen=joern, kind=kind, title=title, name=name, content=content, by=by, at=FIRST
        )
    Scan.objects.create(
        tenant_id=joern.tenant_id,
        citizen=joern,
        document=document,
        verdict=Verdict.INFECTED,
        engine="Eicar-Signature",
        scanned_at=FIRST.replace(hour=9),
    )


def correct_a_talk() -> None:
    """Write a talk of Amalie's, correct its day, and take another back; once."""
    from velvalgt.apps.cases import services
    from velvalgt.apps.cases.choices import Actor, Kind
    from velvalgt.apps.cases.models import Entry
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

    amalie, tine = Citizen.objects.get(name="Amalie"), User.objects.get(initials="TINE")
    if Entry.objects.filter(citizen=amalie, corrects__isnull=False, kind=Kind.GROUP_MEETING):
        return
    for day, form in ((11, "in_person"), (12, "video")):
        entry = services.record(
            citizen=amalie,
            kind=Kind.GROUP_MEETING,
            on=date(2026, 11, day),
            actor=Actor.MUNICIPALITY,
            form=form,
            by=tine,
            at=FIRST,
        )
        if form == "video":
            services.withdraw(entry=entry, by=tine, at=FIRST.replace(hour=10))
        else:
            services.correct(entry=entry, by=tine, at=FIRST.replace(hour=10), on=date(2026, 11, 10))
