"""The `velvalgt` command: what can be asked of the law, and of an installation."""

import sys

import click

from velvalgt.cli import catalogue, duties, evidence, installation, law, meetings, plans, promises
from velvalgt.cli.teaching import TaughtGroup
from velvalgt.site.server import launcher, postgres, processes
from velvalgt.site.server.folders import Unreachable

FAILED = 1
REFUSALS = (
    Unreachable,
    postgres.ServerFailed,
    processes.AlreadyServing,
    processes.GaveUp,
    processes.PortTaken,
    launcher.StepFailed,
)
"""What can go wrong without a bug; each says itself what to do."""


def main() -> None:
    """Run the command and leave with 0 (done), 1 (failed), 2 (misused) or 130 (interrupted)."""
    try:
        code = velvalgt.main(prog_name="velvalgt", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        click.echo("Interrupted.", err=True)
        code = installation.INTERRUPTED
    except REFUSALS as error:
        click.echo(f"velvalgt: {error}", err=True)
        code = FAILED
    sys.exit(code)


@click.group(
    cls=TaughtGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    examples=[
        "VELVALGT_ENV=demo velvalgt serve               see it with made-up citizens",
        "velvalgt doctor                                see what is missing",
        "velvalgt import people FILE --tenant 099       bring in a file",
        "velvalgt law show k3_first_for_all             read a rule with source and examples",
    ],
)
@click.version_option(package_name="velvalgt")
def velvalgt() -> None:
    """Run a municipality's employment effort by need and by effect, not by calendar.

    Everything an installation keeps lies in one data folder: VELVALGT_HOME, or .velvalgt here.
    """


for command in (
    *installation.COMMANDS,
    catalogue.offers,
    meetings.meetings,
    meetings.meeting_types,
    plans.replan,
    promises.promise,
    duties.duties,
    law.law,
    evidence.evidence,
):
    velvalgt.add_command(command)
