"""Suggestions on the caseworker's pages: answered in one click, or with a small form."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.screens.caseworker.conftest import signed_in
from tests.world.factories import EntryFactory
from tests.world.municipality import World
from tests.world.offers import some_citizens
from tests.world.priorities import a_run, a_suggestion, a_turn, suggested_for_joern
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.priorities.choices import Mode, Reply
from velvalgt.apps.priorities.models import OwnNo, Suggestion, SuggestionAnswer


@pytest.fixture
def suggested(monday: World) -> Suggestion:
    """What the plan that holds suggests for Jørn."""
    return suggested_for_joern(monday)


def address(suggested: Suggestion, rest: str = "") -> str:
    return f"/caseworker/citizens/{suggested.citizen_id}/suggestion/{rest}"


def answer_of(world: World) -> SuggestionAnswer:
    with world.as_tine():
        return SuggestionAnswer.objects.latest("answered_at")


def test_yes_is_one_click_and_leads_back_with_what_was_chosen(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    sent = {"suggestion": suggested.pk, "page": "worklist"}
    page = tine.post(f"{address(suggested, 'acceptance/')}?scope=unit", sent, follow=True)

    assert page.redirect_chain[0][0].startswith("/caseworker/?scope=unit&answer=")
    assert "Chosen for Jørn: mentor" in page.content.decode()
    assert answer_of(monday).reply == Reply.ACCEPTED


def test_yes_is_answered_in_place_where_the_list_stands_and_nowhere_else(
    tine: Client, suggested: Suggestion
) -> None:
    in_place = f'hx-post="{address(suggested, "acceptance/")}'

    assert in_place in tine.get("/caseworker/").content.decode()
    assert in_place in tine.get(f"/caseworker/citizens/{suggested.citizen_id}/").content.decode()
    assert in_place not in tine.get(address(suggested)).content.decode()
    assert in_place not in tine.get("/caseworker/suggestions/").content.decode()


def test_a_plan_that_has_changed_meanwhile_is_shown_and_nothing_is_answered(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    with monday.building():
        a_suggestion(a_run(monday.tenant), monday.joern, effort="placement")

    sent = {"suggestion": suggested.pk, "page": "citizen"}
    page = tine.post(address(suggested, "acceptance/"), sent)

    assert page.status_code == 422
    assert "A newer plan says something else" in page.content.decode()
    assert "company placement" in page.content.decode()


def test_something_else_is_chosen_of_what_is_open_to_the_citizen(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    form = tine.get(address(suggested, "other/?page=citizen")).content.decode()
    assert 'value="guidance"' in form
    assert 'value="mentor"' not in form
    assert 'value="graded_return"' not in form

    sent = {"suggestion": suggested.pk, "choice": "guidance", "because": "tried_before"}
    tine.post(address(suggested, "other/"), sent)

    assert answer_of(monday).effort == "guidance"


def test_later_needs_a_day_to_come_and_loses_nothing_typed(
    tine: Client, suggested: Suggestion
) -> None:
    sent = {
        "suggestion": suggested.pk,
        "until": "2026-11-23",
        "because": "not_now",
        "words": "Vi taler først",
    }
    page = tine.post(address(suggested, "later/"), sent)

    assert page.status_code == 422
    assert "Choose a day after today." in page.content.decode()
    assert "Vi taler først" in page.content.decode()


def test_the_page_tells_what_it_rests_on(tine: Client, suggested: Suggestion) -> None:
    page = tine.get(address(suggested)).content.decode()

    assert "+3 weeks in work over two years" in page
    assert "0 weeks: this is what the studies compare with." in page
    assert "Turned on by Mette, until 30 June 2027" in page
    assert "First interview" in page or "interview" in page.split("The law asks anyway")[1]
    assert "law-1" in page


def test_who_objects_to_profiling_has_no_suggestion_and_the_page_says_so(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    with monday.building():
        EntryFactory(
            citizen=monday.joern, kind="objection", detail="profiling", actor="citizen", form=""
        )

    for path in (address(suggested), f"/caseworker/citizens/{monday.joern.pk}/"):
        page = tine.get(path).content.decode()
        assert "None: the citizen has said no to profiling." in page
        assert "weeks in work" not in page
    assert "weeks in work" not in tine.get("/caseworker/").content.decode()


def test_in_plain_mode_there_is_the_order_of_work_and_no_gain(tine: Client, monday: World) -> None:
    with monday.building():
        a_turn(a_run(monday.tenant, mode=Mode.PLAIN), monday.joern, 1)

    page = tine.get("/caseworker/").content.decode()

    assert "Whose turn it is" in page
    assert "the law is overdue" in page
    assert "weeks in work" not in page


def test_a_no_on_the_citizens_word_is_written_and_taken_back(tine: Client, monday: World) -> None:
    path = f"/caseworker/citizens/{monday.joern.pk}/own-nos/"
    tine.post(path, {"choice": "mentor", "words": "Jeg vil hellere selv"})
    page = tine.get(path).content.decode()
    assert "Jeg vil hellere selv" in page

    with monday.as_tine():
        own_no = OwnNo.objects.get()
        assert own_no.side == Side.MUNICIPALITY
    tine.post(f"{path}{own_no.pk}/end/")

    assert "Nothing has been said." in tine.get(path).content.decode()


def test_a_citizens_no_is_said_on_the_form(tine: Client, suggested: Suggestion) -> None:
    path = f"/caseworker/citizens/{suggested.citizen_id}/own-nos/"
    tine.post(path, {"choice": "mentor"})

    sent = {"suggestion": suggested.pk, "page": "citizen"}
    page = tine.post(address(suggested, "acceptance/"), sent)

    assert page.status_code == 422
    assert "only the citizen takes a no back" in page.content.decode()


def test_somebody_elses_citizen_is_not_found(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    sent = {"suggestion": suggested.pk}
    path = f"/caseworker/citizens/{monday.amalie.pk}/suggestion/acceptance/"

    assert tine.post(path, sent).status_code == 404
    assert tine.post(address(suggested, "acceptance/"), {"suggestion": "x"}).status_code == 404
    elsewhere = f"/caseworker/citizens/{monday.elsewhere.pk}/suggestion/"
    assert tine.get(elsewhere).status_code == 404


def test_the_need_is_assessed_beside_the_citizens_answers(tine: Client, monday: World) -> None:
    path = f"/caseworker/citizens/{monday.joern.pk}/profile/"
    unsure = tine.post(f"{path}assessments/", {"assessment": "Skal have et team"})
    assert unsure.status_code == 422
    assert "Skal have et team" in unsure.content.decode()

    tine.post(f"{path}assessments/", {"level": "far", "assessment": "Skal have et team"})

    assert "Far from work" in tine.get(path).content.decode()
    read = signed_in("joern").get("/citizen/data/need/").content.decode()
    assert "Far from work" in read
    assert "Skal have et team" in read
    assert "Written by Tine" in read


def questions_of(client: Client, path: str) -> tuple[int, int]:
    """How many questions a page asks, and how many reasons it gives; the second time it is seen."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(path).content.decode()
    return len(asked), page.count("Because:")


@pytest.mark.parametrize(("path", "shown"), [("/caseworker/", 5), ("/caseworker/suggestions/", 25)])
def test_a_page_asks_no_more_with_25_suggestions_than_with_one(
    tine: Client, monday: World, suggested: Suggestion, path: str, shown: int
) -> None:
    with_one = questions_of(tine, path)
    for place, citizen in enumerate(some_citizens(monday, 24)):
        with monday.building():
            a_suggestion(suggested.run, citizen)
            a_turn(suggested.run, citizen, place + 1)

    assert with_one[1] == 1
    assert questions_of(tine, path) == (with_one[0], shown)


def test_more_than_a_page_is_gone_through_without_loss(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    for citizen in some_citizens(monday, 25):
        with monday.building():
            a_suggestion(suggested.run, citizen)

    first = tine.get("/caseworker/suggestions/").content.decode()
    rest = first.split("after=")[1].split('"')[0]
    second = tine.get(f"/caseworker/suggestions/?after={rest}").content.decode()

    assert (first.count("Because:"), second.count("Because:")) == (25, 1)


def test_the_ground_says_who_why_and_until_when(tine: Client, suggested: Suggestion) -> None:
    page = tine.get("/caseworker/profiling-ground/").content.decode()

    assert "Konsekvensanalyse 12/2026" in page
    assert "From 1 November 2026 until 30 June 2027" in page


def test_a_second_click_on_yes_answers_once(
    tine: Client, monday: World, suggested: Suggestion
) -> None:
    sent = {"suggestion": suggested.pk, "page": "worklist"}
    for _click in range(2):
        tine.post(address(suggested, "acceptance/"), sent)

    with monday.as_tine():
        assert SuggestionAnswer.objects.count() == 1
