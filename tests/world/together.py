"""Several people do something in the same second, each on a connection of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def at_once(work: Sequence[Callable[[], Any]], refusal: type[Exception]) -> list[Any]:
    """Do all of it at the same moment; whoever is refused gives the refusal itself."""
    together = Barrier(len(work))

    def alone(each: Callable[[], Any]) -> Any:
        together.wait(timeout=30)
        try:
            return each()
        except refusal as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(alone, work))
