"""Where a scanner is set up, nothing is opened that it has not found clean."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from tests.apps.cases.test_documents import kept
from tests.world.clamd import EICAR, VERSION, listening
from tests.world.files import PDF, TEXT
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.cases import scanning
from velvalgt.apps.cases.choices import Availability, DocumentKind, Verdict
from velvalgt.apps.cases.models import Document, Scan
from velvalgt.apps.cases.queries import InQuarantine, content_of, documents_of
from velvalgt.apps.cases.scanner import Scanner
from velvalgt.apps.cases.scanning import scan_waiting
from velvalgt.apps.cases.tasks import scan_tenant, scan_what_waits
from velvalgt.apps.people.guarded import CannotOpen

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOBODY = "127.0.0.1:1"


@pytest.fixture
def scanned(settings: Settings) -> Settings:
    """An installation with a scanner, which does not answer yet."""
    settings.CLAMD = NOBODY
    return settings


def scan(world: World, address: str, seconds: float = 5) -> int:
    with as_role("worker"):
        return scan_waiting(
            tenant_id=world.tenant.pk, scanner=Scanner(address, seconds=seconds), at=NOW
        )


def states(world: World) -> list[str]:
    with world.as_tine():
        return [str(held.availability) for held in documents_of(world.joern)]


def jobs() -> list[tuple[str, str, str]]:
    with as_role("worker"), connection.cursor() as cursor:
        cursor.execute("select queue_name, task_name, lock from procrastinate_jobs")
        return list(cursor.fetchall())


def test_without_a_scanner_a_document_is_ready_and_told_to_be_unscanned(world: World) -> None:
    with world.as_tine():
        document = kept(world.joern)

        assert Scan.objects.get(document=document).verdict == Verdict.NOT_SCANNED
        assert content_of(document) == TEXT
    assert jobs() == []


def test_with_a_scanner_a_document_is_shut_and_a_scan_is_asked_for(
    world: World, scanned: Settings
) -> None:
    with world.as_tine():
        document = kept(world.joern)

        with pytest.raises(InQuarantine):
            content_of(document)
    assert states(world) == [Availability.CHECKING]
    assert jobs() == [
        ("documents", "velvalgt.apps.cases.tasks.scan_tenant", f"scan {world.tenant.pk}")
    ]


def test_what_is_found_clean_opens(world: World, scanned: Settings) -> None:
    with world.as_tine():
        document = kept(world.joern)

    with listening() as fake:
        assert scan(world, fake.address) == 1

    with world.as_tine():
        assert content_of(document) == TEXT
        assert Scan.objects.get(document=document).engine == VERSION


def test_what_holds_a_virus_never_opens_not_even_when_the_scanner_is_gone(
    world: World, scanned: Settings
) -> None:
    with world.as_tine():
        document = kept(world.joern, name="brev.pdf", content=PDF + EICAR)
    with listening() as fake:
        scan(world, fake.address)
    scanned.CLAMD = ""

    assert states(world) == [Availability.INFECTED]
    with world.as_tine():
        assert Scan.objects.get().engine.startswith("Eicar-Signature")
        with pytest.raises(InQuarantine):
            content_of(document)


def test_while_the_scanner_is_silent_all_stays_shut_and_the_next_run_tries_again(
    world: World, scanned: Settings
) -> None:
    with world.as_tine():
        kept(world.joern)

    assert scan(world, NOBODY) == 0
    assert states(world) == [Availability.CHECKING]
    with listening() as fake:
        assert scan(world, fake.address) == 1
    assert states(world) == [Availability.READY]


def test_a_scanner_that_does_not_answer_in_time_lets_nothing_out(
    world: World, scanned: Settings
) -> None:
    with world.as_tine():
        kept(world.joern)

    with listening(seconds=2) as fake:
        assert scan(world, fake.address, seconds=0.3) == 0

    assert states(world) == [Availability.CHECKING]


def test_a_file_that_the_scanner_will_not_judge_holds_up_no_other(
    world: World, scanned: Settings
) -> None:
    with world.as_tine():
        kept(world.joern, content=b"x" * 500)
        kept(world.joern, at=NOW + timedelta(minutes=1))

    with listening(stream_limit=100) as fake:
        assert scan(world, fake.address) == 1

    assert states(world) == [Availability.READY, Availability.CHECKING]


def test_a_file_that_does_not_open_holds_up_no_other(
    world: World, scanned: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.as_tine():
        broken = kept(world.joern)
        kept(world.joern, at=NOW + timedelta(minutes=1))

    def opened(document: Document) -> bytes:
        if document.pk == broken.pk:
            raise CannotOpen("its hash is another")
        return TEXT

    monkeypatch.setattr(scanning, "unsealed", opened)
    with listening() as fake:
        assert scan(world, fake.address) == 1

    assert states(world) == [Availability.READY, Availability.CHECKING]


def test_scanning_twice_scans_nothing_twice(world: World, scanned: Settings) -> None:
    with world.as_tine():
        kept(world.joern)

    with listening() as fake:
        scan(world, fake.address)
        assert scan(world, fake.address) == 0
        assert len(fake.scanned) == 1


def test_what_came_before_there_was_a_scanner_is_shut_until_it_is_scanned(
    world: World, settings: Settings
) -> None:
    with world.as_tine():
        kept(world.joern)
    settings.CLAMD = NOBODY

    assert states(world) == [Availability.CHECKING]
    with listening() as fake:
        assert scan(world, fake.address) == 1
    assert states(world) == [Availability.READY]


def test_what_we_write_ourselves_needs_no_scan(world: World, scanned: Settings) -> None:
    with world.as_tine():
        document = kept(world.joern, kind=DocumentKind.LETTER, is_ours=True)

        assert content_of(document) == TEXT
    assert jobs() == []


def test_another_tenants_quarantine_is_its_own(world: World, scanned: Settings) -> None:
    with world.as_tine():
        kept(world.joern)

    with listening() as fake, as_role("worker"):
        scanner = Scanner(fake.address)
        assert scan_waiting(tenant_id=world.neighbour.pk, scanner=scanner, at=NOW) == 0


@pytest.mark.parametrize("verdict", [Verdict.CLEAN, Verdict.INFECTED])
def test_the_site_itself_cannot_say_that_a_document_is_clean(
    world: World, scanned: Settings, verdict: Verdict
) -> None:
    with world.as_tine():
        document = kept(world.joern)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Scan.objects.create(
                tenant_id=world.tenant.pk,
                citizen=world.joern,
                document=document,
                verdict=verdict,
                scanned_at=NOW,
            )


def test_the_sweep_asks_for_each_tenant(world: World, scanned: Settings) -> None:
    with as_role("worker"):
        scan_what_waits(0)

    assert {lock for _, _, lock in jobs()} == {
        f"scan {world.tenant.pk}",
        f"scan {world.neighbour.pk}",
    }
    assert len(jobs()) == 2


def test_the_sweep_asks_for_nothing_where_there_is_no_scanner(world: World) -> None:
    with as_role("worker"):
        scan_what_waits(0)

    assert jobs() == []


def test_the_job_scans_with_the_scanner_of_the_settings(world: World, scanned: Settings) -> None:
    with world.as_tine():
        kept(world.joern)

    with listening() as fake, as_role("worker"):
        scanned.CLAMD = fake.address
        scan_tenant(str(world.tenant.pk))

    assert states(world) == [Availability.READY]
