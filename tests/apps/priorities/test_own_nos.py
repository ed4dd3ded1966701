"""What a citizen does not want: said once, kept until the citizen takes it back."""

import pytest

from tests.world.factories import MONDAY
from tests.world.municipality import World
from tests.world.offers import an_offer
from tests.world.priorities import NOW
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.models import OwnNo
from velvalgt.apps.staff.models import User


def no_of(citizen: Citizen, by: User, side: Side, effort: str = "mentor") -> OwnNo:
    return services.say_no(
        citizen=citizen, effort=effort, offer=None, words="", side=side, by=by, at=NOW
    )


def test_the_same_no_again_is_the_first(world: World) -> None:
    with world.as_tine():
        first = no_of(world.joern, world.tine, Side.MUNICIPALITY)

        assert no_of(world.joern, world.tine, Side.MUNICIPALITY) == first


def test_a_no_that_was_taken_back_may_be_said_again(world: World) -> None:
    with world.as_tine():
        first = no_of(world.joern, world.tine, Side.MUNICIPALITY)
        services.take_no_back(own_no=first, side=Side.MUNICIPALITY, by=world.tine, at=NOW)
        services.take_no_back(own_no=first, side=Side.MUNICIPALITY, by=world.tine, at=NOW)
        assert not queries.own_nos_of(world.joern).exists()

        assert no_of(world.joern, world.tine, Side.MUNICIPALITY) != first


def test_what_the_citizen_said_themself_no_caseworker_takes_back(world: World) -> None:
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        theirs = no_of(world.joern, world.joern.user, Side.CITIZEN)

    with world.as_tine(), pytest.raises(services.TheCitizensOwn):
        services.take_no_back(own_no=theirs, side=Side.MUNICIPALITY, by=world.tine, at=NOW)

    with world.as_tine():
        assert [each.is_theirs for each in queries.nos_in_words(world.joern)] == [True]


def test_a_no_to_a_kind_turns_no_right_down(world: World) -> None:
    right = an_offer(world, kind="course", right_source="LAB § 97")

    with world.as_tine():
        no_of(world.joern, world.tine, Side.MUNICIPALITY, "course")
        chosen = {each.key for each in queries.choices_for(world.joern, MONDAY)}
        refused = {each.key for each in queries.may_be_refused(world.joern, MONDAY)}

    assert f"offer:{right.pk}" in chosen
    assert "course" not in chosen
    assert f"offer:{right.pk}" not in refused


def test_the_citizens_own_no_gives_a_receipt(world: World) -> None:
    joern = world.joern.user
    assert joern is not None
    with acting(world.tenant.pk, joern.pk, Purpose.OWN_CASE):
        no_of(world.joern, joern, Side.CITIZEN)

        assert Receipt.objects.get().title == "Nej til: mentor"


def test_nobody_says_no_to_being_left_alone(world: World) -> None:
    with world.as_tine(), pytest.raises(services.NoSuchEffort):
        no_of(world.joern, world.tine, Side.MUNICIPALITY, effort="self_service")


def test_what_was_said_no_to_is_no_choice_and_a_marked_effort_needs_its_mark(
    world: World,
) -> None:
    with world.as_tine():
        no_of(world.joern, world.tine, Side.MUNICIPALITY)

        efforts = {each.effort for each in queries.choices_for(world.joern, MONDAY)}
        assert "guidance" in efforts
        assert not efforts & {"mentor", "graded_return"}
