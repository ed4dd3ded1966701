"""Further languages: found by their catalogues, named by themselves."""

from pathlib import Path

import pytest

from velvalgt.site import languages
from velvalgt.site.server import assets


def catalogue(home: Path, code: str) -> Path:
    path = languages.folder(home) / code / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    return path


def test_danish_and_english_are_there_without_anything(tmp_path: Path) -> None:
    assert languages.found(tmp_path) == [("da", "Dansk"), ("en", "English")]


def test_a_catalogue_is_offered_by_the_languages_own_name(tmp_path: Path) -> None:
    catalogue(tmp_path, "ar")
    catalogue(tmp_path, "pl")

    assert languages.found(tmp_path)[2:] == [("ar", "العربية"), ("pl", "Polski")]


@pytest.mark.parametrize("folder", ["qqq", "..", "da_!"])
def test_a_folder_that_names_no_language_is_passed_over(tmp_path: Path, folder: str) -> None:
    (languages.folder(tmp_path) / folder / "LC_MESSAGES").mkdir(parents=True)
    (languages.folder(tmp_path) / folder / "LC_MESSAGES" / "django.po").write_text("")

    assert len(languages.found(tmp_path)) == 2


def test_further_catalogues_are_compiled_at_the_start(tmp_path: Path) -> None:
    path = catalogue(tmp_path, "ar")

    assets.compile_texts(more=languages.folder(tmp_path))

    assert path.with_suffix(".mo").exists()
