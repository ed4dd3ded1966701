"""Bringing the database and the served files up to date, with a count of how far it has come."""

import io
from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


class Counted(io.StringIO):
    """Takes in what Django says, and counts the migrations that it applies."""

    def __init__(self, progress: Callable[[int, int], None], total: int) -> None:
        super().__init__()
        self.progress, self.total, self.done = progress, total, 0

    def write(self, text: str) -> int:
        """Count a line that tells of a migration done."""
        if text.strip().endswith("OK"):
            self.done += 1
            self.progress(self.done, self.total)
        return super().write(text)


def migrate(progress: Callable[[int, int], None]) -> int:
    """Apply what the database has not had yet.

    Returns:
        How many migrations were applied.
    """
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("migrate", interactive=False, stdout=Counted(progress, len(pending)))
    return len(pending)


def collect() -> None:
    """Copy all served files to one folder, with names that change when they do."""
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
