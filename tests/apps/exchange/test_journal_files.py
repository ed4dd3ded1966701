"""Events: written in the journal once; what changes becomes a correction that points back."""

from datetime import date, timedelta

import pytest

from tests.apps.exchange.conftest import AT, Post, Row, event, person
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.services import correct, withdraw

LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def known(post: Post) -> None:
    """One citizen."""
    post.receive("people", [person("b1", "610190-0001")])


def standing(post: Post) -> Entry:
    found = post.ask(lambda: Entry.objects.standing().get())
    assert isinstance(found, Entry)
    return found


def links(post: Post) -> int:
    """How many entries the journal holds."""
    count = post.ask(Entry.objects.count)
    assert isinstance(count, int)
    return count


def on(day: str, **more: object) -> Row:
    return event(dato=day, **more)


def test_an_event_is_written_in_the_journal_as_the_sources_word(post: Post) -> None:
    row = event(art="flag", detalje="graduate", dato="01-09-2026", til="30-09-2026", form="")

    post.receive("events", [row])

    entry = standing(post)
    assert (entry.kind, entry.detail, entry.on, entry.until) == (
        "flag", "graduate", date(2026, 9, 1), date(2026, 10, 1),
    )  # fmt: skip
    assert (entry.recorded_at, entry.recorded_by, entry.source) == (AT, None, "file")


def test_the_same_event_again_writes_nothing(post: Post) -> None:
    post.receive("events", [event()])

    result = post.receive("events", [event()])

    assert (result.accepted, result.unchanged, links(post)) == (0, 1, 1)


def test_a_changed_event_becomes_a_correction_and_the_first_stays(post: Post) -> None:
    post.receive("events", [on("01-10-2026")])

    result = post.receive("events", [on("02-10-2026")], at=LATER)

    entry = standing(post)
    assert (result.accepted, links(post)) == (1, 2)
    assert (entry.on, entry.recorded_at) == (date(2026, 10, 2), LATER)
    assert post.ask(lambda: entry.corrects.on) == date(2026, 10, 1)


def test_an_event_that_changes_again_corrects_the_correction(post: Post) -> None:
    for day in ("01-10-2026", "02-10-2026", "03-10-2026", "01-10-2026"):
        post.receive("events", [on(day)])
        post.receive("events", [on(day)])

    def chain() -> list[date]:
        entry, days = Entry.objects.standing().get(), []
        while entry:
            days.append(entry.on.day)
            entry = entry.corrects
        return days

    assert post.ask(chain) == [1, 3, 2, 1]


def test_what_was_corrected_here_stays_until_the_source_changes_its_word(post: Post) -> None:
    post.receive("events", [on("01-10-2026")])
    first = standing(post)
    post.ask(lambda: correct(entry=first, by=post.tine, at=LATER, on=date(2026, 10, 9)))

    same = post.receive("events", [on("01-10-2026")])
    assert (same.unchanged, standing(post).on) == (1, date(2026, 10, 9))

    changed = post.receive("events", [on("05-10-2026")])
    assert (changed.accepted, standing(post).on, links(post)) == (1, date(2026, 10, 5), 3)


def test_a_source_that_comes_round_to_a_correction_writes_nothing(post: Post) -> None:
    post.receive("events", [on("01-10-2026")])
    first = standing(post)
    post.ask(lambda: correct(entry=first, by=post.tine, at=LATER, on=date(2026, 10, 9)))

    result = post.receive("events", [on("09-10-2026")])

    assert (result.unchanged, links(post)) == (1, 2)


def test_what_was_withdrawn_here_stays_withdrawn_while_the_source_says_the_same(
    post: Post,
) -> None:
    post.receive("events", [event()])
    first = standing(post)
    post.ask(lambda: withdraw(entry=first, by=post.tine, at=LATER))

    result = post.receive("events", [event()])

    assert result.unchanged == 1
    assert not post.ask(lambda: Entry.objects.standing().exists())


def test_a_file_without_the_column_leaves_the_form_as_it_was_told(post: Post) -> None:
    post.receive("events", [event(form="video")])
    short = {name: cell for name, cell in event().items() if name not in {"form", "til"}}

    result = post.receive("events", [short])

    assert (result.unchanged, standing(post).form) == (1, "video")


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("unknown_word", {"art": "kaffe"}),
        ("unknown_word", {"aktoer": "nissen"}),
        ("unknown_word", {"form": "brev"}),
        ("unknown_word", {"art": "flag", "detalje": "ukendt"}),
        ("missing", {"art": "exemption", "detalje": ""}),
        ("end_before_start", {"til": "30-09-2026"}),
        ("unknown_citizen", {"borger": "b9"}),
    ],
)
def test_an_event_that_does_not_hold_is_rejected(
    post: Post, code: str, cells: dict[str, str]
) -> None:
    row = event(detalje="") | cells

    assert list(post.receive("events", [row]).run.reasons) == [code]


def test_the_same_event_under_two_keys_is_written_once(post: Post) -> None:
    result = post.receive("events", [event("h1"), event("h2")])

    assert (result.accepted, result.run.reasons) == (1, {"duplicate_row": 1})


def test_one_municipalitys_journal_never_corrects_anothers(post: Post, neighbour: Post) -> None:
    neighbour.receive("people", [person("b1", "610190-0001")])
    neighbour.receive("events", [on("01-10-2026")])
    post.receive("events", [on("01-10-2026")])

    post.receive("events", [on("02-10-2026")])

    assert standing(neighbour).on == date(2026, 10, 1)
    assert links(neighbour) == 1
