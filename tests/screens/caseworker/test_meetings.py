"""The meetings of the staff: today on the worklist, recording, booking for a citizen, my week."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.screens.caseworker.conftest import signed_in
from tests.world.factories import CaseFactory, CitizenFactory, EntryFactory
from tests.world.meetings import Office, at, build_office, wanted
from tests.world.municipality import World
from velvalgt.apps.cases.models import Entry, PlanChange
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Result, Way
from velvalgt.apps.meetings.models import AfterMissed, Cancellation, Meeting, Outcome

BOOKED_AT = at(16, 9)
FRIDAY = at(20, 10)


@pytest.fixture
def office(monday: World) -> Office:
    with monday.building():
        return build_office(monday.tenant, monday.team, monday.tine)


@pytest.fixture
def booked(monday: World, office: Office) -> Callable[..., Meeting]:
    """Book a meeting with Jørn as Tine does the week before."""

    def book(starts_at: datetime = FRIDAY, way: Way = Way.OFFICE, **more: object) -> Meeting:
        asked: dict[str, object] = {"citizen": monday.joern, "wanted": None} | more
        asked["wanted"] = asked["wanted"] or wanted(
            monday, way, "first_interview", caseworker_id=monday.tine.pk
        )
        with monday.as_tine():
            return services.book(  # type: ignore[arg-type]
                starts_at=starts_at,
                permitted=frozenset(Way),
                hand=services.Hand(monday.tine, BOOKED_AT, is_staff=True),
                **asked,
            )

    return book


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def of(monday: World, rest: str = "") -> str:
    return f"/caseworker/citizens/{monday.joern.pk}/meetings/{rest}"


def outcomes(monday: World) -> list[Outcome]:
    with monday.as_tine():
        return list(Outcome.objects.select_related("entry").order_by("said_at", "pk"))


def test_a_meeting_of_which_nobody_said_a_word_stands_on_the_worklist(
    tine: Client, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()

    page = text(tine, "/caseworker/")

    assert "Say what came of it" in page
    assert f"/caseworker/meetings/{meeting.uid}/outcome/" in page


def test_held_is_one_click_and_can_be_taken_back(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()

    address = f"/caseworker/meetings/{meeting.uid}/outcome/"
    page = tine.post(address, {"result": "held", "way": "office"}, follow=True).content.decode()
    said = outcomes(monday)

    assert [(each.result, each.entry and each.entry.form) for each in said] == [
        ("held", "in_person")
    ]
    assert "Recorded: the meeting with Jørn" in page
    assert "Say what came of it" not in page
    back = tine.post(f"/caseworker/outcomes/{said[0].pk}/withdrawal/", follow=True)
    assert "Say what came of it" in back.content.decode()


def test_a_second_click_writes_nothing(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()

    for _ in range(2):
        tine.post(
            f"/caseworker/meetings/{meeting.uid}/outcome/", {"result": "held", "way": "office"}
        )

    assert len(outcomes(monday)) == 1


def test_an_interview_taken_back_in_the_journal_waits_for_a_word_again(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    tine.post(f"/caseworker/meetings/{meeting.uid}/outcome/", {"result": "held", "way": "office"})
    entry = outcomes(monday)[0].entry
    assert entry is not None

    tine.post(f"/caseworker/entries/{entry.pk}/withdrawal/", {"page": "worklist"})

    assert "Say what came of it" in text(tine, "/caseworker/")


WRITTEN = {
    "result": "held",
    "way": "phone",
    "agreed": "Jørn ser på lagre i Velby.",
    "step": "Skriv til to steder",
    "owner": "citizen",
    "due_on": "2026-12-07",
    "new_goal": "Job på et lager",
}


def test_a_meeting_is_written_up_in_one_form_with_the_plan_and_the_next_meeting(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    address = f"/caseworker/meetings/{meeting.uid}/outcome/"
    offered = tine.get(address).context["form"]["following"].field.choices[1][0]

    answer = tine.post(address, {**WRITTEN, "following": offered})

    assert answer.status_code == 302
    with monday.as_tine():
        assert [e.form for e in Entry.objects.filter(kind="interview", citizen=monday.joern)] == [
            "phone"
        ]
        assert PlanChange.objects.filter(words="Job på et lager").exists()
        following = Meeting.objects.standing().get(starts_at__gt=at(23, 23))
    assert following.type == "interview"
    assert "Jørn ser på lagre i Velby." in text(
        tine, f"/caseworker/citizens/{monday.joern.pk}/plan/"
    )


def test_the_citizen_reads_what_was_agreed_on_the_plan(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    tine.post(f"/caseworker/meetings/{meeting.uid}/outcome/", WRITTEN)

    assert "Jørn ser på lagre i Velby." in text(signed_in("joern"), "/citizen/plan/")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"result": ""}, "result"),
        ({"result": "missed"}, "result"),
        ({"new_goal": ""}, "new_goal"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "2026-11-22"}, "due_on"),
        ({"agreed": "Ring til 010190-1234"}, "agreed"),
        ({"following": "en dag"}, "following"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    tine: Client, monday: World, booked: Callable[..., Meeting], wrong: dict[str, str], field: str
) -> None:
    meeting = booked()

    answer = tine.post(f"/caseworker/meetings/{meeting.uid}/outcome/", WRITTEN | wrong)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Skriv til to steder" in answer.content.decode()
    assert outcomes(monday) == []


def test_a_next_time_that_was_just_taken_leaves_everything_unwritten_and_offers_others(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    start = at(7, 10, month=12)
    booked(start, citizen=monday.amalie, wanted=wanted(monday, caseworker_id=monday.tine.pk))

    answer = tine.post(
        f"/caseworker/meetings/{meeting.uid}/outcome/",
        {**WRITTEN, "following": f"{start.isoformat()}/{monday.tine.pk}"},
    )

    assert answer.status_code == 409
    assert len(answer.context["form"]["following"].field.choices) == 5
    assert "Skriv til to steder" in answer.content.decode()
    assert outcomes(monday) == []


def test_a_meeting_by_video_has_its_way_in_and_one_of_several_its_own_page(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    video = booked(at(25, 10), Way.VIDEO)
    with monday.as_tine():
        several = services.convene(
            citizen=monday.joern,
            wanted=wanted(monday, Way.OFFICE, "team_conference", caseworker_id=monday.tine.pk),
            starts_at=at(30, 10),
            hand=services.Hand(monday.tine, BOOKED_AT, is_staff=True),
        )
    here = f"/caseworker/citizens/{monday.joern.pk}/meetings/"

    assert "has no video room yet" in text(tine, f"{here}{video.uid}/")
    page = text(tine, f"{here}{several.uid}/")
    assert f"/caseworker/conferences/{several.uid}/" in page
    assert "Move it or change how" not in page


def test_the_citizen_may_choose_the_next_time_and_a_refusal_stands_beside_it(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    first, second = booked(), booked(at(20, 13))
    said = {**WRITTEN, "following": "invite"}

    assert tine.post(f"/caseworker/meetings/{first.uid}/outcome/", said).status_code == 302
    assert "Invitations" in text(tine, f"/caseworker/citizens/{monday.joern.pk}/invitations/")
    answer = tine.post(f"/caseworker/meetings/{second.uid}/outcome/", said | {"step": ""})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["following"]
    assert [each.meeting_id for each in outcomes(monday)] == [first.pk]


def test_who_did_not_come_is_recorded_without_an_interview(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()

    tine.post(f"/caseworker/meetings/{meeting.uid}/outcome/", {"result": "missed", "way": "office"})

    assert [(each.result, each.entry) for each in outcomes(monday)] == [(Result.MISSED, None)]


def test_a_meeting_to_come_has_no_outcome_yet(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    address = f"/caseworker/meetings/{booked(at(25, 10)).uid}/outcome/"

    assert "has not begun" in text(tine, address)
    assert tine.post(address, WRITTEN).status_code == 422
    assert outcomes(monday) == []


def test_a_first_interview_is_offered_in_the_ways_that_the_law_allows(
    tine: Client, monday: World, office: Office
) -> None:
    answer = tine.get(of(monday, "times/"))

    form = answer.context["form"]
    assert form["type"].value() == "first_interview"
    assert [value for value, _label in form.fields["way"].choices] == ["office", "home"]


def test_staff_book_a_time_with_themselves_or_anybody(
    tine: Client, monday: World, office: Office
) -> None:
    asked = {"type": "first_interview", "way": "office", "starts_at": at(24, 9).isoformat()}

    for who in (str(monday.tine.pk), ""):
        answer = tine.post(of(monday, "times/"), {**asked, "who": who})
        assert answer.status_code == 302

    with monday.as_tine():
        meeting = Meeting.objects.standing().get()
    assert (meeting.starts_at, meeting.booked_by_id) == (at(24, 9), monday.tine.pk)


def test_a_way_that_the_law_does_not_allow_is_not_booked(
    tine: Client, monday: World, office: Office
) -> None:
    asked = {"type": "first_interview", "way": "phone", "starts_at": at(24, 9).isoformat()}

    tine.post(of(monday, "times/"), {**asked, "who": str(monday.tine.pk)})

    with monday.as_tine():
        assert not Meeting.objects.filter(way="phone").exists()


def test_who_comes_second_is_told_so_with_the_nearest_times(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    booked(at(24, 10), citizen=monday.amalie)

    answer = tine.post(
        of(monday, "times/"),
        {
            "type": "first_interview",
            "way": "office",
            "who": str(monday.tine.pk),
            "starts_at": at(24, 10).isoformat(),
        },
    )

    assert answer.status_code == 409
    assert "just taken" in answer.content.decode()
    assert len(answer.context["nearest"]) == 3


def test_a_meeting_is_moved_and_how_it_came_so_is_told(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked(at(25, 10))

    answer = tine.post(
        of(monday, f"{meeting.uid}/times/"),
        {"type": meeting.type, "way": "office", "who": "", "starts_at": at(26, 11).isoformat()},
        follow=True,
    )

    page = answer.content.decode().replace("</time>", "")
    assert "Thursday 26 November 2026, 11:00" in page
    assert page.index("moved") < page.rindex("Wednesday 25 November 2026")


def test_a_meeting_is_called_off_with_a_reason(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    address = of(monday, f"{booked(at(25, 10)).uid}/cancellation/")

    assert tine.post(address).status_code == 422
    page = tine.post(address, {"why": "ill"}, follow=True).content.decode()

    assert "Called off on 23 November 2026: the citizen is ill" in page
    with monday.as_tine():
        assert Cancellation.objects.get().why == "ill"


def test_what_is_not_visible_is_not_found(tine: Client, monday: World, office: Office) -> None:
    with monday.building():
        meeting = services.book(
            citizen=monday.elsewhere,
            wanted=wanted(monday),
            starts_at=FRIDAY,
            permitted=frozenset(Way),
            hand=services.Hand(None, BOOKED_AT, is_staff=True),
        )

    elsewhere = f"/caseworker/citizens/{monday.elsewhere.pk}/meetings/"
    for path in (
        elsewhere,
        f"{elsewhere}times/",
        f"{elsewhere}{meeting.uid}/",
        f"/caseworker/meetings/{meeting.uid}/outcome/",
    ):
        assert tine.get(path).status_code == 404
    assert "Sydpå" not in text(tine, "/caseworker/meetings/?scope=unit")


def test_my_week_shows_mine_and_the_units_shows_everybodys(
    tine: Client, monday: World, office: Office, booked: Callable[..., Meeting]
) -> None:
    booked(at(25, 10))
    booked(at(26, 10), citizen=monday.amalie, wanted=wanted(monday, caseworker_id=office.hans.pk))

    mine, units = (text(tine, f"/caseworker/meetings/?scope={scope}") for scope in ("mine", "unit"))

    assert "Jørn" in mine
    assert "Amalie" not in mine
    assert "Amalie" in units
    assert "Hans" in units


@pytest.mark.parametrize(
    "path",
    [
        "/caseworker/",
        "/caseworker/?scope=unit",
        "/caseworker/meetings/",
        "{joern}",
        "{joern}times/",
    ],
)
def test_a_page_asks_as_often_with_many_meetings_as_with_one(
    tine: Client, monday: World, booked: Callable[..., Meeting], path: str
) -> None:
    address = path.format(joern=of(monday))

    def asked() -> int:
        text(tine, address)  # the first to look has the duties reckoned
        with CaptureQueriesContext(connection) as queries:
            text(tine, address)
        return len(queries)

    booked()
    booked(at(25, 10))
    few = asked()
    with monday.building():
        others = CitizenFactory.create_batch(4, tenant=monday.tenant)
        for citizen in others:
            CaseFactory(citizen=citizen, unit=monday.team, caseworker=monday.tine)
    for day, citizen in zip((17, 18, 24, 26), others, strict=True):
        booked(at(day, 13), citizen=citizen)
        booked(at(day, 10))

    assert asked() == few


def test_the_next_meeting_stands_on_the_citizens_page(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    page = f"/caseworker/citizens/{monday.joern.pk}/"
    assert "No meeting is agreed." in text(tine, page)

    booked(at(25, 10))

    assert "Wednesday 25 November 2026, 10:00" in text(tine, page).replace("</time>", "")


def test_the_page_for_booking_says_beforehand_that_the_law_asks_for_no_talk_now(
    tine: Client, monday: World, office: Office
) -> None:
    remark = "The law does not ask the citizen for this talk now"
    assert remark not in text(tine, of(monday, "times/"))
    with monday.building():
        EntryFactory(citizen=monday.joern, kind="sick_report", on=at(20, 9).date(), form="")

    page = text(tine, of(monday, "times/"))

    assert remark in page
    assert "The citizen is reported sick." in page
    assert "starts_at" in page, "the citizen may wish for it"


def test_who_noted_somebody_wrongly_reads_that_it_was_handed_over(
    tine: Client, monday: World, booked: Callable[..., Meeting]
) -> None:
    meeting = booked()
    address = f"/caseworker/meetings/{meeting.uid}/outcome/"
    tine.post(address, {"result": "missed", "way": "office"})
    with monday.as_tine():
        AfterMissed.objects.create(
            tenant_id=meeting.tenant_id,
            citizen=monday.joern,
            meeting=meeting,
            step="handed_over",
            words="Jørn kom ikke.",
            done_by=monday.tine,
            done_at=at(21, 9),
        )

    page = tine.post(address, {"result": "held", "way": "office"}, follow=True).content.decode()

    assert "You have told those who decide about the benefit" in page
    assert "Tell them now: held." in page
