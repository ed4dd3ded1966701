"""What Karin leads by: talks that wait in Syd, meetings that are over, one meeting in March."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
IN_MARCH = datetime(2027, 3, 2, 10, tzinfo=COPENHAGEN)


def talks_wait_in_south() -> None:
    """Twelve talks are due in Syd, where nobody has hours."""
    from velvalgt.apps.duties.models import Duty
    from velvalgt.apps.people.models import Citizen

    citizen = Citizen.objects.get(name="Sydpå")
    Duty.objects.create(
        tenant_id=citizen.tenant_id, citizen=citizen, rule_id="k3_min4_in_6mt_quota75",
        since=date(2026, 11, 1), municipality="099", target_group="G2", status="upcoming",
        due=date(2026, 12, 3), required=12, done=0, actor="municipality", forms="in_person,phone",
        law_source="",
    )  # fmt: skip


def nothing_waits_in_south() -> None:
    """It is as it was."""
    from velvalgt.apps.duties.models import Duty

    Duty.objects.filter(citizen__name="Sydpå").delete()


def meetings_are_over() -> None:
    """Of twenty summoned five did not come; three more came to talk by phone."""
    from tests.world.factories import LONG_AGO, CitizenFactory
    from velvalgt.apps.meetings.models import Meeting, Outcome
    from velvalgt.apps.staff.models import Tenant, Unit, User

    tenant, unit = Tenant.objects.get(code="099"), Unit.objects.get(code="NORD")
    if Meeting.objects.filter(text_set="summons", citizen__name="Længe siden").exists():
        return
    begins = datetime(2026, 10, 6, 9, tzinfo=COPENHAGEN)
    for number in range(23):
        citizen = CitizenFactory(tenant=tenant, name="Længe siden")
        meeting = Meeting.objects.create(
            tenant_id=tenant.pk, citizen=citizen, type="interview", unit=unit,
            way="office" if number < 20 else "phone", starts_at=begins,
            ends_at=begins.replace(hour=10), caseworker=User.objects.get(initials="TINE"),
            text_set="summons", is_citizens_wish=number % 3 == 0, booked_at=LONG_AGO,
        )  # fmt: skip
        Outcome.objects.create(
            tenant_id=tenant.pk, citizen=citizen, meeting=meeting, said_at=begins,
            result="missed" if number < 5 else "held",
        )  # fmt: skip


def a_meeting_in_march() -> None:
    """Somebody whom no persona sees is to come in March."""
    from tests.world.factories import CitizenFactory
    from velvalgt.apps.meetings.models import Meeting
    from velvalgt.apps.staff.models import Tenant, Unit, User

    if Meeting.objects.filter(starts_at=IN_MARCH).exists():
        return
    tenant = Tenant.objects.get(code="099")
    Meeting.objects.create(
        tenant_id=tenant.pk, citizen=CitizenFactory(tenant=tenant, name="I marts"),
        type="interview", unit=Unit.objects.get(code="NORD"), way="office", starts_at=IN_MARCH,
        ends_at=IN_MARCH.replace(minute=45), caseworker=User.objects.get(initials="TINE"),
        booked_at=datetime(2026, 11, 20, tzinfo=COPENHAGEN),
    )  # fmt: skip


def the_job_runs() -> None:
    """Every crisis is carried out, or undone, as the worker does."""
    from velvalgt.apps.meetings import tasks
    from velvalgt.apps.meetings.models import Crisis

    now = datetime(2026, 11, 23, 8, tzinfo=COPENHAGEN)
    for tenant_id, crisis_id in list(Crisis.objects.values_list("tenant_id", "pk")):
        tasks.carry_out(tenant_id, crisis_id, now)
