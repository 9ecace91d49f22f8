"""The `dialog` command: each group calls a feature and prints what came of it."""

import sys

import click

from dialog.core.configuration import WrongSettingError
from dialog.core.errors import RefusedError, WrongInputError
from dialog.operating import describe_settings, migrate, run
from dialog.organisation.commands import organisation
from dialog.people.commands import person
from dialog.simulate.commands import simulate
from dialog.worker import command as worker


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def dialog() -> None:
    """Dialog: surveys whose answers cannot be traced, and results that protect the few."""


for _command in (run, migrate, describe_settings, simulate, worker, person, organisation):
    dialog.add_command(_command)


def main() -> None:
    """Run the command; wrong input is a sentence on standard error and exit status 2."""
    try:
        dialog(standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except WrongInputError as wrong_input:
        click.echo(wrong_input.sentence, err=True)
        for fault in wrong_input.faults:
            click.echo(f"  {fault}", err=True)
        sys.exit(2)
    except (RefusedError, WrongSettingError) as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
