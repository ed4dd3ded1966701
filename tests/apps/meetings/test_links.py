"""A signed link reaches one citizen's meeting, and nothing else that is about anybody."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import signing
from django.db import DatabaseError, connection, transaction

from tests.apps.audit.test_walls import rows
from tests.world.factories import EntryFactory, SpellFactory
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import InvitationState, Way, WhyCancelled
from velvalgt.apps.meetings.links import SALT
from velvalgt.apps.meetings.models import Cancellation, Hold, Invitation, Meeting
from velvalgt.apps.meetings.stepping import latest_step, take_step
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen

ALL = frozenset(Way)
HAND = services.Hand(None, NOW, is_staff=False)
OPEN = {
    "audit_trace", "cases_case", "meetings_cancellation", "meetings_hold", "meetings_invitation",
    "meetings_invitationstep", "meetings_meeting", "meetings_relation",
    "messages_channelchoice", "messages_notice", "messages_notification",
    "people_citizen", "people_contactdetail", "people_contactwish",
}  # fmt: skip
"""What a link reads or writes that is about its citizen."""


def token_of(meeting: Meeting) -> str:
    return queries.link_to(meeting).rstrip("/").rpartition("/")[2]


def booked(world: World, citizen: Citizen, hour: int) -> Meeting:
    with world.as_tine():
        return services.book(
            citizen=citizen,
            wanted=wanted(world),
            starts_at=at(26, hour),
            permitted=ALL,
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )


@pytest.fixture
def joerns(world: World, office: Office) -> Meeting:
    booked(world, world.amalie, 12)
    return booked(world, world.joern, 10)


@pytest.fixture
def link(joerns: Meeting) -> Iterator[queries.MeetingLink]:
    """Whoever has the link to Jørn's meeting."""
    read = queries.read_link(token_of(joerns))
    with services.acting_by(read):
        yield read


def test_a_link_names_nobody_and_leads_to_the_meeting(world: World, joerns: Meeting) -> None:
    address = queries.link_to(joerns)
    assert address.startswith("http")
    assert "Jørn" not in address
    assert str(joerns.uid) not in address

    read = queries.read_link(token_of(joerns))
    with services.acting_by(read):
        assert queries.meeting_by(read, NOW) == joerns


@pytest.mark.parametrize(
    "token",
    ["", "x", signing.dumps(["00"] * 3, salt=SALT), signing.dumps(["00"] * 3, salt="x")],
    ids=["nothing", "no token", "no keys in it", "another salt"],
)
def test_a_link_that_we_did_not_sign_is_none(token: str) -> None:
    with pytest.raises(services.LinkOver):
        queries.read_link(token)


def test_a_link_ends_with_its_meeting(joerns: Meeting, link: queries.MeetingLink) -> None:
    assert queries.meeting_by(link, joerns.ends_at - timedelta(minutes=1)) == joerns
    with pytest.raises(services.LinkOver):
        queries.meeting_by(link, joerns.ends_at)


def test_the_meeting_is_moved_by_a_link_that_leads_to_it_afterwards_too(
    joerns: Meeting, link: queries.MeetingLink
) -> None:
    moved = services.move(
        meeting=queries.meeting_by(link, NOW),
        wanted=queries.as_agreed(joerns),
        starts_at=at(27, 9),
        permitted=ALL,
        hand=HAND,
    )

    assert (moved.booked_by, moved.starts_at) == (None, at(27, 9))
    assert queries.meeting_by(link, NOW) == moved


def test_who_moves_by_a_link_keeps_the_notice_of_the_type(
    joerns: Meeting, link: queries.MeetingLink
) -> None:
    with pytest.raises(services.TooSoon):
        services.move(
            meeting=queries.meeting_by(link, NOW),
            wanted=queries.as_agreed(joerns),
            starts_at=at(23, 14),
            permitted=ALL,
            hand=HAND,
        )


def test_a_meeting_that_is_called_off_takes_its_link_with_it(
    world: World, link: queries.MeetingLink
) -> None:
    services.cancel(meeting=queries.meeting_by(link, NOW), why=WhyCancelled.ILL, hand=HAND)

    assert queries.was_called_off(link)
    with pytest.raises(services.LinkOver):
        queries.meeting_by(link, NOW)
    with world.building():
        assert Cancellation.objects.get().cancelled_by is None
        assert Notice.objects.filter(citizen=world.joern).count() == 2


def test_what_is_done_by_a_link_stands_in_the_log(
    world: World, joerns: Meeting, link: queries.MeetingLink
) -> None:
    services.cancel(meeting=joerns, why=WhyCancelled.CITIZEN, hand=HAND)

    left = Trace.objects.filter(what="meetings_cancellation").get()
    assert (left.purpose, left.user_id, left.citizen_id) == ("own_meeting", None, world.joern.pk)
    assert set(Trace.objects.values_list("purpose", flat=True)) == {"own_meeting"}


def test_a_link_sees_its_citizen_and_nobody_else(world: World, link: queries.MeetingLink) -> None:
    assert set(Citizen.objects.all()) == {world.joern}
    assert set(Meeting.objects.values_list("citizen", flat=True)) == {world.joern.pk}
    held = Hold.objects.filter(kind="citizen").values_list("resource", flat=True)
    assert set(held) == {world.joern.pk}


def test_a_link_sees_nothing_about_its_citizen_but_what_a_meeting_needs(
    world: World, link: queries.MeetingLink
) -> None:
    """Every table about citizens but these is empty to a link, whatever lies in it."""
    with world.building():
        EntryFactory(citizen=world.joern)
        SpellFactory(citizen=world.joern)
        assert Entry.objects.filter(citizen=world.joern).exists()
    policies = rows("select polrelid::regclass::text from pg_policy where polname = 'by_link'")
    assert {str(row[0]) for row in policies} == OPEN

    about = [each for each in apps.get_models() if hasattr(each, "citizen_key")]
    seen = {each._meta.db_table for each in about if each._default_manager.exists()}
    assert seen <= OPEN
    assert not Entry.objects.exists()


def test_a_link_writes_to_nobody_else(world: World, link: queries.MeetingLink) -> None:
    others = {"tenant_id": world.tenant.pk, "citizen": world.amalie, "told_at": NOW, "title": "x"}
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(**others, occasion="interview")
    own = others | {"citizen": world.joern, "told_by": world.tine}
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.create(**own, occasion="interview")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from meetings_meeting")


def test_a_link_of_another_tenant_leads_nowhere(world: World, joerns: Meeting) -> None:
    forged = queries.MeetingLink(world.neighbour.pk, joerns.citizen_id, joerns.uid)

    with services.acting_by(forged), pytest.raises(services.LinkOver):
        queries.meeting_by(forged, NOW)


def test_a_link_to_another_citizens_meeting_leads_nowhere(world: World, joerns: Meeting) -> None:
    crossed = queries.MeetingLink(world.tenant.pk, world.amalie.pk, joerns.uid)

    with services.acting_by(crossed), pytest.raises(services.LinkOver):
        queries.meeting_by(crossed, NOW)


def test_an_invited_meeting_that_is_called_off_by_a_link_lets_the_citizen_choose_anew(
    world: World, office: Office
) -> None:
    with world.as_tine():
        invitation = Invitation.objects.create(
            tenant_id=world.tenant.pk,
            citizen=world.joern,
            type="interview",
            unit=world.team,
            ways=["phone"],
            sent_by=world.tine,
            sent_at=NOW,
        )
        take_step(invitation, InvitationState.INVITED, by=world.tine, at=NOW)
        meeting = booked(world, world.joern, 10)
        assert meeting.invitation == invitation
        link = queries.read_link(token_of(meeting))

    with services.acting_by(link):
        services.cancel(meeting=queries.meeting_by(link, NOW), why=WhyCancelled.ILL, hand=HAND)

    with world.as_tine():
        assert latest_step(invitation).state == InvitationState.INVITED
