"""The timeline: everything once, newest first, with who did it; what was wrong stays to be seen."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.apps.cases.test_documents import kept
from tests.screens.citizen.conftest import MONDAY, signed_in
from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from velvalgt.apps.cases.choices import Deed, DocumentKind, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.services import correct, give_receipt, record_interview, withdraw
from velvalgt.apps.people.models import Work
from velvalgt.screens.citizen.happenings import STATIONS
from velvalgt.screens.citizen.journal import TOLD
from velvalgt.screens.citizen.timeline import A_PAGE, Happening, Position, Topic, Window

PAGE = "/citizen/case/"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SAVEPOINT = 2
"""What the transaction of a request is within that of a test; on the site it asks nothing."""


def lines(client: Client, query: str = "") -> list[str]:
    """The lines of the timeline, each as one text."""
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == 200
    found = re.search(
        r'<ol class="v-lines v-timeline.*?</ol>', response.content.decode(), re.DOTALL
    )
    items = found[0].split("<li")[1:] if found else []
    return [plain(item.partition(">")[2]) for item in items]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def walk(client: Client, query: str = "") -> Iterator[list[str]]:
    """Each page of the timeline, by following "Older" to the end."""
    while True:
        yield lines(client, query)
        page = client.get(f"{PAGE}{query}").content.decode()
        older = re.search(r'<a href="/citizen/case/(\?[^"]*below=[^"]*)">Older', page)
        if older is None:
            return
        query = unescape(older[1])


@pytest.fixture
def eventful(monday: World) -> World:
    """Jørn's case with something from every station."""
    with monday.building():
        SpellFactory(
            citizen=monday.joern, starts_on=date(2026, 3, 2), ends_on=date(2026, 5, 1), source="kmd"
        )
        Work.objects.create(
            tenant_id=monday.tenant.pk,
            citizen=monday.joern,
            starts_on=date(2026, 5, 1),
            ends_on=date(2026, 9, 1),
            hours_week=37,
            kind="ordinary",
            source="kmd",
        )
        EntryFactory(citizen=monday.joern, on=date(2026, 10, 1), form="phone", source="kmd")
        kept(monday.joern, title="Letter about your talk", kind=DocumentKind.LETTER, by=monday.tine)
        kept(monday.joern, title="Your benefit", kind=DocumentKind.DECISION)
        give_receipt(
            citizen=monday.joern, deed=Deed.REQUEST, by=monday.joern.user, at=NOW, title="A talk"
        )
    return monday


def test_every_station_tells_what_happened_newest_first(eventful: World, joern: Client) -> None:
    told = lines(joern)

    days = [
        datetime.strptime(" ".join(line.split()[:3]), "%d %B %Y").replace(tzinfo=UTC)
        for line in told
    ]
    assert days == sorted(days, reverse=True)
    assert [" ".join(line.split()[3:]) for line in told][-6:] == [
        "You asked for help You · written here",
        "You had a talk By phone, with the municipality."
        " The municipality · from another system: kmd",
        "The last day in ordinary work From another system: kmd",
        "You began in ordinary work, 37 hours a week From another system: kmd",
        "The last day on cash benefit From another system: kmd",
        "You began on cash benefit From another system: kmd",
    ]
    page = "\n".join(told)
    assert "Letter: Letter about your talk Tine in Jobteam Nord" in page
    assert "Decision: Your benefit" in page
    assert "Receipt: asked for a talk A talk You" in page


def test_each_kind_of_entry_has_words_for_the_citizen() -> None:
    assert set(TOLD) == set(Kind)


def test_each_topic_is_told_of_by_some_station() -> None:
    assert set().union(*(topics for _, topics in STATIONS)) == set(Topic)


def test_who_wrote_an_entry_is_named_with_the_unit(eventful: World, joern: Client) -> None:
    with eventful.as_tine():
        record_interview(
            citizen=eventful.joern, on=MONDAY, form="video", today=MONDAY, by=eventful.tine, at=NOW
        )

    assert any(
        line.endswith("By video, with the municipality. Tine in Jobteam Nord · written here")
        for line in lines(joern)
    )


def test_a_corrected_entry_says_what_it_was_corrected_from(eventful: World, joern: Client) -> None:
    with eventful.as_tine():
        entry = Entry.objects.get(citizen=eventful.joern, kind=Kind.INTERVIEW)
        correct(entry=entry, by=eventful.tine, at=NOW, on=date(2026, 10, 2), form="in_person")

    told = [line for line in lines(joern) if "You had a talk" in line]
    assert told == [
        "2 October 2026 You had a talk In person, with the municipality."
        " Corrected. Before, it said: 1 October 2026, by phone, with the municipality."
        " Tine in Jobteam Nord · from another system: kmd",
        "1 October 2026 You had a talk By phone, with the municipality."
        " This was wrong. Tine corrected it on 23 November 2026."
        " The municipality · from another system: kmd",
    ]
    page = joern.get(PAGE).content.decode()
    assert page.count("<s>You had a talk</s>") == 1


def test_a_withdrawn_entry_stands_struck_through_with_who_and_when(
    eventful: World, joern: Client
) -> None:
    with eventful.as_tine():
        entry = Entry.objects.get(citizen=eventful.joern, kind=Kind.INTERVIEW)
        withdraw(entry=entry, by=eventful.tine, at=NOW)

    (told,) = [line for line in lines(joern) if "You had a talk" in line]
    assert "This was wrong. Tine took it back on 23 November 2026." in told
    assert "<s>You had a talk</s>" in joern.get(PAGE).content.decode()


def test_what_has_not_come_yet_is_not_told(monday: World, joern: Client) -> None:
    with monday.building():
        SpellFactory(
            citizen=monday.joern,
            benefit="dagpenge",
            starts_on=date(2026, 11, 2),
            ends_on=date(2026, 12, 24),
        )

    page = "\n".join(lines(joern))
    assert "You began on unemployment benefit" in page
    assert "The last day on unemployment benefit" not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?topic=document", ["Letter: Letter about"]),
        ("?topic=decision", ["Decision: Your benefit"]),
        ("?topic=deed", ["Receipt: asked for a talk"]),
        ("?topic=work", ["The last day in ordinary work", "You began in ordinary work"]),
        ("?topic=contact&last_day=2026-10-31", ["You had a talk"]),
        ("?first_day=2026-03-02&last_day=2026-03-02", ["You began on cash benefit"]),
        ("?first_day=2026-09-01&last_day=2026-09-30", []),
    ],
)
def test_the_reader_chooses_a_topic_and_a_time(
    eventful: World, joern: Client, query: str, words: list[str]
) -> None:
    told = lines(joern, query)

    assert len(told) == len(words)
    assert all(word in line for word, line in zip(words, told, strict=True))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?first_day=2026-10-02&last_day=2026-10-01", "Choose a day that is not before the first."),
        ("?first_day=9999-12-31", "Look at the year."),
        ("?last_day=0001-01-01", "Look at the year."),
        ("?first_day=yesterday", "Enter a valid date."),
        ("?topic=secrets", "Select a valid choice."),
    ],
)
def test_a_question_that_makes_no_sense_is_told_so(joern: Client, query: str, said: str) -> None:
    response = joern.get(f"{PAGE}{query}")

    assert response.status_code == 422
    assert response.content.decode().count(said) == 2


@pytest.mark.parametrize(
    "below",
    ["x", "~", "2026-11-23~journal:x", "0001-01-01T00:00:00+00:00~a:" + "0" * 32,
     "9999-12-31T23:59:59+00:00~a:" + "0" * 32, "2026-11-23T00:00:00~a:" + "0" * 32],
)  # fmt: skip
def test_a_place_in_the_list_that_is_none_begins_it_anew(
    joern: Client, eventful: World, below: str
) -> None:
    assert Position.read(below) is None
    assert lines(joern, f"?below={below}") == lines(joern)


def test_an_empty_case_says_what_comes_here(world: World) -> None:
    page = signed_in("joern").get(PAGE).content.decode()

    assert "Nothing has happened yet." in page


def test_page_by_page_everything_is_told_once_even_what_came_at_the_same_moment(
    monday: World, joern: Client
) -> None:
    with monday.building():
        for number in range(35):
            EntryFactory(citizen=monday.joern, on=date(2026, 10, 1 + number % 2))
            kept(monday.joern, title=f"File {number}", at=datetime(2026, 9, 30, 22, tzinfo=UTC))
        SpellFactory.create_batch(3, citizen=monday.joern, starts_on=date(2026, 10, 1))
        kept(monday.joern, title="In the day", at=datetime(2026, 10, 1, 12, tzinfo=UTC))

    pages = list(walk(joern))

    assert [len(page) for page in pages[:-1]] == [A_PAGE] * (len(pages) - 1)
    everything = [line for page in pages for line in page]
    assert len(everything) == 35 + 35 + 3 + 1 + 2
    assert sum("File" in line for line in everything) == 35
    assert len({line for line in everything if "File" in line}) == 35
    assert sum("You had a talk" in line for line in everything) == 35


def test_a_choice_is_kept_from_page_to_page(monday: World, joern: Client) -> None:
    with monday.building():
        EntryFactory.create_batch(25, citizen=monday.joern)
        kept(monday.joern)

    pages = list(walk(joern, "?topic=contact&first_day=2026-11-01"))

    assert [len(page) for page in pages] == [A_PAGE, 6]
    assert not any("File" in line for page in pages for line in page)


def test_others_cases_are_not_told_of(eventful: World) -> None:
    told = "\n".join(lines(signed_in("amalie")))

    assert "Letter about your talk" not in told
    assert "kmd" not in told


@pytest.mark.parametrize("entries", [1, 60])
def test_the_page_asks_few_questions_however_much_has_happened(
    eventful: World,
    joern: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    entries: int,
) -> None:
    with eventful.building():
        EntryFactory.create_batch(entries, citizen=eventful.joern)
    lines(joern)

    with django_assert_max_num_queries(16 + SAVEPOINT):
        joern.get(PAGE)


MOMENTS = st.sampled_from([NOW + timedelta(hours=number) for number in range(3)])


@given(st.lists(st.tuples(MOMENTS, st.uuids()), max_size=30, unique=True), st.integers(1, 7))
def test_windows_one_below_the_other_hold_everything_once(
    drawn: list[tuple[datetime, object]], size: int
) -> None:
    told = [Happening(topic=Topic.DEED, at=at, key=f"a:{pk}", title="") for at, pk in drawn]
    everything = sorted(told, key=lambda happening: happening.position, reverse=True)

    seen: list[Happening] = []
    below = None
    while page := [each for each in everything if Window(below=below).holds(each)][:size]:
        seen += page
        below = Position.read(str(page[-1].position))

    assert seen == everything
