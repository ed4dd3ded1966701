"""Files that somebody sends, held in memory alone: nothing of a case lies open on a disk."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 10 * 1024 * 1024
"""The largest file that is taken."""
MOST_FILES = 5
"""How many files are taken at once."""
TOO_LARGE = _("The file is larger than 10 MB. Make it smaller, or send it in parts.")


class Bounded(FileUploadHandler):
    """Keeps what may be taken; of the rest it counts the bytes and lets them go.

    A file that is let go is handed on empty with its size, above `MOST_BYTES`, so that the form
    can say what is wrong with it and nothing cut short passes for whole.
    """

    room = MOST_BYTES * MOST_FILES
    kept: BytesIO | None = None

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, unless the file or the request has become too large."""
        if self.kept is None:
            return
        if start + len(raw_data) > MOST_BYTES or len(raw_data) > self.room:
            self.kept = None
            return
        self.kept.write(raw_data)
        self.room -= len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand on the file, or the empty husk of one that was let go."""
        is_whole = self.kept is not None
        file = self.kept or BytesIO()
        file.seek(0)
        return InMemoryUploadedFile(
            file=file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size if is_whole else max(file_size, MOST_BYTES + 1),
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
