"""The preparation in the citizen's browser: step by step, left and taken up, skipped, printed."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world.factories import EntryFactory
from tests.world.municipality import World
from velvalgt.apps.cases.models import Answer
from velvalgt.apps.cases.questions import steps

START = "/citizen/preparation/"


def step(key: str) -> str:
    return f"{START}steps/{key}/"


def test_it_says_what_is_not_done_here_and_what_we_have_been_told(
    joern: Client, monday: World
) -> None:
    page = joern.get(START).content.decode()
    assert "https://jobnet.dk/" in page
    assert "We have not been told yet." in page
    with monday.building():
        EntryFactory(
            citizen=monday.joern, kind="registration", source="Jobnet", external_key="1",
            on="2026-11-23",
        )  # fmt: skip

    page = joern.get(START).content.decode()
    assert "We have been told: 23 November 2026." in page
    assert "Source: Jobnet" in page


def test_the_a_kasse_is_named(amalie: Client, monday: World) -> None:
    with monday.building():
        monday.amalie.a_kasse = "akademikerne"
        monday.amalie.save()

    assert "Akademikernes" in amalie.get(START).content.decode()


def test_each_page_leads_to_the_next_and_blanks_are_skipped(joern: Client, monday: World) -> None:
    answer = joern.post(step("work"), {"work_wanted": "Lager", "work_frame": "", "then": "on"})

    assert answer.headers["Location"] == step("strengths")
    with monday.as_tine():
        said = dict(Answer.objects.values_list("question", "is_skipped"))
    assert said == {"work_wanted": False, "work_frame": True}


def test_one_stops_and_goes_on_where_one_left(joern: Client) -> None:
    answer = joern.post(step("work"), {"work_wanted": "Lager", "then": "later"})
    assert answer.headers["Location"] == START

    page = joern.get(START).content.decode()
    assert "Go on: Work" in page
    page = joern.get(step("work")).content.decode()
    assert "Lager" in page
    assert 'name="work_wanted"' not in page
    assert 'name="work_frame"' in page


def test_all_of_it_may_be_skipped(joern: Client) -> None:
    for each in steps():
        joern.post(step(each.key), {"then": "on"})

    assert "You have been through it all." in joern.get(START).content.decode()


def test_how_to_meet_is_saved_and_may_be_changed(joern: Client, monday: World) -> None:
    joern.post(step("contact"), {"how": "phone", "rhythm": "monthly", "language": "so"})
    joern.post(step("contact"), {"how": "video", "wants_companion": "on"})

    with monday.as_tine():
        wish = monday.joern.contact_wishes.latest()
    assert (wish.form, wish.rhythm, wish.wants_companion) == ("video", "", True)


def test_an_answer_is_changed_and_taken_out(joern: Client) -> None:
    joern.post(step("work"), {"work_wanted": "Lager", "then": "on"})
    address = f"{START}answers/work_wanted/"
    joern.post(address, {"work_wanted": "Butik"})
    assert "Butik" in joern.get(f"{START}sheet/").content.decode()

    joern.post(address, {"work_wanted": "Butik", "how": "out"})
    asked = joern.get(f"{START}sheet/").content.decode()
    assert "Earlier answers" in asked


def test_a_cpr_number_is_refused_beside_the_field_and_kept_in_it(joern: Client) -> None:
    answer = joern.post(step("obstacles"), {"in_the_way": "Se 0101801234 om mig"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Take it out: we know who you are." in page
    assert "om mig" in page


@pytest.mark.parametrize("path", ["steps/nothing/", "answers/nothing/"])
def test_what_is_not_asked_is_not_found(joern: Client, path: str) -> None:
    assert joern.get(START + path).status_code == 404


@pytest.mark.parametrize(("path", "questions"), [("", 13), ("steps/profile/", 11), ("sheet/", 11)])
def test_a_page_asks_few_questions(
    joern: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    path: str,
    questions: int,
) -> None:
    with django_assert_max_num_queries(questions):
        joern.get(START + path)
