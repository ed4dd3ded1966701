"""A safety note steers booking, is seen in case work alone, is reviewed, and ends by itself."""

from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string

from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.reading import gathering as reading
from velvalgt.apps.cases.models import Case
from velvalgt.apps.exchange.queries import copy_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.gathering import Safety, safety_of
from velvalgt.apps.meetings.models import Meeting, SafetyNote
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.staff.choices import Role

TODAY = date(2026, 11, 23)
NEEDS = services.SafetyNeeds(
    needs_two=True,
    needs_alarm=True,
    why="Har råbt og slået i bordet den 20. november.",
    review_on=date(2026, 12, 14),
    ends_on=date(2027, 2, 1),
)
pytestmark = pytest.mark.usefixtures("office", "in_english")


def write(world: World, **changes: object) -> SafetyNote:
    return services.write_safety_note(
        citizen=world.joern, needs=replace(NEEDS, **changes), by=world.tine, on=TODAY, at=NOW
    )


def test_a_note_is_read_with_its_reason_which_is_sealed(tine: World) -> None:
    note = write(tine)

    told = queries.safety_note_of(tine.joern, TODAY)
    assert told is not None
    assert (told.note, told.why) == (note, NEEDS.why)
    assert NEEDS.why.encode() not in bytes(SafetyNote.objects.get().why_sealed)


def test_reading_it_is_a_read_of_the_citizen(tine: World) -> None:
    write(tine)

    with reading() as seen:
        queries.safety_note_of(tine.joern, TODAY)

    assert tine.joern.pk in seen


def test_the_note_asks_for_two_and_the_room_with_an_alarm(tine: World, office: Office) -> None:
    write(tine)

    meeting = services.book(
        citizen=tine.joern,
        wanted=wanted(tine),
        starts_at=at(25, 10),
        permitted=frozenset(Way),
        hand=services.Hand(tine.tine, NOW, is_staff=True),
    )

    assert meeting.second is not None
    assert meeting.room == office.large


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"needs_two": False, "needs_alarm": False}, "at least one", "needs_two"),
        ({"review_on": TODAY}, "before the note ends", "review_on"),
        ({"review_on": date(2027, 2, 1)}, "before the note ends", "review_on"),
        ({"ends_on": date(2027, 11, 24)}, "within 12 months", "last_day"),
    ],
)
def test_a_note_that_cannot_be_is_refused_beside_its_field(
    tine: World, changes: dict[str, object], refusal: str, field: str
) -> None:
    with pytest.raises(services.CannotNote, match=refusal) as refused:
        write(tine, **changes)
    assert refused.value.field == field


def test_writing_it_anew_ends_the_one_before_and_a_second_click_writes_no_third(
    tine: World,
) -> None:
    first = write(tine)
    second = write(tine, needs_alarm=False)

    assert write(tine, needs_alarm=False) == second
    assert SafetyNote.objects.filter(end__isnull=True).get() == second
    assert first.end.ended_by == tine.tine
    assert safety_of(tine.joern) == Safety(needs_two=True, needs_alarm=False)


def test_a_review_ends_it_and_the_second_time_nothing_changes(tine: World) -> None:
    note = write(tine)

    services.end_safety_note(note=note, by=tine.tine, at=NOW)
    services.end_safety_note(note=note, by=tine.tine, at=NOW)

    assert queries.safety_note_of(tine.joern, TODAY) is None
    assert safety_of(tine.joern) == Safety()


def test_it_ends_by_itself_on_its_last_day(tine: World) -> None:
    write(tine)
    assert queries.safety_note_of(tine.joern, date(2027, 1, 31)) is not None
    assert queries.safety_note_of(tine.joern, date(2027, 2, 1)) is None

    with tine.building():
        tine.tenant.frozen_on = date(2027, 2, 1)
        tine.tenant.save()
    assert safety_of(tine.joern) == Safety()


def test_a_review_is_due_from_its_day_and_only_among_ones_own_cases(tine: World) -> None:
    note = write(tine)
    mine = Case.objects.filter(caseworker=tine.tine)

    assert queries.safety_reviews_due(mine, date(2026, 12, 13)) == []
    assert queries.safety_reviews_due(mine, date(2026, 12, 14)) == [note]
    assert queries.safety_reviews_due(mine.exclude(citizen=tine.joern), date(2026, 12, 14)) == []


def test_neither_the_citizen_nor_their_copy_nor_another_unit_holds_the_note(
    tine: World, office: Office
) -> None:
    write(tine)

    with acting(tine.tenant.pk, tine.joern.user.pk, Purpose.OWN_CASE):
        assert queries.safety_note_of(tine.joern, TODAY) is None
        copy = copy_of(tine.joern, tenant=tine.tenant, at=NOW)
        assert not [name for name in copy["records"] if "safety" in name]
    for purpose in (
        Purpose.LEGAL_OVERSIGHT, Purpose.ADMINISTRATION, Role.REPRESENTATIVE.purpose,
    ):  # fmt: skip
        with acting(tine.tenant.pk, tine.mette.pk, purpose):
            assert queries.safety_note_of(tine.joern, TODAY) is None
    with acting(tine.neighbour.pk, tine.tine.pk, Purpose.CASE_WORK):
        assert safety_of(tine.joern) == Safety()
        assert queries.safety_note_of(tine.joern, TODAY) is None


def test_only_whoever_sees_the_citizen_is_told_what_a_meeting_needs(
    tine: World, office: Office
) -> None:
    write(tine)
    needs, home = Safety(needs_two=True, needs_alarm=True), tine.tenant.pk

    assert safety_of(tine.joern) == needs
    with tine.building():
        unit = tine.elsewhere.cases.get().unit_id
        assert safety_of(tine.joern) == needs, "the jobs ask about anybody"
    with acting(home, tine.joern.user.pk, Purpose.OWN_CASE):
        assert safety_of(tine.joern) == needs
    with services.acting_by(queries.MeetingLink(home, tine.joern.pk, tine.joern.pk)):
        assert safety_of(tine.joern) == needs
    with services.acting_by(queries.MeetingLink(home, tine.amalie.pk, tine.amalie.pk)):
        assert safety_of(tine.joern) == Safety()
    for user, purpose, where in (
        (tine.amalie.user, Purpose.OWN_CASE, None),
        (office.hans, Purpose.CASE_WORK, unit),
        (tine.ib, Purpose.ADMINISTRATION, None),
        (tine.karin, Purpose.STEERING, None),
    ):
        with acting(home, user.pk, purpose, unit=where):
            assert safety_of(tine.joern) == Safety()


@pytest.mark.parametrize("is_staff", [False, True])
def test_which_room_has_an_alarm_is_for_staff_alone(office: Office, *, is_staff: bool) -> None:
    told = [
        render_to_string(
            "web/components/where.html",
            {"meeting": {"way": "office", "place": room.place, "room": room}, "is_staff": is_staff},
        ).strip()
        for room in (office.small, office.large)
    ]

    assert told == ["Torvet, lille.", "Torvet, stor." if is_staff else "Torvet."]


def test_the_citizens_page_names_the_caseworker_alone(world: World, office: Office) -> None:
    meeting = Meeting(
        caseworker=world.tine, second=office.hans, unit=world.team, room=office.large,
        place=office.place, way="office", starts_at=at(25, 10), ends_at=at(25, 11),
    )  # fmt: skip

    page = render_to_string("citizen/meeting_facts.html", {"meeting": meeting})
    assert "Tine" in page
    assert "Hans" not in page
    assert "stor" not in page


def test_nothing_that_reaches_the_citizen_speaks_of_it(tine: World) -> None:
    write(tine)
    services.book(
        citizen=tine.joern,
        wanted=wanted(tine),
        starts_at=at(25, 10),
        permitted=frozenset(Way),
        hand=services.Hand(tine.tine, NOW, is_staff=True),
    )
    services.book(
        citizen=tine.amalie,
        wanted=wanted(tine),
        starts_at=at(26, 10),
        permitted=frozenset(Way),
        hand=services.Hand(tine.tine, NOW, is_staff=True),
    )

    with_note, without = (
        Notice.objects.filter(citizen=each).values_list("title", "occasion")
        for each in (tine.joern, tine.amalie)
    )
    assert list(with_note) == list(without)
