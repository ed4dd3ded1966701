"""A dispensation is the State's: written down by one person, confirmed by another, not granted."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.apps.duties.conftest import Law
from tests.world.dispensations import FIRST, NOW, draft
from tests.world.factories import MONDAY, SpellFactory
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.duties import queries, services
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.given import State
from velvalgt.apps.duties.law import book
from velvalgt.apps.duties.models import Confirmation, Dispensation, Duty
from velvalgt.apps.duties.tasks import reckon_tenant
from velvalgt.apps.people.choices import Form
from velvalgt.core.regime import load


def status(law: Law) -> str:
    """How Jørn's first interview stands when his page is opened."""
    with law.world.as_tine():
        lines = queries.duties_of(law.world.joern, MONDAY)
    return next(line.duty.status for line in lines if line.duty.rule_id == FIRST)


def confirm(law: Law, given: Dispensation, *, by: object) -> None:
    services.confirm_dispensation(dispensation=given, on=MONDAY, by=by, at=NOW)


def withdraw(law: Law, given: Dispensation, reason: str = "Forkert nummer.") -> None:
    with law.as_jurist(law.mette):
        services.withdraw_dispensation(
            dispensation=given, reason=reason, on=MONDAY, by=law.mette, at=NOW
        )


def test_what_one_person_has_recorded_changes_nothing(law: Law) -> None:
    law.recorded()

    assert status(law) == "upcoming"
    with law.as_jurist(law.mette):
        assert book() is load()


def test_once_a_second_person_confirms_it_the_duty_is_paused(law: Law) -> None:
    given = law.confirmed()

    assert status(law) == "suspended"
    with law.world.as_tine():
        duty = Duty.objects.get(citizen=law.world.joern, rule_id=FIRST)
        assert duty.reason == given.key


def test_the_paused_duty_says_why_and_where_it_is_written(law: Law) -> None:
    law.confirmed()

    with law.world.as_tine():
        said = queries.explanation(law.world.joern, FIRST, MONDAY).lines

    codes = [line.code for line in said]
    told = said[codes.index("dispensation")]
    assert codes.index("dispensation") == codes.index("status") + 1
    assert told.text == (
        "Din samtale er sat på pause på grund af sne. Det står i § 1, BEK nr. 1234 af 20/11/2026."
    )
    assert told.url == "https://www.retsinformation.dk/eli/lta/2026/1234"


def test_more_forms_are_offered_where_an_interview_is_written_down(law: Law) -> None:
    law.confirmed(effect=Effect.FORM_RELAXED, forms=("phone",))

    with law.world.as_tine():
        lines = queries.duties_of(law.world.joern, MONDAY)
        assert queries.permitted_forms(lines) == [Form.IN_PERSON, Form.PHONE]
        step = queries.next_step(lines)
        assert step is not None
        codes = [line.code for line in step.explanation.lines]
        assert codes.index("dispensation") == codes.index("form") + 1


def test_a_stopped_clock_gives_joern_more_time(law: Law) -> None:
    law.confirmed(effect=Effect.CLOCK_EXCLUDED, rules=(), clocks=("clock_unbroken_benefit_spell",))

    with law.world.as_tine():
        quota = Duty.objects.get(citizen=law.world.joern, rule_id="k3_min4_in_6mt_quota75")
        lines = queries.duties_of(law.world.joern, date(2026, 12, 31))
        moved = next(line for line in lines if line.duty.rule_id == quota.rule_id)
        assert (quota.due, moved.duty.due) == (date(2027, 5, 23), date(2027, 7, 1))


def test_the_one_who_recorded_it_may_not_confirm_it(law: Law) -> None:
    given = law.recorded()

    with law.as_jurist(law.mette), pytest.raises(services.ConfirmedByItsRecorder, match="anden"):
        confirm(law, given, by=law.mette)


@pytest.mark.parametrize(
    ("told_recorder", "told_confirmer"),
    [("mette", "mette"), ("lone", "mette"), ("mette", "lone")],
)
def test_no_plain_sql_confirms_what_one_recorded_oneself(
    law: Law, told_recorder: str, told_confirmer: str
) -> None:
    given = law.recorded()

    with law.as_jurist(law.mette), pytest.raises(Error), transaction.atomic():
        Confirmation.objects.bulk_create(
            [
                Confirmation(
                    dispensation=given,
                    tenant_id=given.tenant_id,
                    recorded_by=getattr(law, told_recorder),
                    confirmed_by=getattr(law, told_confirmer),
                    confirmed_at=NOW,
                )
            ]
        )


def test_a_caseworker_writes_no_dispensation_whatever_the_page(law: Law) -> None:
    with (
        law.world.as_tine(),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
    ):
        services.record_dispensation(draft=draft(), by=law.world.tine, at=NOW)


def test_nobody_records_in_anothers_name(law: Law) -> None:
    with (
        law.as_jurist(law.mette),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
    ):
        services.record_dispensation(draft=draft(), by=law.lone, at=NOW)


@pytest.mark.parametrize("role", ["web", "worker", "owner"])
@pytest.mark.parametrize(
    "sql", ["update duties_dispensation set instrument = 'x'", "delete from duties_dispensation"]
)
def test_nobody_changes_what_is_recorded(law: Law, role: str, sql: str) -> None:
    law.recorded()

    with (
        as_role(role),
        law.as_jurist(law.mette),
        pytest.raises(Error, match=r"permission denied|only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_it_is_confirmed_once(law: Law) -> None:
    given = law.confirmed()

    with law.as_jurist(law.lone), pytest.raises(services.ConfirmedAlready):
        confirm(law, given, by=law.lone)


def test_what_is_withdrawn_holds_no_more_and_says_why(law: Law) -> None:
    given = law.confirmed()

    withdraw(law, given)

    assert status(law) == "upcoming"
    with law.as_jurist(law.mette):
        shown = queries.dispensation(given.pk, MONDAY)
        assert (shown.state, shown.row.withdrawal.reason) == (State.WITHDRAWN, "Forkert nummer.")


def test_what_is_withdrawn_cannot_be_confirmed_or_withdrawn_again(law: Law) -> None:
    given = law.recorded()
    withdraw(law, given)

    with law.as_jurist(law.lone), pytest.raises(services.WithdrawnAlready):
        confirm(law, given, by=law.lone)
    with pytest.raises(services.WithdrawnAlready):
        withdraw(law, given)


def test_a_withdrawal_has_a_reason(law: Law) -> None:
    given = law.recorded()

    with pytest.raises(services.NoReason):
        withdraw(law, given, reason="  ")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"instrument": ""}, services.NotWritten),
        ({"paragraph": ""}, services.NotWritten),
        ({"words_en": ""}, services.NotWritten),
        ({"last_day": date(2026, 11, 22)}, services.EndsBeforeItBegins),
        ({"last_day": date.max}, services.OutOfTime),
        ({"rules": ()}, services.NothingChosen),
        ({"rules": ("no_such_rule",)}, services.NotInTheBook),
        ({"rules": ("k3_right_on_request",)}, services.RightsStay),
        ({"rules": ("k1_first_within_1w",)}, services.NotInForceThen),
        ({"effect": Effect.FORM_RELAXED}, services.NoForms),
        ({"effect": Effect.CLOCK_EXCLUDED, "rules": ()}, services.NoClock),
        ({"effect": Effect.CLOCK_EXCLUDED, "rules": (), "clocks": ("x",)}, services.NotInTheBook),
        ({"regions": ("Atlantis",)}, services.DoesNotHold),
    ],
)
def test_what_cannot_hold_is_refused_by_name(
    law: Law, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with law.as_jurist(law.mette), pytest.raises(refusal):
        services.record_dispensation(draft=draft(**changes), by=law.mette, at=NOW)


def test_confirming_has_everybody_reckoned_anew_by_one_job(law: Law) -> None:
    given = law.confirmed()
    withdraw(law, given)

    with as_role("worker"):
        job = ProcrastinateJob.objects.get(task_name=reckon_tenant.name)
    assert (job.queue_name, job.queueing_lock) == (
        reckon_tenant.queue, f"duties {law.world.tenant.pk}"
    )  # fmt: skip
    assert job.args == {"tenant_id": str(law.world.tenant.pk), "day": "2026-11-23"}


def test_what_is_refused_asks_for_no_job(law: Law) -> None:
    given = law.recorded()
    withdraw(law, given)

    with as_role("worker"):
        assert not ProcrastinateJob.objects.filter(task_name=reckon_tenant.name).exists()


def test_nobody_asks_for_a_job_without_a_tenant(db: None) -> None:
    with (
        pytest.raises(Error, match="nobody acts"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("select duties_ask_for_reckoning('2026-11-23')")


def test_whoever_confirms_reckons_by_the_new_law_at_once(law: Law) -> None:
    written = law.recorded()

    with law.as_jurist(law.lone):
        before = book()
        confirm(law, written, by=law.lone)

        assert book().version != before.version


def test_the_nights_reckoning_goes_by_the_tenants_own_law(law: Law) -> None:
    law.confirmed()

    with as_role("worker"):
        reckon_tenant(tenant_id=str(law.world.tenant.pk), day="2026-11-23")

    with law.world.as_tine():
        assert Duty.objects.get(citizen=law.world.joern, rule_id=FIRST).status == "suspended"


def test_one_municipalitys_record_does_not_touch_the_next(law: Law) -> None:
    law.confirmed()
    with as_role("worker"), acting(law.world.neighbour.pk, SYSTEM, Purpose.IMPORT):
        SpellFactory(citizen=law.world.stranger, starts_on=MONDAY, municipality="101")

    with as_role("worker"), acting(law.world.neighbour.pk, SYSTEM, Purpose.LAW):
        services.reckon([law.world.stranger.pk], MONDAY)

        assert not Dispensation.objects.exists()
        assert book().version == load().version
        assert Duty.objects.get(rule_id=FIRST).status == "upcoming"


def test_a_region_elsewhere_does_not_reach_velby(law: Law) -> None:
    law.confirmed(regions=("Sjælland",))

    assert status(law) == "upcoming"


def test_the_law_is_asked_of_the_database_once_an_actor(
    law: Law, django_assert_num_queries: object
) -> None:
    law.confirmed()

    with law.world.as_tine():
        with django_assert_num_queries(1):  # type: ignore[operator]
            first, second = book(), book()
        assert first is second
    with law.world.as_tine():
        assert book() is first


def test_a_rule_that_a_newer_book_does_not_have_stops_nothing(law: Law) -> None:
    with law.as_jurist(law.mette):
        held = Dispensation.objects.create(
            tenant_id=law.world.tenant.pk, instrument="BEK 1", paragraph="§ 1", words_da="x",
            words_en="x", effect="duty_suspended", rules=["k9_gone", FIRST], first_day=MONDAY,
            recorded_by=law.mette, recorded_at=NOW,
        )  # fmt: skip
        lost = Dispensation.objects.create(
            tenant_id=law.world.tenant.pk, instrument="BEK 2", paragraph="§ 2", words_da="x",
            words_en="x", effect="duty_suspended", rules=["k9_gone"], first_day=MONDAY,
            recorded_by=law.mette, recorded_at=NOW,
        )  # fmt: skip
    with law.as_jurist(law.lone):
        for given in (held, lost):
            confirm(law, given, by=law.lone)

    assert status(law) == "suspended"
    with law.as_jurist(law.mette):
        shown = [queries.dispensation(each.pk, MONDAY) for each in (held, lost)]
        assert [each.gone for each in shown] == [("k9_gone",), ("k9_gone",)]
        assert [[rule.id for rule in each.rules] for each in shown] == [[FIRST], []]


def test_a_place_that_is_no_more_stops_nothing_and_is_not_taken_for_the_whole_country(
    law: Law,
) -> None:
    with law.as_jurist(law.mette):
        old = Dispensation.objects.create(
            tenant_id=law.world.tenant.pk, instrument="BEK 1", paragraph="§ 1", words_da="x",
            words_en="x", effect="duty_suspended", rules=[FIRST], regions=["Atlantis"],
            first_day=MONDAY, recorded_by=law.mette, recorded_at=NOW,
        )  # fmt: skip
    with law.as_jurist(law.lone):
        confirm(law, old, by=law.lone)

    assert status(law) == "upcoming"
    with law.as_jurist(law.mette):
        shown = queries.dispensation(old.pk, MONDAY)
        assert (shown.gone, shown.places, shown.state) == ((FIRST,), ("Atlantis",), State.IN_FORCE)


def test_each_step_leaves_a_trace(law: Law) -> None:
    withdraw(law, law.confirmed())

    with law.as_jurist(law.mette):
        mine = Trace.objects.filter(action=Action.INSERT, what__startswith="duties_")
        assert [(trace.what, trace.user_id) for trace in mine.order_by("pk")] == [
            ("duties_dispensation", law.mette.pk),
            ("duties_confirmation", law.lone.pk),
            ("duties_dispensationwithdrawal", law.mette.pk),
        ]


@pytest.mark.parametrize(
    ("window", "today", "state"),
    [
        ({}, MONDAY, State.IN_FORCE),
        ({}, date(2026, 12, 31), State.IN_FORCE),
        ({}, date(2027, 1, 1), State.ENDED),
        ({}, date(2026, 11, 22), State.NOT_BEGUN),
        ({"last_day": None}, date(2030, 1, 1), State.IN_FORCE),
    ],
)
def test_it_says_how_it_stands_on_its_first_and_last_day(
    law: Law, window: dict[str, object], today: date, state: State
) -> None:
    given = law.confirmed(**window)

    with law.as_jurist(law.mette):
        assert queries.dispensation(given.pk, today).state == state


def test_the_corona_windows_of_the_law_files_stand_on_the_list(law: Law) -> None:
    with law.as_jurist(law.mette):
        shown = {each.key: each.state for each in queries.dispensations(MONDAY)}

    assert shown["cov_stop_1"] == State.ENDED
