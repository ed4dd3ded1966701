"""All documents to keep: parts of a bounded size, names that any machine can unpack, hashes."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from tests.apps.cases.test_documents import kept
from tests.world.files import PDF, TEXT
from tests.world.municipality import World
from velvalgt.apps.cases.choices import Availability
from velvalgt.apps.cases.models import Document
from velvalgt.apps.cases.packing import CONTENTS, packed, parts_of, safe_names
from velvalgt.apps.cases.queries import Held, documents_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NAMES = st.lists(
    st.one_of(
        st.text(max_size=200),
        st.sampled_from(
            ["../../etc/passwd", "/etc/passwd", "C:\\x.pdf", "a.PDF", "A.pdf", "..", ""]
        ),
    ),
    max_size=12,
)


def of_size(size: int, minutes: int = 0, state: Availability = Availability.READY) -> Held:
    return Held(Document(size=size, added_at=NOW + timedelta(minutes=minutes)), state)


@given(NAMES)
def test_a_name_in_the_pack_is_one_plain_name_and_nothing_else(names: list[str]) -> None:
    for safe in safe_names(names):
        assert safe not in {"", ".", ".."}
        assert not safe.startswith(".")
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', safe)
        assert len(safe) <= 140
        for kind in (PurePosixPath, PureWindowsPath):
            assert kind(safe).name == safe
            assert not kind(safe).is_absolute()


@given(NAMES)
def test_no_name_is_there_twice_whatever_the_case_of_its_letters(names: list[str]) -> None:
    safe = safe_names(names)

    assert len({name.casefold() for name in safe}) == len(names)


@given(NAMES)
def test_the_names_come_back_from_the_pack_as_they_went_in(names: list[str]) -> None:
    safe = safe_names(names)
    file = BytesIO()
    with ZipFile(file, "w") as pack:
        for number, name in enumerate(safe):
            pack.writestr(name, str(number))

    with ZipFile(file) as pack:
        assert pack.namelist() == safe
        assert [pack.read(name) for name in safe] == [str(n).encode() for n in range(len(safe))]


@given(st.lists(st.integers(1, 100), max_size=30), st.integers(1, 150))
def test_each_document_is_in_one_part_and_no_part_is_too_large(sizes: list[int], most: int) -> None:
    held = [of_size(size, minutes=number) for number, size in enumerate(sizes)]

    parts = parts_of(list(reversed(held)), most)

    assert [each for part in parts for each in part] == held
    assert all(len(p) == 1 or sum(each.document.size for each in p) <= most for p in parts)


@given(st.lists(st.integers(1, 100), min_size=1, max_size=30), st.integers(1, 150))
def test_a_new_document_changes_only_the_last_part(sizes: list[int], most: int) -> None:
    held = [of_size(size, minutes=number) for number, size in enumerate(sizes)]

    before, after = parts_of(held[:-1], most), parts_of(held, most)

    assert after[: max(len(before) - 1, 0)] == before[:-1]


def test_what_may_not_be_opened_is_in_no_part() -> None:
    shut = [of_size(5, state=Availability.CHECKING), of_size(5, state=Availability.INFECTED)]

    assert parts_of(shut) == []


def test_the_pack_holds_the_documents_and_a_list_of_their_hashes(world: World) -> None:
    with world.as_tine():
        kept(world.joern, name="brev.pdf", content=PDF)
        kept(world.joern, name="BREV.pdf", content=PDF + b"2")
        kept(world.joern, name="note.txt", content=TEXT)
        shut = Held(kept(world.joern, name="farlig.txt"), Availability.INFECTED)
        held = [each for each in documents_of(world.joern) if each.document != shut.document]
        (part,) = parts_of(held)

        content = packed(part, [shut])

    with ZipFile(BytesIO(content)) as pack:
        assert pack.namelist() == [
            "2026-11-23 brev.pdf",
            "2026-11-23 BREV (2).pdf",
            "2026-11-23 note.txt",
            CONTENTS,
        ]
        lines = pack.read(CONTENTS).decode().splitlines()
        assert "farlig.txt" in lines[0]
        assert lines[0].startswith("# ")
        told = dict(reversed(line.split("  ", 1)) for line in lines[1:])
        assert told == {
            name: hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist()[:-1]
        }
