"""How CV and job log stand at Jobnet comes in by a file, and never from a guess."""

from datetime import date

import pytest

from tests.apps.exchange.conftest import Post, Row, person
from velvalgt.apps.people.models import JobnetState


def state(key: str = "j1", **more: object) -> Row:
    """The CV was changed at Jobnet on the 2nd, as the case system knew on the 20th."""
    return {"noegle": key, "borger": "b1", "om": "cv", "dato": "02-11-2026", "pr": "20-11-2026"} | (
        more
    )


@pytest.fixture
def known(post: Post) -> Post:
    """Amalie is known."""
    post.receive("people", [person()])
    return post


def test_a_state_finds_its_place(known: Post) -> None:
    assert known.receive("jobnet", [state(), state("j2", om="job_log", dato="")]).rejected == 0

    told = known.ask(lambda: list(JobnetState.objects.order_by("external_key")))
    assert [(each.about, each.updated_on, each.as_of) for each in told] == [
        ("cv", date(2026, 11, 2), date(2026, 11, 20)),
        ("job_log", None, date(2026, 11, 20)),
    ]


def test_a_later_file_changes_it_and_the_same_file_changes_nothing(known: Post) -> None:
    known.receive("jobnet", [state()])
    later = [state(dato="21-11-2026", pr="22-11-2026")]

    assert known.receive("jobnet", later).accepted == 1
    assert known.receive("jobnet", later).unchanged == 1


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("unknown_word", {"om": "profil"}),
        ("unknown_citizen", {"borger": "b9"}),
        ("after_its_day", {"dato": "21-11-2026"}),
        ("out_of_range", {"dato": "02-11-0226"}),
        ("missing", {"pr": ""}),
    ],
)
def test_a_state_that_does_not_hold_is_rejected(
    known: Post, code: str, cells: dict[str, str]
) -> None:
    result = known.receive("jobnet", [state("j2"), dict(state()) | cells])

    assert (result.accepted, result.run.reasons) == (1, {code: 1})
