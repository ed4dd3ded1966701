"""A video meeting has a way in, shown when it is time and to each party their own."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from tests.apps.meetings.test_booking import book
from tests.world.meetings import NOW, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Meeting, VideoLink

SERVER, SECRET = "https://video.velby.example", "x" * 32
TIME = at(25, 10)


@pytest.fixture
def meeting(tine: World) -> Meeting:
    return book(tine, tine.joern, wanted=wanted(tine, Way.VIDEO))


@pytest.fixture
def server(settings: Any) -> None:
    settings.VIDEO, settings.VIDEO_APP, settings.VIDEO_SECRET = SERVER, "velvalgt", SECRET


def give(world: World, meeting: Meeting, address: str) -> VideoLink:
    return services.give_video_link(meeting=meeting, address=address, by=world.tine, at=NOW)


@pytest.mark.parametrize(
    ("minutes", "is_shown"), [(-16, False), (-15, True), (0, True), (44, True), (45, False)]
)
def test_the_way_in_is_shown_from_a_quarter_before_until_the_end(
    tine: World, meeting: Meeting, minutes: int, is_shown: bool
) -> None:
    give(tine, meeting, "https://meet.example/abc")

    video = queries.video_of(meeting, TIME + timedelta(minutes=minutes), is_staff=False)
    assert video is not None
    assert video.address == ("https://meet.example/abc" if is_shown else "")
    assert video.has_room


def test_the_newest_link_holds_and_the_same_twice_is_once(tine: World, meeting: Meeting) -> None:
    give(tine, meeting, "https://meet.example/abc")
    give(tine, meeting, " https://meet.example/new ")
    give(tine, meeting, "https://meet.example/new")

    video = queries.video_of(meeting, TIME, is_staff=True)
    assert video is not None
    assert video.address == "https://meet.example/new"
    assert VideoLink.objects.count() == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://meet.example/abc", "javascript:alert(1)", "meet.example/abc", "https://",
        "https://tine:kode@meet.example/", "https://meet.example/a b", "https://[::1/x",
        "https://meet.example/" + "a" * 500,
    ],
)  # fmt: skip
def test_what_is_no_link_by_https_is_refused(tine: World, meeting: Meeting, address: str) -> None:
    with pytest.raises(services.NoVideoLink):
        give(tine, meeting, address)
    assert not VideoLink.objects.exists()


def test_a_telephone_call_has_no_room(tine: World) -> None:
    call = book(tine, tine.joern, wanted=wanted(tine, Way.PHONE))

    assert queries.video_of(call, TIME, is_staff=True) is None
    with pytest.raises(services.NoVideoLink):
        give(tine, call, "https://meet.example/abc")


def test_without_a_server_and_a_link_there_is_no_room(tine: World, meeting: Meeting) -> None:
    video = queries.video_of(meeting, TIME, is_staff=False)

    assert video is not None
    assert (video.has_room, video.address) == (False, "")


def test_each_party_has_a_token_of_their_own_that_names_nobody_and_ends_with_the_meeting(
    tine: World, meeting: Meeting, server: None
) -> None:
    told = {}
    for is_staff in (True, False):
        video = queries.video_of(meeting, TIME, is_staff=is_staff)
        assert video is not None
        parts = urlsplit(video.address)
        (token,) = parse_qs(parts.query)["jwt"]
        options = {"verify_exp": False, "verify_nbf": False}
        claims = jwt.decode(token, SECRET, ["HS256"], audience="velvalgt", options=options)
        told[is_staff] = (parts.path, claims)

    room, staff = told[True]
    assert told[False][0] == room == f"/{staff['room']}"
    assert staff["context"] == {"user": {"moderator": True, "affiliation": "owner"}}
    assert told[False][1]["context"] == {"user": {"moderator": False, "affiliation": "member"}}
    assert staff["nbf"] == int((TIME - timedelta(minutes=15)).timestamp())
    assert staff["exp"] == int(meeting.ends_at.timestamp())
    assert "Jørn" not in str(told)
    assert "Tine" not in str(told)


def test_a_room_cannot_be_guessed_and_stays_when_the_meeting_is_moved(
    tine: World, meeting: Meeting, server: None, settings: Any
) -> None:
    def room() -> str:
        video = queries.video_of(meeting, TIME, is_staff=False)
        assert video is not None
        return urlsplit(video.address).path

    first = room()
    settings.VIDEO_SECRET = "y" * 32
    assert room() != first
    assert len(first) == 33
    assert str(meeting.uid) not in first


def test_a_pasted_link_comes_before_a_room_of_our_own(
    tine: World, meeting: Meeting, server: None
) -> None:
    give(tine, meeting, "https://meet.example/abc")

    video = queries.video_of(meeting, TIME, is_staff=True)
    assert video is not None
    assert video.address == "https://meet.example/abc"


def test_the_sandbox_gives_each_party_a_room_that_leads_nowhere(
    tine: World, meeting: Meeting, settings: Any
) -> None:
    settings.VIDEO = "recorded"

    addresses = set()
    for is_staff in (True, False):
        video = queries.video_of(meeting, TIME, is_staff=is_staff)
        assert video is not None
        addresses.add(video.address)
    assert addresses == {
        f"https://video.invalid/{meeting.uid}/{party}" for party in ("staff", "citizen")
    }


def test_the_citizen_reads_the_link_and_another_citizen_does_not(
    tine: World, meeting: Meeting
) -> None:
    give(tine, meeting, "https://meet.example/abc")

    with acting(tine.tenant.pk, tine.joern.user.pk, Purpose.OWN_CASE):
        assert VideoLink.objects.count() == 1
    with acting(tine.tenant.pk, tine.amalie.user.pk, Purpose.OWN_CASE):
        assert not VideoLink.objects.exists()
