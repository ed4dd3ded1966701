"""Files about the labour market: about nobody, whole lists, good rows kept and bad ones told."""

from datetime import UTC, date, datetime

import pytest

from tests.apps.exchange.conftest import Post, Row
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.companies.models import Balance, Vacancy

LATER = datetime(2026, 11, 22, 8, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def balance(occupation: str = "svejser", **more: object) -> Row:
    """A welder is in short supply in the north."""
    usual = {"titel": "Svejser", "omraade": "Nordjylland", "balance": "shortage"}
    return {"stilling": occupation, **usual, "pr": "01-07-2026", **more}


def vacancy(key: str = "s1", **more: object) -> Row:
    """Somebody looks for a welder."""
    return {
        "noegle": key,
        "titel": "Svejser til værksted",
        "stilling": "svejser",
        "arbejdsgiver": "Velby Smed",
        "postnr": "0099",
        "by": "Velby",
        "breddegrad": "57,048200",
        "laengdegrad": "9,918700",
        "timer_uge": "37,0",
        "frist": "07-12-2026",
        "link": "https://example.org/stilling/1",
        **more,
    }


def shown(post: Post) -> set[str]:
    """The keys of the vacancies that can be applied for."""
    found = post.ask(
        lambda: set(Vacancy.objects.open(TODAY).values_list("external_key", flat=True))
    )
    assert isinstance(found, set)
    return found


def test_a_balance_finds_its_place(post: Post) -> None:
    result = post.receive("balances", [balance()], source="star")

    assert (result.accepted, result.rejected) == (1, 0)
    kept = post.ask(Balance.objects.get)
    assert (kept.occupation, kept.title, kept.area) == ("svejser", "Svejser", "Nordjylland")
    assert (kept.category, kept.as_of, kept.source) == ("shortage", date(2026, 7, 1), "star")


def test_a_later_word_on_the_same_day_puts_the_former_right(post: Post) -> None:
    post.receive("balances", [balance()])

    result = post.receive("balances", [balance(balance="good"), balance(pr="01-01-2026")])

    assert (result.accepted, result.unchanged) == (2, 0)
    known = post.ask(lambda: list(Balance.objects.order_by("as_of").values_list("category")))
    assert known == [("shortage",), ("good",)]


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("missing", {"titel": ""}),
        ("unknown_word", {"balance": "extensive_shortage"}),
        ("impossible_date", {"pr": "31-02-2026"}),
        ("out_of_range", {"pr": "01-07-0202"}),
        ("formula", {"titel": "=1+1"}),
        ("too_long", {"omraade": "x" * 61}),
    ],
)
def test_a_balance_that_does_not_hold_is_rejected(
    post: Post, code: str, cells: dict[str, str]
) -> None:
    result = post.receive("balances", [balance("maler"), dict(balance()) | cells])

    assert (result.accepted, result.rejected) == (1, 1)
    assert result.run.reasons == {code: 1}


def test_a_file_holds_one_area_and_one_word_a_title_and_day(post: Post) -> None:
    rows = [balance(), balance("maler", omraade="Fyn"), balance(balance="good")]

    result = post.receive("balances", rows)

    assert result.run.reasons == {"another_area": 1, "duplicate_key": 1}
    assert post.ask(Balance.objects.get).category == "shortage"


def test_a_vacancy_finds_its_place(post: Post) -> None:
    assert post.receive("vacancies", [vacancy()]).rejected == 0

    kept = post.ask(Vacancy.objects.get)
    assert (kept.title, kept.employer, kept.occupation) == (
        "Svejser til værksted",
        "Velby Smed",
        "svejser",
    )
    assert (kept.latitude, kept.longitude, float(kept.hours_week)) == (57.0482, 9.9187, 37.0)
    assert (kept.apply_by, kept.url) == (date(2026, 12, 7), "https://example.org/stilling/1")


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("missing", {"arbejdsgiver": ""}),
        ("bad_link", {"link": "http://example.org/1"}),
        ("bad_link", {"link": "javascript:alert(1)"}),
        ("bad_link", {"link": "https://jobnet.dk@evil.example/"}),
        ("place_incomplete", {"laengdegrad": ""}),
        ("out_of_range", {"breddegrad": "9,9187", "laengdegrad": "9,9187"}),
        ("out_of_range", {"timer_uge": "200"}),
        ("out_of_range", {"timer_uge": "-1"}),
        ("not_a_number", {"timer_uge": "37.5"}),
        ("impossible_date", {"frist": "snarest"}),
        ("control_character", {"titel": "Svejser\x07"}),
        ("formula", {"arbejdsgiver": "@SUM(1)"}),
    ],
)
def test_a_vacancy_that_does_not_hold_is_rejected_and_the_good_ones_are_kept(
    post: Post, code: str, cells: dict[str, str]
) -> None:
    result = post.receive("vacancies", [vacancy("s1"), dict(vacancy("s2")) | cells])

    assert result.run.reasons == {code: 1}
    assert shown(post) == {"s1"}
    assert result.rejects_path is not None
    assert result.rejects_path.read_text("utf-8-sig").splitlines()[1].startswith("3;")


@pytest.mark.parametrize(("kind", "row"), [("balances", balance()), ("vacancies", vacancy())])
def test_the_same_file_twice_changes_nothing(post: Post, kind: str, row: Row) -> None:
    model = {"balances": Balance, "vacancies": Vacancy}[kind]
    post.receive(kind, [row])
    before = post.ask(lambda: list(model.objects.values()))

    again = post.receive(kind, [row], at=LATER)

    assert (again.accepted, again.unchanged, again.rejected) == (0, 1, 0)
    assert post.ask(lambda: list(model.objects.values())) == before


def test_a_vacancy_that_its_source_lists_no_more_is_not_shown(post: Post) -> None:
    post.receive("vacancies", [vacancy("s1"), vacancy("s2")], source="jobs")
    post.receive("vacancies", [vacancy("t1")], source="kommunen")

    post.receive("vacancies", [vacancy("s2")], source="jobs", at=LATER)

    assert shown(post) == {"s2", "t1"}


def test_a_vacancy_that_comes_back_is_shown_again(post: Post) -> None:
    for rows in ([vacancy("s1"), vacancy("s2")], [vacancy("s2")], [vacancy("s1"), vacancy("s2")]):
        post.receive("vacancies", rows)

    assert shown(post) == {"s1", "s2"}


def test_a_row_that_is_rejected_takes_nothing_away(post: Post) -> None:
    post.receive("vacancies", [vacancy("s1")])

    post.receive("vacancies", [vacancy("s1", link="http://example.org")], at=LATER)

    assert shown(post) == {"s1"}


def test_a_vacancy_is_shown_to_its_last_day_and_not_after(post: Post) -> None:
    rows = [
        vacancy("last", frist="23-11-2026"),
        vacancy("over", frist="22-11-2026"),
        vacancy("open", frist=""),
    ]

    post.receive("vacancies", rows)

    assert shown(post) == {"last", "open"}


def test_the_columns_that_may_be_left_out_may_be_left_out(post: Post) -> None:
    short = {"noegle", "titel", "arbejdsgiver", "postnr", "by", "link"}

    result = post.receive("vacancies", [{k: v for k, v in vacancy().items() if k in short}])

    assert (result.accepted, shown(post)) == (1, {"s1"})


def test_a_place_with_one_number_alone_is_no_place(post: Post) -> None:
    row = {name: cell for name, cell in vacancy().items() if name != "laengdegrad"}

    assert post.receive("vacancies", [row]).run.reasons == {"place_incomplete": 1}


def test_what_is_about_nobody_leaves_nobody_a_line_in_the_log(post: Post) -> None:
    before = post.ask(Trace.objects.count)

    post.receive("vacancies", [vacancy()])
    post.receive("balances", [balance()])

    assert post.ask(Trace.objects.count) == before


def test_one_municipalitys_list_takes_nothing_from_anothers(post: Post, neighbour: Post) -> None:
    neighbour.receive("vacancies", [vacancy("s1"), vacancy("s2")])

    post.receive("vacancies", [vacancy("s9")])

    assert shown(neighbour) == {"s1", "s2"}
