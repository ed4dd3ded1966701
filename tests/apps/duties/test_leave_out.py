"""A leave-out is a caseworker's own assessment: heard first, dated, one click back in."""

from datetime import UTC, date, datetime

import pytest

from tests.world.factories import LONG_AGO, EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties import queries, services
from velvalgt.apps.duties.choices import LeaveOutReason
from velvalgt.apps.duties.models import Duty, LeaveOut, Ledger

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUOTA = "k3_municipality_min2_mt4_6_quota75"
FEBRUARY = date(2027, 2, 1)


@pytest.fixture
def handed_over(world: World) -> World:
    """Amalie has come from her a-kasse and has met Tine once; four others began the same month."""
    with world.building():
        SpellFactory(
            citizen=world.amalie, benefit="dagpenge", target_group="G1", starts_on=date(2026, 8, 18)
        )
        for kind, actor, on in (
            ("benefit_period", "a_kasse", date(2026, 8, 18)),
            ("interview", "a_kasse", date(2026, 8, 28)),
            ("interview", "a_kasse", date(2026, 10, 5)),
            ("interview", "municipality", date(2026, 11, 19)),
        ):
            EntryFactory(citizen=world.amalie, kind=kind, actor=actor, on=on)
    with as_role("worker"):
        services.recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)
    return world


def leave_out(world: World, **changes: object) -> LeaveOut:
    said = {
        "reason": LeaveOutReason.STRONG_SEARCH,
        "words": "Hun søger bredt og har to samtaler om job.",
        "heard_on": date(2026, 11, 19),
        "until": FEBRUARY,
    }
    return services.leave_out(
        citizen=world.amalie,
        assessment=services.Assessment(**(said | changes)),
        on=MONDAY,
        by=world.tine,
        at=NOW,
    )


def status(world: World) -> str:
    return Duty.objects.get(citizen=world.amalie, rule_id=QUOTA).status


def test_a_leave_out_lifts_the_quota_duty_and_takes_from_the_ledgers_room(
    handed_over: World,
) -> None:
    with handed_over.as_tine():
        before = Ledger.objects.get(ledger="municipality_interviews", cohort="2026-08")

        leave_out(handed_over)

        after = Ledger.objects.get(ledger="municipality_interviews", cohort="2026-08")
        assert status(handed_over) == "left_out"
        assert (before.population, after.population) == (1, 1)
        assert after.forecast < before.forecast


def test_nobody_is_left_out_twice_at_once_for_one_click_brings_them_back(
    handed_over: World,
) -> None:
    with handed_over.as_tine():
        leave_out(handed_over)

        with pytest.raises(services.BadPeriod, match="allerede"):
            leave_out(handed_over, until=date(2027, 3, 1))


def test_nobody_is_left_out_beside_what_another_system_recorded(handed_over: World) -> None:
    with handed_over.building():
        EntryFactory(citizen=handed_over.amalie, kind="leave_out", on=date(2026, 11, 20), form="")

    with handed_over.as_tine(), pytest.raises(services.BadPeriod):
        leave_out(handed_over)


def test_taking_somebody_back_twice_takes_them_back_once(handed_over: World) -> None:
    with handed_over.as_tine():
        entry = leave_out(handed_over).entry
        for _ in range(2):
            services.end_leave_out(
                citizen=handed_over.amalie, entry=entry, on=MONDAY, by=handed_over.tine, at=NOW
            )

        assert Entry.objects.filter(corrects=entry).count() == 1
        assert queries.leave_out_of(handed_over.amalie, MONDAY) is None


def test_nobody_is_left_out_before_they_are_heard(handed_over: World) -> None:
    with handed_over.as_tine(), pytest.raises(services.NotYetHeard):
        leave_out(handed_over, heard_on=date(2026, 8, 20))


@pytest.mark.parametrize(
    "period", [{"until": MONDAY}, {"until": date(2026, 11, 1)}, {"heard_on": date(2026, 11, 24)}]
)
def test_a_leave_out_has_a_period_that_can_be(handed_over: World, period: dict[str, date]) -> None:
    with handed_over.as_tine(), pytest.raises(services.BadPeriod):
        leave_out(handed_over, **period)


def test_the_citizen_reads_the_same_words(handed_over: World) -> None:
    with handed_over.as_tine():
        leave_out(handed_over)

    with acting(handed_over.tenant.pk, handed_over.amalie.user_id, Purpose.OWN_CASE):
        told = queries.leave_out_of(handed_over.amalie, MONDAY)
        assert told is not None
        assert (told.words, told.entry.until) == (
            "Hun søger bredt og har to samtaler om job.", FEBRUARY
        )  # fmt: skip


def test_the_citizen_comes_back_in_at_once_and_without_a_reason(handed_over: World) -> None:
    with handed_over.as_tine():
        left_out = leave_out(handed_over)

    with acting(handed_over.tenant.pk, handed_over.amalie.user_id, Purpose.OWN_CASE):
        services.end_leave_out(
            citizen=handed_over.amalie,
            entry=left_out.entry,
            on=MONDAY,
            by=handed_over.amalie.user,
            at=NOW,
        )
        assert queries.leave_out_of(handed_over.amalie, MONDAY) is None
        assert status(handed_over) == "upcoming"


def test_a_leave_out_that_has_run_ends_with_the_day_it_ended(handed_over: World) -> None:
    with handed_over.as_tine():
        left_out = leave_out(handed_over)
        december = date(2026, 12, 7)

        services.end_leave_out(
            citizen=handed_over.amalie, entry=left_out.entry, on=december, by=None, at=NOW
        )

        standing = Entry.objects.standing().get(citizen=handed_over.amalie, kind="leave_out")
        assert (standing.on, standing.until) == (MONDAY, december)


def test_a_leave_out_runs_out_by_itself(handed_over: World) -> None:
    with handed_over.as_tine():
        leave_out(handed_over)

        assert queries.leave_out_of(handed_over.amalie, date(2027, 1, 31)) is not None
        assert queries.leave_out_of(handed_over.amalie, FEBRUARY) is None
