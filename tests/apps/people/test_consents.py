"""Consents: a yes, a no, and that the last word holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.people.choices import Choice
from velvalgt.apps.people.models import Consent, CvShare
from velvalgt.apps.people.queries import (
    Item,
    consents_of,
    cv_shares_of,
    standing_consents,
)
from velvalgt.apps.people.services import (
    CannotShare,
    NotSpecific,
    end_cv_share,
    give_consent,
    share_cv,
    withdraw_consent,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FREE = [choice for choice in Choice if choice.is_free]
ITEMS = [Item("title", "Erfaring", "Lagermedarbejder, 12 år"), Item("skill", "Kan", "Truckkort")]
SHARE = {"company": "Nordlager", "until": date(2027, 1, 1), "today": TODAY}
A_FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_nobody_has_said_yes_to_anything_to_begin_with(world: World) -> None:
    with world.as_tine():
        assert standing_consents(world.joern) == set()


@A_FEW
@given(words=st.lists(st.tuples(st.sampled_from(FREE), st.booleans()), max_size=12))
def test_after_any_words_the_last_one_holds(world: World, words: list[tuple[Choice, bool]]) -> None:
    with transaction.atomic(), world.as_tine():
        for minute, (choice, is_yes) in enumerate(words):
            at = NOW + timedelta(minutes=minute)
            if is_yes:
                give_consent(citizen=world.joern, choice=choice, by=world.tine, at=at)
            else:
                for consent in Consent.objects.standing().filter(
                    citizen=world.joern, choice=choice
                ):
                    withdraw_consent(consent=consent, by=world.tine, at=at)

        last = dict(words)
        assert standing_consents(world.joern) == {each for each, is_yes in last.items() if is_yes}
        transaction.set_rollback(True)


def test_the_same_yes_twice_is_one(world: World) -> None:
    with world.as_tine():
        for _ in range(2):
            give_consent(citizen=world.joern, choice=Choice.SURVEYS, by=world.tine, at=NOW)

        assert len(consents_of(world.joern)) == 1


def test_a_yes_that_was_taken_back_stays_on_record_with_both_days(world: World) -> None:
    later = NOW + timedelta(days=1)
    with world.as_tine():
        consent = give_consent(citizen=world.joern, choice=Choice.SURVEYS, by=world.tine, at=NOW)
        withdraw_consent(consent=consent, by=world.tine, at=later)

        (kept,) = consents_of(world.joern)
        assert (kept.given_at, kept.withdrawal.withdrawn_at) == (NOW, later)


@pytest.mark.parametrize("choice", [Choice.OBTAIN, Choice.SHARE])
def test_a_consent_in_the_case_says_who_and_what(world: World, choice: Choice) -> None:
    with world.as_tine(), pytest.raises(NotSpecific):
        give_consent(citizen=world.joern, choice=choice, party="Lægen", by=world.tine, at=NOW)


def test_a_consent_is_never_changed_only_taken_back(world: World) -> None:
    with world.as_tine():
        give_consent(citizen=world.joern, choice=Choice.SURVEYS, by=world.tine, at=NOW)
    with world.as_tine(), pytest.raises(Error, match="permission denied"), transaction.atomic():
        Consent.objects.update(choice=Choice.COMPANY_CONTACT)


def test_another_citizen_and_another_unit_see_no_consent(world: World) -> None:
    with world.building():
        give_consent(citizen=world.elsewhere, choice=Choice.SURVEYS, by=world.tine, at=NOW)

    with world.as_tine():
        assert not Consent.objects.exists()
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        assert not Consent.objects.exists()


def test_a_company_sees_the_chosen_items_as_they_stood_and_nothing_else(world: World) -> None:
    with world.as_tine():
        share_cv(citizen=world.joern, items=ITEMS[:1], by=world.tine, at=NOW, **SHARE)

        (share,) = cv_shares_of(world.joern)
        assert [(item.heading, item.text) for item in share.items.all()] == [
            ("Erfaring", "Lagermedarbejder, 12 år")
        ]


def test_sharing_twice_is_sharing_once(world: World) -> None:
    with world.as_tine():
        for _ in range(2):
            share_cv(citizen=world.joern, items=ITEMS, by=world.tine, at=NOW, **SHARE)

        assert len(cv_shares_of(world.joern)) == 1


def test_sharing_stops_at_once_and_by_itself_at_its_end(world: World) -> None:
    with world.as_tine():
        share = share_cv(citizen=world.joern, items=ITEMS, by=world.tine, at=NOW, **SHARE)
        assert CvShare.objects.standing(date(2026, 12, 31)).exists()
        assert not CvShare.objects.standing(date(2027, 1, 1)).exists()

        end_cv_share(share=share, by=world.tine, at=NOW)

        assert not CvShare.objects.standing(TODAY).exists()


@pytest.mark.parametrize(
    ("wrong", "field"), [({"items": []}, "items"), ({"until": TODAY}, "until")]
)
def test_nothing_is_shared_without_an_item_or_an_end(
    world: World, wrong: dict[str, object], field: str
) -> None:
    with world.as_tine(), pytest.raises(CannotShare) as refusal:
        share_cv(
            **{
                "citizen": world.joern,
                "items": ITEMS,
                "by": world.tine,
                "at": NOW,
                **SHARE,
                **wrong,
            }
        )

    assert refusal.value.field == field
