"""A dispensation is the State's: written down by one person, confirmed by another, not granted."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone
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
from velvalgt.apps.duties.law import _amended as law_of_rows
from velvalgt.apps.duties.law import book
from velvalgt.apps.duties.models import (
    Confirmation,
    Dispensation,
    DispensationWithdrawal,
    Duty,
    WithdrawalConfirmation,
)
from velvalgt.apps.duties.tasks import reckon_tenant
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Access
from velvalgt.apps.staff.models import User
from velvalgt.core.regime import load


def status(law: Law) -> str:
    """How Jørn's first interview stands when his page is opened."""
    with law.world.as_tine():
        lines = queries.duties_of(law.world.joern, MONDAY)
    return next(line.duty.status for line in lines if line.duty.rule_id == FIRST)


def confirm(law: Law, given: Dispensation, *, by: object) -> None:
    services.confirm_dispensation(dispensation=given, on=MONDAY, by=by, at=NOW)


def withdraw(law: Law, given: Dispensation, reason: str = "Forkert nummer.") -> None:
    """Mette takes it back, or asks for that where it is confirmed."""
    with law.as_jurist(law.mette):
        services.withdraw_dispensation(dispensation=given, reason=reason, by=law.mette, at=NOW)


def agree(law: Law, given: Dispensation, *, by: User) -> None:
    """Somebody confirms the withdrawal."""
    with law.as_jurist(by):
        services.confirm_withdrawal(dispensation=given, on=MONDAY, by=by, at=NOW)


def end_oversight(law: Law) -> None:
    """The jurists' grant to see everybody has run out."""
    with law.world.building():
        grants = Access.objects.filter(purpose=Purpose.LEGAL_OVERSIGHT)
        assert grants.update(ends_at=timezone.now() - timedelta(minutes=1))


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
    with law.world.as_tine(), pytest.raises(services.NotYoursToRecord):
        services.record_dispensation(draft=draft(), by=law.world.tine, at=NOW)


def test_no_plain_sql_writes_one_without_oversight(law: Law) -> None:
    given = Dispensation(
        tenant_id=law.world.tenant.pk, instrument="BEK 1", paragraph="§ 1", words_da="x",
        words_en="x", effect="duty_suspended", rules=[FIRST], first_day=MONDAY,
        recorded_by=law.world.tine, recorded_at=NOW,
    )  # fmt: skip

    with (
        law.world.as_tine(),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
    ):
        Dispensation.objects.bulk_create([given])


def test_a_jurist_whose_oversight_has_ended_records_confirms_and_withdraws_nothing(
    law: Law,
) -> None:
    waits, holds = law.recorded(), law.confirmed(instrument="BEK nr. 2")
    end_oversight(law)

    with pytest.raises(services.NotYoursToRecord, match="tilsyn"):
        law.recorded(instrument="BEK nr. 3")
    with law.as_jurist(law.lone), pytest.raises(services.NotYoursToRecord):
        confirm(law, waits, by=law.lone)
    with pytest.raises(services.NotYoursToRecord):
        withdraw(law, holds)
    with pytest.raises(services.NotYoursToRecord):
        agree(law, holds, by=law.lone)


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
    agree(law, given, by=law.lone)

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


def test_what_two_have_confirmed_holds_until_two_have_withdrawn_it(law: Law) -> None:
    given = law.confirmed()

    withdraw(law, given)

    assert status(law) == "suspended"
    with law.as_jurist(law.mette):
        shown = queries.dispensation(given.pk, MONDAY)
        assert (shown.state, shown.is_asked_back) == (State.IN_FORCE, True)
        assert shown.withdrawal.withdrawn_by == law.mette


def test_the_one_who_asked_for_a_withdrawal_may_not_confirm_it(law: Law) -> None:
    given = law.confirmed()
    withdraw(law, given)

    with pytest.raises(services.AskedByTheSame, match="anden"):
        agree(law, given, by=law.mette)
    assert status(law) == "suspended"


@pytest.mark.parametrize(
    ("told_asker", "told_confirmer"),
    [("mette", "mette"), ("lone", "mette"), ("mette", "lone")],
)
def test_no_plain_sql_confirms_the_withdrawal_one_asked_for(
    law: Law, told_asker: str, told_confirmer: str
) -> None:
    given = law.confirmed()
    withdraw(law, given)

    with law.as_jurist(law.mette), pytest.raises(Error), transaction.atomic():
        WithdrawalConfirmation.objects.bulk_create(
            [
                WithdrawalConfirmation(
                    withdrawal=DispensationWithdrawal.objects.get(),
                    tenant_id=given.tenant_id,
                    withdrawn_by=getattr(law, told_asker),
                    confirmed_by=getattr(law, told_confirmer),
                    confirmed_at=NOW,
                )
            ]
        )


def test_a_withdrawal_is_asked_for_and_confirmed_once(law: Law) -> None:
    given = law.confirmed()
    with pytest.raises(services.NotAskedFor):
        agree(law, given, by=law.lone)
    withdraw(law, given)
    with pytest.raises(services.AskedAlready):
        withdraw(law, given)
    agree(law, given, by=law.lone)

    with pytest.raises(services.WithdrawnAlready):
        agree(law, given, by=law.lone)


def test_an_equal_one_is_recorded_once_and_the_first_is_named(law: Law) -> None:
    first = law.recorded(municipalities=("851", "099"))

    with pytest.raises(services.RecordedAlready, match=r"BEK nr\. 1234.*Mette") as refused:
        law.recorded(municipalities=("099", "851"))

    assert refused.value.first == first


@pytest.mark.parametrize(
    "changes",
    [
        {"last_day": None},
        {"regions": ("Nordjylland",)},
        {"instrument": "BEK nr. 9"},
        {"effect": Effect.FORM_RELAXED, "forms": ("phone",)},
    ],
)
def test_what_differs_in_days_place_order_or_effect_is_another(
    law: Law, changes: dict[str, object]
) -> None:
    law.recorded()

    assert law.recorded(**changes)


def test_what_was_withdrawn_may_be_recorded_anew(law: Law) -> None:
    withdraw(law, law.recorded())

    assert law.recorded()


def test_whoever_records_waits_for_whoever_records_in_the_same_municipality(law: Law) -> None:
    with law.as_jurist(law.mette), connection.cursor() as cursor:
        services.record_dispensation(draft=draft(), by=law.mette, at=NOW)
        cursor.execute(
            "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()"
            " and ((classid::bigint << 32) | objid::bigint) = hashtextextended(%s, 5)",
            [f"dispensations {law.world.tenant.pk}"],
        )

        assert cursor.fetchone() == (1,)


def test_no_plain_sql_revives_what_was_withdrawn_before_it_was_confirmed(law: Law) -> None:
    given = law.recorded()
    withdraw(law, given)
    late = Confirmation(
        dispensation=given,
        tenant_id=given.tenant_id,
        recorded_by=law.mette,
        confirmed_by=law.lone,
        confirmed_at=NOW,
    )

    with (
        law.as_jurist(law.lone),
        pytest.raises(Error, match="row-level security"),
        transaction.atomic(),
    ):
        Confirmation.objects.bulk_create([late])


def test_a_withdrawal_has_a_reason(law: Law) -> None:
    given = law.recorded()

    with pytest.raises(services.NoReason):
        withdraw(law, given, reason="  ")


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"instrument": ""}, services.NotWritten),
        ({"instrument": " B "}, services.NotWritten),
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


def test_each_confirmation_has_everybody_reckoned_anew_one_job_after_another(law: Law) -> None:
    given = law.confirmed()
    withdraw(law, given)
    agree(law, given, by=law.lone)

    with as_role("worker"):
        jobs = ProcrastinateJob.objects.filter(task_name=reckon_tenant.name)
        asked = [(job.queue_name, job.lock, job.queueing_lock, job.args) for job in jobs]
    assert asked == 2 * [
        (
            reckon_tenant.queue,
            f"duties {law.world.tenant.pk}",
            None,
            {"tenant_id": str(law.world.tenant.pk), "day": "2026-11-23"},
        )
    ]


def test_a_job_that_has_begun_does_not_swallow_the_next(law: Law) -> None:
    law.confirmed()
    with as_role("worker"), connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing'")

    law.confirmed(instrument="BEK nr. 2")

    with as_role("worker"):
        jobs = ProcrastinateJob.objects.filter(task_name=reckon_tenant.name)
        assert sorted(jobs.values_list("status", flat=True)) == ["doing", "todo"]


def test_what_is_only_asked_for_asks_for_no_job(law: Law) -> None:
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
    given = law.confirmed()
    withdraw(law, given)
    agree(law, given, by=law.lone)

    with law.as_jurist(law.mette):
        mine = Trace.objects.filter(action=Action.INSERT, what__startswith="duties_")
        assert [(trace.what, trace.user_id) for trace in mine.order_by("pk")] == [
            ("duties_dispensation", law.mette.pk),
            ("duties_confirmation", law.lone.pk),
            ("duties_dispensationwithdrawal", law.mette.pk),
            ("duties_withdrawalconfirmation", law.lone.pk),
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


def test_a_page_of_one_works_out_no_law_of_its_own(law: Law) -> None:
    law.recorded()
    law.recorded(instrument="BEK nr. 2")

    with law.as_jurist(law.mette):
        before = law_of_rows.cache_info().misses
        assert [each.gone for each in queries.dispensations(MONDAY)][:2] == [(), ()]
        assert len(queries.dispensations_of(book().rule(FIRST), MONDAY)) == 2

        assert law_of_rows.cache_info().misses == before


def test_a_rule_names_only_what_bears_on_it(law: Law) -> None:
    paused = law.recorded()
    stopped = law.recorded(
        effect=Effect.CLOCK_EXCLUDED, rules=(), clocks=("clock_unbroken_benefit_spell",)
    )
    other = law.recorded(rules=("k3_min4_in_6mt_quota75",))
    withdraw(law, law.recorded(instrument="BEK nr. 2"))

    with law.as_jurist(law.mette):
        rule = book().rule("k3_min4_in_6mt_quota75")
        named = {each.key for each in queries.dispensations_of(rule, MONDAY) if each.row}

    assert named == {str(stopped.pk), str(other.pk)}
    assert str(paused.pk) not in named
