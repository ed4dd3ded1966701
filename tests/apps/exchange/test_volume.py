"""The promise: 10,000 rows of which 500 are broken in ten ways; 9,500 in, and nothing twice."""

import csv
import stat
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from tests.apps.exchange.conftest import Post, Row, person
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.people.models import Citizen, FactVersion, Spell

CITIZENS = 200


def day(number: int) -> date:
    """The first day of a row's spell; each citizen's rows lie 30 days apart."""
    return date(2000, 1, 1) + timedelta(days=30 * (number // CITIZENS))


def written(on: date) -> str:
    return f"{on:%d-%m-%Y}"


def abolished(number: int) -> Row:
    """A benefit that ended on 2025-06-30, begun after."""
    first = written(date(2025, 7, 1) + timedelta(days=number // CITIZENS))
    return {"ydelse": "sho", "fra": first, "til": first}


BROKEN: dict[str, Callable[[int], Row]] = {
    "impossible_date": lambda n: {"fra": "31-02-2026"},
    "end_before_start": lambda n: {"til": written(day(n) - timedelta(days=1))},
    "unknown_word": lambda n: {"ydelse": "pension"},
    "word_not_in_force": abolished,
    "unknown_municipality": lambda n: {"kommune": "999"},
    "not_a_number": lambda n: {"grad": "1.5"},
    "out_of_range": lambda n: {"grad": "1,01"},
    "missing": lambda n: {"fra": ""},
    "unknown_citizen": lambda n: {"borger": "b9999"},
    "control_character": lambda n: {"maalgruppe": "G1\0"},
}


def everybody() -> list[Row]:
    birthdays = [date(1970, 1, 1) + timedelta(days=n) for n in range(CITIZENS)]
    numbers = [f"{born.day + 60:02}{born:%m%y}-0001" for born in birthdays]
    return [person(f"b{n}", cpr, navn=f"Borger {n}") for n, cpr in enumerate(numbers)]


def spells() -> list[Row]:
    """Rows in which every twentieth is broken, in ten ways by turns."""
    ways = list(BROKEN.values())
    broken = {n: ways[(n // 20 + n // CITIZENS) % 10](n) for n in range(10_000) if is_broken(n)}
    return [_spell(n) | broken.get(n, {}) for n in range(10_000)]


def is_broken(number: int) -> bool:
    """Every twentieth row, never of the same citizens."""
    return (number + number // CITIZENS) % 20 == 7


def _spell(number: int) -> Row:
    return {
        "noegle": f"f{number}",
        "borger": f"b{number % CITIZENS}",
        "ydelse": "dagpenge",
        "maalgruppe": "G1",
        "kommune": "099",
        "fra": written(day(number)),
        "til": f"{day(number) + timedelta(days=20):%d.%m.%Y}",
        "grad": "0,5",
    }


def test_the_good_rows_come_in_and_the_broken_are_told_with_their_reasons(post: Post) -> None:
    post.receive("people", everybody())

    result = post.receive("spells", spells())

    assert (result.accepted, result.unchanged, result.rejected) == (9_500, 0, 500)
    assert result.run.reasons == dict.fromkeys(sorted(BROKEN), 50)
    assert post.ask(Spell.objects.count) == 9_500


def test_the_rejects_file_names_line_column_and_reason_of_each(post: Post) -> None:
    post.receive("people", everybody())
    result = post.receive("spells", spells())

    assert result.rejects_path is not None
    assert stat.S_IMODE(result.rejects_path.stat().st_mode) == 0o600
    with result.rejects_path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    assert Counter(line["kode"] for line in lines) == dict.fromkeys(BROKEN, 50)
    assert [int(line["linje"]) for line in lines] == [n + 2 for n in range(10_000) if is_broken(n)]
    assert lines[0] | {"aarsag": ""} == {
        "linje": "9",
        "kolonne": "fra",
        "vaerdi": "31-02-2026",
        "aarsag": "",
        "kode": "impossible_date",
    }
    assert all(line["aarsag"] for line in lines)


def test_the_same_file_again_changes_nothing_and_leaves_no_trace(post: Post) -> None:
    def state() -> object:
        facts = sorted(FactVersion.objects.values_list("citizen_id", "number"))
        return Trace.objects.count(), facts, sorted(Spell.objects.values_list("id", "citizen_id"))

    post.receive("people", everybody())
    post.receive("spells", spells())
    before = post.ask(state)

    people, again = post.receive("people", everybody()), post.receive("spells", spells())

    assert (people.accepted, people.unchanged) == (0, CITIZENS)
    assert (again.accepted, again.unchanged, again.rejected) == (0, 9_500, 500)
    assert post.ask(state) == before


def test_what_comes_in_leaves_one_trace_a_citizen(post: Post) -> None:
    post.receive("people", everybody())
    post.receive("spells", spells())

    def traces() -> list[tuple[str, str, int]]:
        found = Trace.objects.filter(what="people_spell").values_list("action", "purpose", "count")
        return list(found)

    told = post.ask(traces)
    assert len(told) == CITIZENS
    assert sum(count for _, _, count in told) == 9_500
    assert {line[:2] for line in told} == {("insert", "import")}
    assert post.ask(Citizen.objects.count) == CITIZENS
