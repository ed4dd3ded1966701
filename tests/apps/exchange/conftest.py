"""A municipality that receives files, and a neighbour that receives its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from tests.world.factories import MembershipFactory, TenantFactory, UnitFactory, UserFactory
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.exchange.services import ImportResult, import_file
from velvalgt.apps.staff.models import Tenant, Unit, User

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)  # long enough ago for what it grants to hold
Row = Mapping[str, object]


def csv_text(rows: Sequence[Row]) -> str:
    """Rows as a case system writes them; the header is the first row's keys."""
    lines = [";".join(rows[0]), *(";".join(str(cell) for cell in row.values()) for row in rows)]
    return "\r\n".join(lines) + "\r\n"


@dataclass
class Post:
    """One municipality's incoming files."""

    folder: Path
    tenant: Tenant
    north: Unit
    south: Unit
    tine: User
    number: int = field(default=0)

    def receive(
        self, kind: str, content: Sequence[Row] | str | bytes, *, at: datetime = AT, **more: object
    ) -> ImportResult:
        """Write a file and read it as the worker."""
        self.number += 1
        path = self.folder / f"{kind}-{self.tenant.code}-{self.number}.csv"
        text = content if isinstance(content, (str, bytes)) else csv_text(content)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return self.receive_path(kind, path, at=at, **more)

    def receive_path(
        self, kind: str, path: Path, *, at: datetime = AT, **more: object
    ) -> ImportResult:
        """Read a file as the worker."""
        with as_role("worker"):
            return import_file(tenant=self.tenant, kind=kind, path=path, by=None, at=at, **more)

    def ask(self, question: Callable[[], object]) -> object:
        """Ask the records as a job of this municipality."""
        with as_role("worker"), acting(self.tenant.pk, SYSTEM, Purpose.IMPORT):
            return question()


def open_post(folder: Path, code: str) -> Post:
    """Build a municipality with two units and a caseworker in the first."""
    with as_role("worker"):
        tenant = TenantFactory(code=code, frozen_on=date(2026, 11, 23))
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            north = UnitFactory(tenant=tenant, code="nord")
            south = UnitFactory(tenant=tenant, code="syd")
            tine = UserFactory(tenant=tenant, initials="TINE")
            MembershipFactory(unit=north, user=tine)
    return Post(folder, tenant, north, south, tine)


@pytest.fixture
def post(db: None, tmp_path: Path) -> Post:
    """The municipality."""
    return open_post(tmp_path, "099")


@pytest.fixture
def neighbour(db: None, tmp_path: Path) -> Post:
    """Another municipality, which uses the same keys."""
    return open_post(tmp_path, "101")


def person(key: str = "b1", cpr: str = "610190-1234", **more: object) -> Row:
    """A citizen's row."""
    return {"noegle": key, "cpr": cpr, "navn": "Amalie Prøve", **more}


def spell(key: str = "f1", **more: object) -> Row:
    """A running spell on dagpenge."""
    usual = {"borger": "b1", "ydelse": "dagpenge", "maalgruppe": "G1", "kommune": "099"}
    return {"noegle": key, **usual, "fra": "18-08-2026", "til": "", "grad": "1,0", **more}


def event(key: str = "h1", **more: object) -> Row:
    """An interview in person."""
    usual = {"borger": "b1", "art": "interview", "dato": "01-10-2026", "til": ""}
    return {"noegle": key, **usual, "aktoer": "municipality", "form": "in_person", **more}


@pytest.fixture
def danish_texts() -> Iterator[None]:
    """Speak Danish, from the translations that lie in the source."""
    with translation.override("da"):
        yield
