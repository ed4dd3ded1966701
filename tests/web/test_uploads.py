"""What is sent is held in memory up to a limit; what is beyond it is counted and let go."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from velvalgt.web.uploads import MOST_BYTES, MOST_FILES


def sent(*sizes: int) -> HttpRequest:
    files = [SimpleUploadedFile(f"{n}.txt", bytes(size)) for n, size in enumerate(sizes)]
    return RequestFactory().post("/", {"files": files, "title": "Brev"})


def test_what_may_be_taken_comes_whole_and_beside_it_what_was_typed() -> None:
    request = sent(5, 70_000)

    assert [len(file.read()) for file in request.FILES.getlist("files")] == [5, 70_000]
    assert request.POST["title"] == "Brev"


def test_a_file_of_the_largest_size_is_taken_and_one_byte_more_is_not() -> None:
    whole, husk = sent(MOST_BYTES, MOST_BYTES + 1).FILES.getlist("files")

    assert (whole.size, len(whole.read())) == (MOST_BYTES, MOST_BYTES)
    assert (husk.size, len(husk.read())) == (MOST_BYTES + 1, 0)


@pytest.mark.parametrize("size", [MOST_BYTES // 2, MOST_BYTES])
def test_a_request_holds_no_more_memory_than_the_files_that_may_come(size: int) -> None:
    files = sent(*[size] * (3 * MOST_FILES)).FILES.getlist("files")

    kept = [len(file.read()) for file in files]
    assert sum(kept) <= MOST_BYTES * MOST_FILES
    assert all(held in {0, file.size} for held, file in zip(kept, files, strict=True))
    assert all(file.size > MOST_BYTES for held, file in zip(kept, files, strict=True) if not held)
