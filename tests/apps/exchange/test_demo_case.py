"""What lies in Jørn's case in the demo: a letter anybody can read, and a note of his own."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.apps.exchange.test_demo import AT
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.queries import Held, content_of, documents_of, receipts_of
from velvalgt.apps.exchange import demo
from velvalgt.apps.meetings.queries import agenda_of, coming_groups, conferences_of, parties_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant
from velvalgt.core.lab import synthesize


@pytest.fixture
def velby(db: None, settings: Any, tmp_path: Path) -> Tenant:
    """The demo, built from a municipality of 300."""
    settings.HOME = tmp_path
    with as_role("worker"):
        return demo.build(synthesize("099", 300, 1, demo.day()), at=AT)


def test_joern_has_a_letter_and_a_note_of_the_day_the_demo_stands_still_on(velby: Tenant) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        joern = Citizen.objects.select_related("user").get(user__name__startswith="Jørn ")
        note, letter = documents_of(joern)
        receipts = [each for each in receipts_of(joern) if each.deed == Deed.DOCUMENT]
        page = PdfReader(BytesIO(content_of(letter.document)))

    assert "Du må tage en med" in " ".join(page.pages[0].extract_text().split())
    assert page.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert (letter.document.added_by.initials, note.document.added_by) == ("TINE", joern.user)
    assert [receipt.title for receipt in receipts] == ["Mine spørgsmål til samtalen"]
    assert {_day(each) for each in (note, letter)} == {date(2026, 11, 23)}


def test_joern_has_a_team_meeting_with_an_agenda_and_amalie_a_seat(velby: Tenant) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        joern = Citizen.objects.get(user__name__startswith="Jørn ")
        amalie = Citizen.objects.get(user__name__startswith="Amalie ")
        (meeting,) = conferences_of(joern)
        seats = [line.has_seat for line in coming_groups(amalie, velby.working_moment(AT), set())]

        assert [party.name.split()[0] for party in parties_of(meeting)] == ["Hans", "Birthe"]
        assert agenda_of(meeting).count() == 2
        assert seats == [True]


def _day(held: Held) -> date:
    return held.document.added_on
