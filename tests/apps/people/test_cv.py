"""The citizen's own words for work: kept as they were written, changed by new words only."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, connection, transaction

from tests.world.factories import MONDAY
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.services import (
    ChangedMeanwhile,
    CvLine,
    JobLine,
    NotAppliedYet,
    take_back,
    write_cv,
    write_job_log,
)
from velvalgt.apps.people.models import CvEntry, JobLogEntry, JobnetState
from velvalgt.apps.people.queries import at_jobnet, cv_of, job_log_of

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SHOP = CvLine(kind="job", title="Butikschef", place="Velby Sport", from_year=2019, to_year=2025)
WELDER = JobLine(title="Svejser", company="Velby Smed", state="wanted")


@pytest.fixture
def amalie(world: World) -> World:
    """Amalie sits at her own page."""
    user = world.amalie.user_id
    with acting(world.tenant.pk, user, Purpose.OWN_CASE):
        yield world


def wrote(world: World, line: CvLine = SHOP, **more: object) -> CvEntry:
    return write_cv(citizen=world.amalie, line=line, by=world.amalie.user, at=AT, **more)


def logged(world: World, line: JobLine = WELDER, **more: object) -> JobLogEntry:
    return write_job_log(
        citizen=world.amalie, line=line, today=MONDAY, by=world.amalie.user, at=AT, **more
    )


def deeds(world: World) -> list[str]:
    return list(world.amalie.receipts.order_by("pk").values_list("deed", flat=True))


def test_a_line_is_kept_with_a_receipt(amalie: World) -> None:
    wrote(amalie)

    (line,) = cv_of(amalie.amalie)
    assert (line.title, line.place, line.from_year, line.to_year) == (
        "Butikschef", "Velby Sport", 2019, 2025,
    )  # fmt: skip
    assert deeds(amalie) == ["cv"]


def test_a_change_takes_the_place_of_the_line_and_the_old_words_stay_known(amalie: World) -> None:
    first = wrote(amalie)

    wrote(amalie, replace(SHOP, title="Souschef"), instead_of=first)

    assert [line.title for line in cv_of(amalie.amalie)] == ["Souschef"]
    assert CvEntry.objects.count() == 2


def test_what_is_taken_back_is_no_longer_in_the_cv(amalie: World) -> None:
    first = wrote(amalie)

    take_back(entry=first, by=amalie.amalie.user, at=AT)

    assert cv_of(amalie.amalie) == []
    assert deeds(amalie) == ["cv", "cv"]


def test_a_second_click_writes_nothing_more(amalie: World) -> None:
    first = wrote(amalie)
    assert wrote(amalie) == first
    changed = wrote(amalie, replace(SHOP, title="Souschef"), instead_of=first)
    assert wrote(amalie, replace(SHOP, title="Souschef"), instead_of=first) == changed
    assert wrote(amalie, replace(SHOP, title="Souschef"), instead_of=changed) == changed

    taken = take_back(entry=changed, by=amalie.amalie.user, at=AT)
    assert take_back(entry=changed, by=amalie.amalie.user, at=AT) == taken

    assert CvEntry.objects.count() == 3
    assert len(deeds(amalie)) == 3


def test_two_windows_do_not_write_over_each_other(amalie: World) -> None:
    first = wrote(amalie)
    wrote(amalie, replace(SHOP, title="Souschef"), instead_of=first)

    with pytest.raises(ChangedMeanwhile):
        wrote(amalie, replace(SHOP, title="Ekspedient"), instead_of=first)
    with pytest.raises(ChangedMeanwhile):
        take_back(entry=first, by=amalie.amalie.user, at=AT)


def test_the_cv_stands_in_the_order_a_cv_is_read(amalie: World) -> None:
    for line in (
        CvLine(kind="language", title="Engelsk"),
        CvLine(kind="job", title="Gammelt job", from_year=2010, to_year=2012),
        CvLine(kind="education", title="Bachelor", to_year=2018),
        CvLine(kind="job", title="Job nu", from_year=2024),
        SHOP,
    ):
        wrote(amalie, line)

    told = [line.title for line in cv_of(amalie.amalie)]
    assert told == ["Job nu", "Butikschef", "Gammelt job", "Bachelor", "Engelsk"]


def test_a_job_goes_from_wanted_to_applied_by_a_new_line(amalie: World) -> None:
    wanted = logged(amalie)

    logged(amalie, replace(WELDER, state="applied", applied_on=MONDAY), instead_of=wanted)

    (now,) = job_log_of(amalie.amalie)
    assert (now.state, now.applied_on, now.replaces_id) == ("applied", MONDAY, wanted.pk)
    assert deeds(amalie) == ["job_log", "job_log"]


def test_nobody_has_applied_tomorrow(amalie: World) -> None:
    tomorrow = MONDAY + timedelta(days=1)

    with pytest.raises(NotAppliedYet):
        logged(amalie, replace(WELDER, state="applied", applied_on=tomorrow))


def test_a_caseworker_reads_the_cv_of_their_own_citizens_alone(amalie: World) -> None:
    wrote(amalie)
    logged(amalie)

    with amalie.as_tine():
        assert [line.title for line in cv_of(amalie.amalie)] == ["Butikschef"]
    with acting(amalie.tenant.pk, amalie.joern.user_id, Purpose.OWN_CASE):
        assert not CvEntry.objects.exists()
        assert not JobLogEntry.objects.exists()
    with acting(amalie.neighbour.pk, amalie.tine.pk, Purpose.CASE_WORK, unit=amalie.team.pk):
        assert not CvEntry.objects.exists()


@pytest.mark.parametrize("table", ["people_cventry", "people_joblogentry"])
def test_what_was_written_is_never_changed_nor_deleted(amalie: World, table: str) -> None:
    wrote(amalie)
    logged(amalie)

    for statement in (f"update {table} set title = 'x'", f"delete from {table}"):
        with (
            pytest.raises(Error, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_line_replaces_no_other_citizens_line(amalie: World) -> None:
    hers = wrote(amalie)

    with (
        acting(amalie.tenant.pk, amalie.joern.user_id, Purpose.OWN_CASE),
        pytest.raises(Error, match="people_cventry_stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        CvEntry.objects.create(
            tenant_id=amalie.tenant.pk, citizen=amalie.joern, kind="job", title="x",
            replaces_id=hers.pk, said_by_id=amalie.joern.user_id, said_at=AT,
        )  # fmt: skip
        cursor.execute("set constraints all immediate")


def test_the_newest_word_from_jobnet_counts_and_what_nobody_told_is_not_there(world: World) -> None:
    with world.building():
        for key, as_of in (("1", date(2026, 11, 20)), ("2", date(2026, 11, 6))):
            JobnetState.objects.create(
                tenant_id=world.tenant.pk, citizen=world.amalie, source="s", external_key=key,
                about="cv", updated_on=date(2026, 11, 2), as_of=as_of,
            )  # fmt: skip

    with world.as_tine():
        told = at_jobnet(world.amalie)
    assert set(told) == {"cv"}
    assert told["cv"].as_of == date(2026, 11, 20)
