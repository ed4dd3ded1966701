"""The demo: written as files, read through the same door, and nobody in it real."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Case, Entry
from velvalgt.apps.cases.queries import agreement_of, plan_of
from velvalgt.apps.companies.models import Vacancy
from velvalgt.apps.companies.queries import demands_for, places, search
from velvalgt.apps.exchange import demo
from velvalgt.apps.exchange.demo.places import story
from velvalgt.apps.exchange.services import import_file
from velvalgt.apps.meetings.models import EarlierOffer, Meeting
from velvalgt.apps.meetings.queries import contacts_to_ask
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.offers.queries import open_applications, wish_list
from velvalgt.apps.people.models import Citizen, Payment, Spell, Work
from velvalgt.apps.people.queries import cv_of, job_log_of
from velvalgt.apps.staff.models import Membership, Tenant
from velvalgt.apps.staff.queries import user_known_as
from velvalgt.core.lab import Municipality, synthesize

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def small() -> Municipality:
    """A municipality of 300."""
    return synthesize("099", 300, 1, demo.day())


@pytest.fixture
def velby(db: None, small: Municipality, settings: Any, tmp_path: Path) -> Tenant:
    """The demo, built from it."""
    settings.HOME = tmp_path
    with as_role("worker"):
        return demo.build(small, at=AT)


def files(folder: Path) -> list[Path]:
    return sorted((folder / "demo").iterdir())


def test_every_row_of_the_synthetic_municipality_comes_in(
    velby: Tenant, small: Municipality
) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        counts = [model.objects.count() for model in (Citizen, Spell, Entry, Work, Payment)]

    frames = (small.people, small.spells, small.events, small.work, small.payments)
    coming = len(story()["next_payments"])
    assert counts == [*(frame.height for frame in frames[:-1]), small.payments.height + coming]


def test_it_is_found_once_built(velby: Tenant) -> None:
    with as_role("worker"):
        assert demo.exists()
    assert velby.working_day(date(2030, 1, 1)) == date(2026, 11, 23)


def test_tine_has_the_cases_of_the_story_and_the_named_people_keep_their_names(
    velby: Tenant, small: Municipality
) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        tine = Membership.objects.get(role="caseworker", user__initials="TINE")
        hers = set(
            Case.objects.filter(caseworker=tine.user).values_list("citizen__name", flat=True)
        )
        count = Case.objects.filter(caseworker=tine.user, unit=tine.unit).count()

    assert count == len(small.caseload)
    assert set(small.named) <= {name.split()[0] for name in hers}


@pytest.mark.parametrize(
    ("subject", "purpose"),
    [
        ("tine", "case_work"),
        ("mette", "legal_oversight"),
        ("amalie", "own_case"),
        ("joern", "own_case"),
        ("grethe", "representation"),
        ("karin", "steering"),
    ],
)
def test_each_of_the_people_sees_what_is_theirs(
    velby: Tenant, small: Municipality, subject: str, purpose: str
) -> None:
    known = user_known_as("demo", subject)
    assert known is not None
    with acting(velby.pk, known.user_id, Purpose.SIGN_IN):
        unit = Membership.objects.filter(user_id=known.user_id).values_list("unit_id", flat=True)
        unit_id = unit.first()

    with acting(velby.pk, known.user_id, Purpose(purpose), unit=unit_id):
        names = [name.split()[0] for name in Citizen.objects.values_list("name", flat=True)]
    if purpose in {"own_case", "representation"}:
        assert names == [{"amalie": "Amalie"}.get(subject, "Jørn")]
    elif purpose == "steering":
        assert names == []
    elif purpose == "legal_oversight":
        assert len(names) == small.people.height
    else:
        assert len(small.caseload) <= len(names) < small.people.height


def test_every_number_is_a_replacement_number_that_nobody_is_born_with(
    velby: Tenant, tmp_path: Path
) -> None:
    people = pl.read_csv(tmp_path / "demo/people.csv", separator=";", infer_schema=False)

    assert people["cpr"].str.slice(0, 2).cast(pl.Int64).is_between(61, 91).all()
    assert people["cpr"].n_unique() == people.height


def test_amalie_has_written_her_cv_and_there_are_jobs_near_her(velby: Tenant) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        amalie = Citizen.objects.get(user__identities__subject="amalie")
        found = search(on=demo.day(), start=places(demo.day())[-1].point, within_km=5)

        assert len(cv_of(amalie)) == 4
        assert [line.state for line in job_log_of(amalie)] == ["applied", "no"]
        assert (len(found.hits), found.without_place) == (4, 1)
        assert set(Vacancy.objects.values_list("source", flat=True)) == {demo.SOURCE}
        assert demands_for(["svejser"], on=demo.day())["svejser"].category == "shortage"


def test_its_files_are_for_their_owner_alone_and_change_nothing_when_read_again(
    velby: Tenant, tmp_path: Path
) -> None:
    assert [path.stat().st_mode & 0o777 for path in files(tmp_path)] == [0o600] * 5
    with as_role("worker"):
        for kind in ("people", "spells", "events", "work", "payments"):
            path = tmp_path / f"demo/{kind}.csv"
            again = import_file(
                tenant=velby, kind=kind, path=path, by=None, at=AT, source=demo.SOURCE
            )

            assert (again.accepted, again.rejected) == (0, 0)


def test_amalie_is_third_on_the_waiting_list_and_joern_wishes_for_a_mentor(velby: Tenant) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        amalie, joern = (
            Citizen.objects.get(user__identities__subject=subject)
            for subject in ("amalie", "joern")
        )
        (line,) = open_applications(amalie, on=demo.day())
        wishes = [offer.key for offer in wish_list(joern)]

    assert (line.application.offer.key, line.place) == ("data", 3)
    assert wishes == ["mentor", "gaatur"]


def test_every_made_up_price_says_so_and_one_course_is_green(velby: Tenant) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        offers = list(Offer.objects.shown(demo.day()))

    assert len(offers) == 12
    assert {offer.price_source for offer in offers if offer.price_oere is not None} == {"demo"}
    assert [offer.key for offer in offers if offer.green_on] == ["svejsning"]
    assert [offer.key for offer in offers if offer.is_right] == ["seks_uger"]


def test_joern_has_two_steps_and_amalie_steers_herself_until_february(velby: Tenant) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        joern = Citizen.objects.get(user__identities__subject="joern")
        amalie = Citizen.objects.get(user__identities__subject="amalie")
        (goal,) = plan_of(joern).open_goals
        standing = agreement_of(amalie, demo.day())

        assert [step.now.owner for step in goal.open_steps] == ["citizen", "municipality"]
        assert not goal.is_proposed
        assert standing is not None
        assert standing.is_running
        assert [each.on for each in standing.check_ins] == [
            date(2026, 12, 10),
            date(2026, 12, 21),
            date(2027, 1, 18),
        ]


def test_joern_is_offered_an_earlier_time_and_amalie_is_asked_after_her_call(
    velby: Tenant,
) -> None:
    with as_role("worker"), acting(velby.pk, SYSTEM, Purpose.IMPORT):
        offer = EarlierOffer.objects.select_related("citizen").get()
        amalie = Citizen.objects.get(user__name__startswith="Amalie")
        asked = contacts_to_ask(amalie, velby.working_moment(AT)).count()

    assert offer.citizen.name.startswith("Jørn")
    assert asked == 1


def test_its_stories_fit_together_at_any_hour_of_any_day(
    db: None, small: Municipality, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    with as_role("worker"):
        velby = demo.build(small, at=datetime(2027, 2, 1, 22, 50, tzinfo=UTC))
        with acting(velby.pk, SYSTEM, Purpose.IMPORT):
            agreed = Meeting.objects.standing().order_by("starts_at")
            days = [meeting.starts_at.date() for meeting in agreed]

    assert len(days) == 12
    assert days.count(date(2026, 11, 23)) == 5
