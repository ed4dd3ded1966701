"""Commands that teach by example, and the bar that shows how far one is."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

Progress = Callable[[int, int], None]


class _Examples:
    """Shows examples, line by line, below a command's help."""

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, which must not be wrapped."""
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"  {example}\n")


class Taught(_Examples, click.Command):
    """A command that shows how it is used."""


class TaughtGroup(_Examples, click.Group):
    """The command of commands."""


@contextmanager
def bar(label: str, *, hidden: bool = False) -> Iterator[Progress]:
    """A progress bar, fed with how many are done of how many."""
    with click.progressbar(length=1, label=label, file=sys.stderr, hidden=hidden) as shown:

        def show(done: int, total: int) -> None:
            shown.length = max(total, 1)
            shown.update(done - shown.pos)

        yield show
        show(shown.length or 1, shown.length or 1)
