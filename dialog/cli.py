"""The `dialog` command: each name, where it is, and what an error looks like."""

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import click

from dialog.core.configuration import WrongSettingError
from dialog.core.errors import RefusedError, WrongInputError
from dialog.explaining import explained
from dialog.loading import to_stay
from dialog.settings_file import read_file

COMMANDS: Final = {
    "anonymise": "dialog.exports.commands:anonymise",
    "audit": "dialog.auditing.commands:audit",
    "backup": "dialog.backing_up:backup",
    "box": "dialog.ballotbox.commands:box",
    "check": "dialog.inspecting:check",
    "database": "dialog.databases.commands:database",
    "files": "dialog.documents.commands:files",
    "diary": "dialog.diary.commands:diary",
    "hierarchies": "dialog.exports.hierarchy_commands:hierarchies",
    "migrate": "dialog.operating:migrate",
    "organisation": "dialog.organisation.commands:organisation",
    "person": "dialog.people.commands:person",
    "protect": "dialog.protecting.commands:protect",
    "release": "dialog.results.commands:release",
    "restore": "dialog.backing_up:restore",
    "round": "dialog.surveys.rounds.commands:round_",
    "run": "dialog.operating:run",
    "settings": "dialog.operating:describe_settings",
    "simulate": "dialog.simulate.commands:simulate",
    "survey": "dialog.surveys.building.commands:survey",
    "trustee": "dialog.trustee.commands:trustee",
    "verify": "dialog.verifying.commands:verify",
    "worker": "dialog.worker:command",
}


class Commands(click.Group):
    """Loads a command's module only when that command is asked for: the ballot box's own commands
    must not load the staff application, and nobody waits for what is not used.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        if module not in sys.modules:
            with to_stay():
                import_module(module)
        found: click.Command = getattr(sys.modules[module], name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--settings", "files", type=click.Path(path_type=Path), multiple=True,
              help="Read settings from a file of NAME=VALUE lines; may be said again.")  # fmt: skip
def dialog(files: tuple[Path, ...]) -> None:
    """Dialog: surveys whose answers cannot be traced, and results that protect the few."""
    for path in files:
        os.environ.update(read_file(path))


def main() -> None:
    """Run the command; wrong input is a sentence on standard error and exit status 2. What the
    machine refuses (a disk, a database) is a sentence too, and exit status 1.
    """
    os.umask(0o077)  # what Dialog writes is its owner's alone, unless it says otherwise
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
    except Exception as error:
        sentence = explained(error)
        if not sentence:
            raise
        click.echo(sentence, err=True)
        sys.exit(1)
