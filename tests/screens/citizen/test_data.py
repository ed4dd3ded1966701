"""My data: seen with its source, corrected, objected to, consented to, copied, told how long."""

import json
from datetime import UTC, date, datetime

import pypdf
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import signed_in
from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases.queries import objects_to_profiling
from velvalgt.apps.people.choices import Choice, CvKind
from velvalgt.apps.people.models import Consent, Correction, CvEntry, CvShare, Work
from velvalgt.apps.people.queries import reachable_at, standing_consents
from velvalgt.core.frames import vocabulary

PAGES = [
    "/citizen/data/", "/citizen/data/contact/", "/citizen/data/corrections/name/",
    "/citizen/data/need/", "/citizen/data/grounds/", "/citizen/data/sharing/",
    "/citizen/data/powers/", "/citizen/data/download/", "/citizen/data/retention/",
    "/citizen/looks/",
]  # fmt: skip


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def cv_line(world: World) -> CvEntry:
    with world.building():
        return CvEntry.objects.create(
            tenant_id=world.tenant.pk, citizen=world.joern, kind=CvKind.JOB,
            title="Lagermedarbejder", place="Nordlager", from_year=2010, to_year=2022,
            said_at=datetime(2026, 11, 1, tzinfo=UTC), said_by=world.joern.user,
        )  # fmt: skip


def test_every_fact_stands_with_its_source(joern: Client) -> None:
    page = page_of(joern, "/citizen/data/")

    assert "From test" in page
    assert "From the municipality" in page
    assert "Jobteam Nord, Tine" in page


def test_a_new_number_holds_at_once_and_stands_as_my_own(joern: Client, monday: World) -> None:
    answer = joern.post("/citizen/data/contact/", {"phone": "11 22 33 44", "email": ""})

    assert answer.headers["Location"].startswith("/citizen/receipts/")
    page = page_of(joern, "/citizen/data/")
    assert "11 22 33 44" in page
    assert "From you," in page
    with monday.as_tine():
        assert reachable_at(monday.joern).phone == "11 22 33 44"


def test_a_number_that_is_none_is_said_beside_the_field_and_nothing_is_lost(joern: Client) -> None:
    answer = joern.post("/citizen/data/contact/", {"phone": "12", "email": "j@example.dk"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "id_phone-error" in page
    assert 'value="j@example.dk"' in page


def test_what_is_wrong_is_asked_corrected_and_stands_beside_the_fact(
    joern: Client, monday: World
) -> None:
    said = {"should_be": "Jørgen", "why": "Det er mit navn."}
    joern.post("/citizen/data/corrections/name/", said)
    joern.post("/citizen/data/corrections/name/", said)

    page = page_of(joern, "/citizen/data/")
    assert page.count("for: Jørgen") == 1
    with monday.as_tine():
        assert Correction.objects.get().stood == "Jørn"


def test_the_answer_of_the_caseworker_is_read_with_the_way_to_complain(
    joern: Client, monday: World
) -> None:
    joern.post("/citizen/data/corrections/name/", {"should_be": "Jørgen"})
    tine, address = signed_in("tine"), f"/caseworker/citizens/{monday.joern.pk}/corrections/"
    with monday.as_tine():
        key = Correction.objects.get().pk
    assert "Asks for a correction" in tine.get("/caseworker/").content.decode()

    without = tine.post(address, {"correction": key, "outcome": "refused", "words": ""})
    tine.post(address, {"correction": key, "outcome": "refused", "words": "Pas siger Jørn."})

    assert without.status_code == 422
    page = page_of(joern, "/citizen/data/")
    assert "Pas siger Jørn." in page
    assert "datatilsynet.dk" in page
    assert "Asks for a correction" not in tine.get("/caseworker/").content.decode()


def test_a_fact_that_nobody_knows_is_not_found(joern: Client, monday: World) -> None:
    with monday.building():
        theirs = SpellFactory(citizen=monday.amalie)

    for key in ("shoe-size", f"spell-{theirs.pk}"):
        assert joern.get(f"/citizen/data/corrections/{key}/").status_code == 404


def test_the_need_page_shows_what_is_used_and_what_never_is(joern: Client, monday: World) -> None:
    flag = vocabulary("flag")[0]
    with monday.building():
        EntryFactory(citizen=monday.joern, kind="flag", detail=flag.word, form="")

    page = page_of(joern, "/citizen/data/need/")

    assert "first interview" in page
    assert flag.en.lower() in page.lower()
    assert "Your residence permit." in page


def test_one_click_objects_to_profiling_and_one_takes_it_back(joern: Client, monday: World) -> None:
    receipt = joern.post("/citizen/data/need/objection/", follow=True).content.decode()
    assert "No to profiling" in receipt
    with monday.as_tine():
        assert objects_to_profiling(monday.joern)
    tine = signed_in("tine").get(f"/caseworker/citizens/{monday.joern.pk}/")
    assert "Has said no to profiling" in tine.content.decode()

    joern.post("/citizen/data/need/objection/", {"back": "yes"})

    with monday.as_tine():
        assert not objects_to_profiling(monday.joern)


def test_no_choice_is_made_beforehand(joern: Client) -> None:
    page = page_of(joern, "/citizen/data/grounds/")

    assert "checked" not in page
    assert page.count("I say yes") == len([each for each in Choice if each.is_free]) + 1


def test_a_yes_is_given_and_taken_back_with_one_click_each(joern: Client, monday: World) -> None:
    joern.post("/citizen/data/consents/", {"choice": "surveys"})
    with monday.as_tine():
        assert standing_consents(monday.joern) == {Choice.SURVEYS}
        consent = Consent.objects.get()

    joern.post(f"/citizen/data/consents/{consent.pk}/withdrawal/")

    with monday.as_tine():
        assert standing_consents(monday.joern) == set()
    assert "What you have taken back" in page_of(joern, "/citizen/data/grounds/")


def test_a_yes_in_the_case_says_who_and_what(joern: Client) -> None:
    vague = joern.post("/citizen/data/grounds/", {"choice": "obtain", "party": "Lægen"})
    joern.post(
        "/citizen/data/grounds/",
        {"choice": "obtain", "party": "Lægen", "what": "En attest om ryggen, til sagen."},
    )

    assert vague.status_code == 422
    assert "En attest om ryggen" in page_of(joern, "/citizen/data/grounds/")


def test_nobody_takes_back_another_citizens_yes(joern: Client, monday: World) -> None:
    signed_in("amalie").post("/citizen/data/consents/", {"choice": "surveys"})
    with monday.as_tine():
        consent = Consent.objects.get(citizen=monday.amalie)

    assert joern.post(f"/citizen/data/consents/{consent.pk}/withdrawal/").status_code == 404


def test_what_a_company_will_see_is_shown_before_it_is_shared(joern: Client, monday: World) -> None:
    line = cv_line(monday)
    said = {"company": "Byggefirma", "chosen": [str(line.pk)], "last_day": "2026-12-31"}

    preview = joern.post("/citizen/data/sharing/", said).content.decode()
    with monday.as_tine():
        assert not CvShare.objects.exists()
    shared = joern.post("/citizen/data/sharing/", said | {"share": "yes"}, follow=True)

    assert "This is all that Byggefirma will see" in preview
    assert "Lagermedarbejder, Nordlager, 2010–2022" in shared.content.decode()
    with monday.as_tine():
        share = CvShare.objects.get()
        assert share.until == date(2027, 1, 1)
    joern.post(f"/citizen/data/sharing/{share.pk}/end/")
    assert "This is shown no more." in page_of(joern, f"/citizen/data/sharing/{share.pk}/")


def test_an_empty_cv_has_nothing_to_share(joern: Client) -> None:
    assert "Your CV is empty here." in page_of(joern, "/citizen/data/sharing/")


def test_the_copy_for_machines_can_be_read_by_one(joern: Client, monday: World) -> None:
    answer = joern.get("/citizen/data/download/json/")

    copy = json.loads(answer.content)
    assert copy["schema"] == "velvalgt.subject-access/1"
    assert copy["records"]["people_citizen"][0]["name"] == "Jørn"
    assert "attachment" in answer.headers["Content-Disposition"]
    with monday.as_tine():
        traces = Trace.objects.filter(action=Action.EXPORT, citizen_id=monday.joern.pk)
        assert traces.get().what == "subject_access_json"


def test_the_copy_to_read_is_tagged_and_in_the_readers_language(
    joern: Client, tmp_path: object
) -> None:
    answer = joern.get("/citizen/data/download/pdf/")

    assert answer.headers["Content-Type"] == "application/pdf"
    path = f"{tmp_path}/copy.pdf"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(answer.content)
    reader = pypdf.PdfReader(path)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "Time on benefit" in "".join(page.extract_text() for page in reader.pages)


def test_what_is_kept_how_long_says_that_the_municipality_decides(joern: Client) -> None:
    page = page_of(joern, "/citizen/data/retention/")

    assert "Nothing here deletes itself because it is old." in page
    assert page.count("v-line-title") > 10


def test_looks_on_my_behalf_are_told_apart_and_my_own_are_folded(
    joern: Client, monday: World
) -> None:
    tine = signed_in("tine")
    tine.get("/caseworker/")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/", follow=True)
    page_of(joern, "/citizen/data/")

    page = page_of(joern, "/citizen/looks/")

    assert "did something for you on your pages" in page
    assert "case work" in page
    assert "You looked yourself." in page
    assert "at " in page


def test_looks_can_be_filtered_by_time(joern: Client) -> None:
    assert joern.get("/citizen/looks/?period=year").status_code == 200
    assert joern.get("/citizen/looks/?period=nonsense").status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_data_asks_the_database_few_questions(
    joern: Client,
    monday: World,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cv_line(monday)
    joern.post("/citizen/data/corrections/name/", {"should_be": "Jørgen"})
    page_of(joern, address)

    with django_assert_max_num_queries(24):
        page_of(joern, address)


def test_the_copy_asks_a_question_a_table_and_no_more(
    joern: Client, monday: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from velvalgt.apps.exchange.subject_access import citizen_records

    joern.get("/citizen/data/download/json/")

    with django_assert_max_num_queries(len(citizen_records()) + 22):
        joern.get("/citizen/data/download/json/")


def test_the_copy_holds_quiet_hours_too(joern: Client) -> None:
    joern.post(
        "/citizen/messages/channel/",
        {"channel": "page", "quiet_from": "21:00", "quiet_until": "08:00"},
    )

    copy = json.loads(joern.get("/citizen/data/download/json/").content)

    (choice,) = copy["records"]["messages_channelchoice"]
    assert (choice["quiet_from"], choice["quiet_until"]) == ("21:00:00", "08:00:00")


def test_a_job_is_told_by_its_kind(joern: Client, monday: World) -> None:
    with monday.building():
        Work.objects.create(
            tenant_id=monday.tenant.pk, citizen=monday.joern, kind="flex", hours_week=20,
            starts_on=date(2026, 9, 1), source="fasit", external_key="1",
        )  # fmt: skip

    assert "flex job, 20 hours a week" in page_of(joern, "/citizen/data/")
