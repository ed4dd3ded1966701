"""Looking for a job: own words are kept, a search is not, and it is said what counts where."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import signed_in
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.companies.models import Balance, Vacancy
from velvalgt.apps.people.models import CvEntry, JobLogEntry, JobnetState

CV, LOG, VACANCIES = "/citizen/jobs/cv/", "/citizen/jobs/log/", "/citizen/jobs/vacancies/"
SHOP = {"kind": "job", "title": "Butikschef", "place": "Velby", "from_year": "2019"}
WELDER = {"title": "Svejser", "company": "Velby Smed", "state": "wanted"}


@pytest.fixture
def market(monday: World) -> World:
    """Seven vacancies in two towns, and how the market stands for welders."""
    with monday.building():
        for number in range(7):
            Vacancy.objects.create(
                tenant=monday.tenant,
                source="jobs",
                external_key=str(number),
                title=f"Svejser {number}",
                occupation="svejser",
                employer="Velby Smed",
                postcode="0099" if number else "0098",
                city="Velby" if number else "Naboby",
                latitude=57.0 if number else 57.2,
                longitude=10.0,
                apply_by=date(2026, 12, 1 + number),
                url=f"https://example.org/{number}",
                imported_at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        Balance.objects.create(
            tenant=monday.tenant, occupation="svejser", title="Svejser", area="Nordjylland",
            category="shortage", as_of=date(2026, 7, 1), source="star",
        )  # fmt: skip
    return monday


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def lines(world: World, model: type) -> list[object]:
    with world.building():
        return list(model.objects.order_by("pk"))


def test_a_line_is_saved_and_the_page_stays_and_says_so(amalie: Client, monday: World) -> None:
    page = amalie.post(CV, SHOP, follow=True)

    assert "Saved: Butikschef." in page.content.decode()
    assert page.redirect_chain[0][0].startswith(CV)
    (line,) = lines(monday, CvEntry)
    assert (line.title, line.from_year, line.to_year) == ("Butikschef", 2019, None)
    assert [receipt.deed for receipt in lines(monday, Receipt)] == ["cv"]


def test_a_second_click_saves_once(amalie: Client, monday: World) -> None:
    amalie.post(CV, SHOP)
    amalie.post(CV, SHOP)

    assert len(lines(monday, CvEntry)) == 1


def test_a_line_can_be_changed_and_taken_out(amalie: Client, monday: World) -> None:
    amalie.post(CV, SHOP)
    (line,) = lines(monday, CvEntry)
    amalie.post(f"{CV}{line.pk}/", SHOP | {"title": "Souschef"})
    assert "Souschef" in page_of(amalie, CV)
    assert "Butikschef" not in page_of(amalie, CV)

    newest = lines(monday, CvEntry)[-1]
    gone = amalie.post(f"{CV}{newest.pk}/withdrawal/", follow=True).content.decode()

    assert "It is taken out." in gone
    assert "Souschef" not in gone.split("<main")[1]


def test_who_changes_an_old_line_is_told_and_loses_nothing(amalie: Client, monday: World) -> None:
    amalie.post(CV, SHOP)
    (line,) = lines(monday, CvEntry)
    amalie.post(f"{CV}{line.pk}/", SHOP | {"title": "Souschef"})

    late = amalie.post(f"{CV}{line.pk}/", SHOP | {"title": "Ekspedient"})
    out = amalie.post(f"{CV}{line.pk}/withdrawal/")

    assert (late.status_code, out.status_code) == (422, 409)
    assert "You have changed this line since." in late.content.decode()
    assert 'value="Ekspedient"' in late.content.decode()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"title": ""}, "Write a few words"),
        ({"from_year": "19"}, "Look at the year."),
        ({"from_year": "hest"}, "Write the year with four digits"),
        ({"to_year": "2018"}, "It ends before it begins."),
        ({"kind": "talent"}, "talent"),
    ],
)
def test_a_line_that_does_not_hold_is_told_beside_the_field(
    amalie: Client, monday: World, cells: dict[str, str], told: str
) -> None:
    answer = amalie.post(CV, SHOP | {"words": "Det kan jeg godt lide."} | cells)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count(told) >= 2
    assert "Det kan jeg godt lide." in page
    assert lines(monday, CvEntry) == []


def test_a_job_is_written_and_followed(amalie: Client, monday: World) -> None:
    amalie.post(LOG, WELDER)
    (line,) = lines(monday, JobLogEntry)

    told = {"state": "interview", "applied_on": "2026-11-20", "how": "phone"}
    amalie.post(f"{LOG}{line.pk}/", WELDER | told)

    page = page_of(amalie, LOG)
    assert "I am asked to a talk" in page
    assert page.count("Velby Smed") == 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"state": "applied"}, "Choose the day you applied."),
        ({"state": "applied", "applied_on": "2026-11-24"}, "That day has not come."),
        ({"company": ""}, "Write the name of the company."),
        ({"url": "javascript:alert(1)"}, "That is no link."),
        ({"state": ""}, "Choose one."),
    ],
)
def test_a_job_that_does_not_hold_is_told_and_not_kept(
    amalie: Client, monday: World, cells: dict[str, str], told: str
) -> None:
    answer = amalie.post(LOG, WELDER | cells)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert lines(monday, JobLogEntry) == []


def test_the_page_says_that_what_is_written_here_does_not_count_at_jobnet(amalie: Client) -> None:
    for address in ("/citizen/jobs/", CV, LOG):
        assert "What you write here does not count at Jobnet." in page_of(amalie, address)
    assert "We do not know how it stands at Jobnet." in page_of(amalie, CV)


def test_what_is_known_of_jobnet_stands_beside_with_its_day(amalie: Client, monday: World) -> None:
    with monday.building():
        JobnetState.objects.create(
            tenant_id=monday.tenant.pk, citizen=monday.amalie, source="s", external_key="1",
            about="cv", updated_on=date(2026, 11, 2), as_of=date(2026, 11, 20),
        )  # fmt: skip

    page = page_of(amalie, CV)

    assert "last changed on 2 November 2026. We know that as of 20 November 2026." in page
    assert "We do not know" in page_of(amalie, LOG)


def test_vacancies_are_shown_a_few_at_a_time_with_the_market(amalie: Client, market: World) -> None:
    first, second = page_of(amalie, VACANCIES), page_of(amalie, f"{VACANCIES}?page=2")

    assert first.count("Velby Smed") == 5
    assert second.count("Velby Smed") == 2
    assert "shortage of people" in first
    assert "(Nordjylland, 1 July 2026, source: star)." in first


def test_the_distance_is_the_citizens_choice_and_from_a_place_they_choose(
    amalie: Client, market: World
) -> None:
    page = page_of(amalie, f"{VACANCIES}?start=0098&km=10")

    assert page.count("Velby Smed") == 1
    assert "less than 1 km as the crow flies" in page
    alone = amalie.get(f"{VACANCIES}?km=10")
    assert alone.status_code == 422
    assert "Choose where you start from." in alone.content.decode()


@pytest.mark.parametrize("asked", ["start=9999", "km=hest", "km=0", "km=9999", "page=hest"])
def test_a_question_that_makes_no_sense_is_answered_kindly(
    amalie: Client, market: World, asked: str
) -> None:
    assert amalie.get(f"{VACANCIES}?{asked}").status_code in {200, 422}


def test_one_click_puts_a_vacancy_in_the_job_log_and_two_do_not_make_two(
    amalie: Client, market: World
) -> None:
    vacancy = lines(market, Vacancy)[0]
    address = f"{VACANCIES}{vacancy.pk}/log-entry/"

    told = amalie.post(address, follow=True).content.decode()
    amalie.post(address)

    assert f"Saved: {vacancy.title}." in told
    (line,) = lines(market, JobLogEntry)
    assert (line.state, line.url) == ("wanted", vacancy.url)
    assert "It is in your job log" in page_of(amalie, VACANCIES)


def test_a_vacancy_that_is_over_cannot_be_put_in_the_log(amalie: Client, market: World) -> None:
    with market.building():
        Vacancy.objects.update(apply_by=date(2026, 11, 22))
    vacancy = lines(market, Vacancy)[0]

    assert amalie.post(f"{VACANCIES}{vacancy.pk}/log-entry/").status_code == 404
    assert "We have found no jobs." in page_of(amalie, VACANCIES)


def everything(world: World) -> dict[str, list[tuple[object, ...]]]:
    """All that the database holds, table by table, as its owner sees it."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("velvalgt.")]
    tables = [*(model._meta.db_table for model in ours), "django_session"]
    held = {}
    with (
        as_role("owner"),
        acting(world.tenant.pk, SYSTEM, Purpose.LOG),
        connection.cursor() as cursor,
    ):
        for table in tables:
            cursor.execute(f"select t::text from {table} t order by 1")
            held[table] = cursor.fetchall()
    return held


def test_a_search_leaves_nothing_but_that_ones_own_case_was_opened(
    amalie: Client, market: World
) -> None:
    page_of(amalie, "/citizen/jobs/")
    before = everything(market)

    page_of(amalie, f"{VACANCIES}?words=svejser+hemmeligt&start=0099&km=12")

    after = everything(market)
    assert [table for table in after if after[table] != before[table]] == ["audit_trace"]
    (line,) = set(after["audit_trace"]) - set(before["audit_trace"])
    assert "citizen:vacancies" in str(line)
    assert str(market.amalie.pk) in str(line)
    assert "hemmeligt" not in str(line)


def test_nobody_opens_anothers_line(amalie: Client, joern: Client, monday: World) -> None:
    amalie.post(CV, SHOP)
    (line,) = lines(monday, CvEntry)

    assert joern.get(f"{CV}{line.pk}/").status_code == 404
    assert joern.post(f"{CV}{line.pk}/withdrawal/").status_code == 404


def test_a_caseworker_writes_on_the_citizens_behalf_and_the_receipt_says_so(
    monday: World,
) -> None:
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")

    assert tine.post(CV, SHOP).status_code == 302

    (line,) = lines(monday, CvEntry)
    assert (line.citizen_id, line.said_by_id) == (monday.joern.pk, monday.tine.pk)
    (receipt,) = lines(monday, Receipt)
    assert receipt.is_on_behalf


@pytest.mark.parametrize(
    ("address", "questions"),
    [("/citizen/jobs/", 12), (CV, 11), (LOG, 12), (VACANCIES, 14)],
)
def test_the_pages_ask_the_database_few_questions(
    amalie: Client,
    market: World,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    questions: int,
) -> None:
    for number in range(12):
        amalie.post(CV, SHOP | {"title": f"Job {number}"})
        amalie.post(LOG, WELDER | {"title": f"Job {number}"})

    with django_assert_max_num_queries(questions):
        page_of(amalie, address)
