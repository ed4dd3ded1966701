"""How a log line tells of an error: its kind and where, never its message, which may hold data."""

import logging
import traceback
from types import TracebackType


class KindAndPlace(logging.Formatter):
    """Writes an exception without its message; a database's message quotes the row that failed."""

    def formatException(  # noqa: N802 - the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trail = ei
        name = kind.__name__ if kind else "no error"
        return "".join([*traceback.format_tb(trail), name])
