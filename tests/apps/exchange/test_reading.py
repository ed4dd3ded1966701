"""Files as they come: written in several ways, damaged, or not files at all."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.apps.exchange import reading
from velvalgt.apps.exchange.files import Column
from velvalgt.apps.exchange.reading import FileRefused, open_file, read

COLUMNS = [
    Column("noegle", "external_key", is_required=True),
    Column("navn", "name", is_required=True),
]
LETTERS = st.text(st.characters(codec="cp1252", exclude_categories=["C", "Z"]), min_size=1)


def stored(folder: Path, data: bytes) -> Path:
    path = folder / "fil.csv"
    path.write_bytes(data)
    return path


def names(path: Path) -> list[str | None]:
    content = open_file(path)
    return read(content, COLUMNS, path.name).cells["name"].to_list()


@pytest.mark.parametrize(
    ("codec", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "windows-1252")],
)
def test_danish_letters_are_read_however_they_are_written(
    tmp_path: Path, codec: str, told: str
) -> None:
    path = stored(tmp_path, "Nøgle;Navn\r\n1;Åse Ærø\r\n".encode(codec))

    assert (names(path), open_file(path).encoding) == (["Åse Ærø"], told)


@settings(deadline=None)
@given(name=LETTERS, codec=st.sampled_from(["utf-8", "utf-8-sig"]))
def test_any_name_is_read_back_from_utf8(
    tmp_path_factory: pytest.TempPathFactory, name: str, codec: str
) -> None:
    quoted = name.replace('"', '""')
    path = stored(tmp_path_factory.mktemp("f"), f'noegle;navn\n1;"{quoted}"\n'.encode(codec))

    assert names(path) == [name]


@settings(deadline=None)
@given(name=st.text("abcæøåÆØÅéü§", min_size=1))
def test_a_name_of_danish_letters_is_read_back_from_windows_1252(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    # One æ, ø or å alone is no UTF-8; only such a file is told apart for certain.
    path = stored(tmp_path_factory.mktemp("f"), f"noegle;navn\n1;{name} ø.\n".encode("cp1252"))

    assert names(path) == [f"{name} ø."]


@pytest.mark.parametrize("header", ["NOEGLE;NAVN", "nøgle;navn", " noegle ; navn ", "navn;noegle"])
def test_the_header_is_read_without_regard_to_case_order_and_danish_letters(
    tmp_path: Path, header: str
) -> None:
    row = "Per;1" if header.startswith("navn") else "1;Per"

    assert names(stored(tmp_path, f"{header}\n{row}\n".encode())) == ["Per"]


def test_unknown_columns_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    text = "noegle;navn;farve;\n1;Per;rød;\n\n;;;\n2;Bo;blå;\n"

    assert names(stored(tmp_path, text.encode())) == ["Per", "Bo"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tom"),
        (b"\n  \r\n", "tom"),
        (b"noegle,navn\n1,Per\n", "semikolon"),
        (b"noegle\tnavn\n1\tPer\n", "semikolon"),
        (b"noegle;fornavn\n1;Per\n", "navn"),
        (b"noegle;navn;navn\n1;Per;Bo\n", "mere end"),
        (b"PK\x03\x04\x14\x00\x06\x00", "tekstfil"),
        ("noegle;navn\n1;Per\n".encode("utf-16"), "tekstfil"),
        (b"noegle;navn\x00\n1;Per\n", "tekstfil"),
        (b"noegle;navn\n1;\x81\x8d\n", "tekstfil"),
        (b'"noegle;navn\n1;Per\n', "navn"),
    ],
)
def test_a_file_that_cannot_be_received_is_refused_in_one_sentence_that_helps(
    tmp_path: Path, danish_texts: None, data: bytes, says: str
) -> None:
    path = stored(tmp_path, data)

    with pytest.raises(FileRefused, match=says) as refused:
        names(path)
    assert "fil.csv" in str(refused.value)


def test_a_folder_a_missing_file_and_a_pipe_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)

    for path in (tmp_path, tmp_path / "borte.csv", pipe):
        with pytest.raises(FileRefused, match=path.name):
            open_file(path)


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 10)

    with pytest.raises(FileRefused):
        open_file(stored(tmp_path, b"noegle;navn\n1;Per\n"))


def test_a_line_with_a_cell_of_a_million_letters_is_one_bad_line(tmp_path: Path) -> None:
    text = "noegle;navn\n1;" + "x" * 1_000_000 + "\n2;Bo\n"
    table = read(open_file(stored(tmp_path, text.encode())), COLUMNS, "f")

    assert table.faults.rows() == [(0, "", "bad_quotes")]
    assert table.cells.select("line", "name").rows() == [(2, None), (3, "Bo")]


def test_lines_that_do_not_fit_the_header_are_told_apart_and_the_others_kept(
    tmp_path: Path,
) -> None:
    text = 'noegle;navn\n1\n2;Bo;for meget\n"3"x;Åse\n4;Ib\n'
    table = read(open_file(stored(tmp_path, text.encode())), COLUMNS, "f")

    assert table.faults.rows() == [
        (0, "", "too_few_cells"),
        (1, "", "too_many_cells"),
        (2, "", "bad_quotes"),
    ]
    assert table.cells["name"].to_list()[-1] == "Ib"
