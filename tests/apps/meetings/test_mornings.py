"""Each morning each invitation goes on one step, the exempt are let off, and meetings recalled."""

from datetime import date, datetime

import pytest
from django.db import OperationalError

from tests.apps.meetings.test_inviting import expired, invited, states, summoned
from tests.world.factories import EntryFactory
from tests.world.meetings import at, wanted
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.meetings import mornings, queries, services
from velvalgt.apps.meetings.choices import InvitationState, Way
from velvalgt.apps.meetings.models import Cancellation, Invitation
from velvalgt.apps.meetings.mornings import to_ask_on, to_recall
from velvalgt.apps.meetings.one_by_one import NotAllDone, one_by_one
from velvalgt.apps.meetings.stepping import latest_step
from velvalgt.apps.meetings.tasks import morning_of_tenant
from velvalgt.apps.messages.models import ChannelChoice, Notice
from velvalgt.apps.messages.queries import letter_goes_by

pytestmark = pytest.mark.usefixtures("office")


def ask_on(world: World, when: datetime) -> None:
    """One morning's asking, errand by errand."""
    one_by_one(world.tenant.pk, to_ask_on(when), when)


def recall(world: World, when: datetime) -> None:
    """One morning's reminders, errand by errand."""
    one_by_one(world.tenant.pk, to_recall(when), when)


def test_an_invitation_is_reminded_of_and_expires_when_its_days_are_over(tine: World) -> None:
    invitation = invited(tine)

    with tine.building():
        ask_on(tine, at(30, 8))
        assert states(invitation) == ["invited"], "the last day is the citizen's"
        for _ in range(2):
            ask_on(tine, at(1, 8, month=12))
        assert states(invitation) == ["invited", "reminded"], "running twice does it once"
        ask_on(tine, at(5, 8, month=12))
        assert states(invitation) == ["invited", "reminded"], "nobody is asked on a Saturday"
        ask_on(tine, at(7, 8, month=12))

    assert states(invitation) == ["invited", "reminded", "expired"]
    assert Notice.objects.filter(citizen=invitation.citizen).count() == 3


@pytest.mark.parametrize("kind", ["sick_report", "exemption", "leave"])
def test_whom_the_law_exempts_is_let_off_in_the_morning_instead(tine: World, kind: str) -> None:
    invitation = invited(tine)

    with tine.building():
        EntryFactory(citizen=invitation.citizen, kind=kind, on=date(2026, 11, 27), form="")
        ask_on(tine, at(27, 8))

    assert states(invitation) == ["invited", "excused"]


def test_a_summons_is_called_off_for_whoever_becomes_exempt_before_the_day(tine: World) -> None:
    invitation = expired(tine)
    meeting = summoned(tine, invitation)

    with tine.building():
        ask_on(tine, at(9, 8, month=12))
        assert states(invitation)[-1] == "summoned", "as long as the duty stands, so does it"
        EntryFactory(
            citizen=meeting.citizen,
            kind="exemption",
            on=date(2026, 12, 9),
            detail="exempt_layoff_weather",
            form="",
        )
        for _ in range(2):
            ask_on(tine, at(10, 8, month=12))

    assert Cancellation.objects.get(meeting=meeting).why == "exempt"
    assert states(invitation)[-1] == "excused"
    titles = list(Notice.objects.filter(citizen=meeting.citizen).values_list("title", flat=True))
    assert "Du skal ikke vælge en tid nu. Du er fri for samtaler lige nu." in titles


def test_a_meeting_is_recalled_three_working_days_and_one_before(tine: World) -> None:
    services.book(
        citizen=tine.joern,
        wanted=wanted(tine),
        starts_at=at(30, 10),
        permitted=frozenset(Way),
        hand=services.Hand(tine.tine, at(23, 9), is_staff=True),
    )
    told = Notice.objects.filter(title__startswith="Du har et møde den 30. november 2026 kl. 10.00")

    counted = []
    with tine.building():
        for day in (24, 25, 25, 26, 27, 28, 29, 30):
            recall(tine, at(day, 8))
            counted.append(told.count())

    assert counted == [0, 1, 1, 1, 2, 2, 2, 2]


def test_the_job_does_a_tenants_morning_once(tine: World) -> None:
    invitation = invited(tine, at=at(13, 9))

    with as_role("worker"):
        for _ in range(2):
            morning_of_tenant(str(tine.tenant.pk))

    assert states(invitation) == ["invited", "reminded"]


def test_one_case_that_cannot_be_written_in_keeps_nobody_else_from_being_reminded(
    tine: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = invited(tine), invited(tine)
    remind, when = mornings.NEXT[InvitationState.INVITED], at(1, 8, month=12)

    def busy(*, invitation: Invitation, **asked: object) -> None:
        if invitation == first:
            raise OperationalError("canceling statement due to lock timeout")
        remind(invitation=invitation, **asked)  # type: ignore[arg-type]

    with monkeypatch.context() as failing, as_role("worker"):
        failing.setitem(mornings.NEXT, InvitationState.INVITED, busy)
        with pytest.raises(NotAllDone):
            ask_on(tine, when)
    assert [states(each) for each in (first, second)] == [["invited"], ["invited", "reminded"]]

    with tine.building():
        ask_on(tine, when)
    assert [states(each) for each in (first, second)] == [["invited", "reminded"]] * 2


def test_on_a_day_that_stands_still_the_last_step_written_is_the_latest(tine: World) -> None:
    invitation = invited(tine, at=at(23, 15))
    with tine.building():
        services.excuse(invitation=invitation, by=None, at=at(23, 9))

    assert latest_step(invitation).state == "excused"
    assert queries.invitations_of(invitation.citizen)[0].state == "excused"


def test_a_letter_goes_by_digital_post_only_to_whoever_chose_it(tine: World) -> None:
    with tine.building():
        ChannelChoice.objects.create(
            tenant_id=tine.tenant.pk,
            citizen=tine.amalie,
            channel="digital_post",
            chosen_at=at(20, 9),
            chosen_by=tine.amalie.user,
        )
        ChannelChoice.objects.create(
            tenant_id=tine.tenant.pk,
            citizen=tine.joern,
            channel="sms",
            chosen_at=at(20, 9),
            chosen_by=tine.joern.user,
        )

    assert letter_goes_by(tine.amalie) == "digital_post"
    assert letter_goes_by(tine.joern) == "paper", "never by text message alone"
