"""`dialog backup` and `dialog restore`: the staff side. The ballot box has its own commands."""

from pathlib import Path

import click
from sqlmodel import Session

from dialog.documents import folder as folders
from dialog.settings import from_environment
from dialog.storage import backup as backups
from dialog.surveys.rounds import reconciling

SIDE = "staff"
DOCUMENTS = "documents"
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Copy the staff application's database and documents to FOLDER, while it is running.

    The keys in DIALOG_KEYS are not part of it, nor is the ballot box (`dialog box backup`).
    """
    settings = from_environment()
    backups.make(
        settings.database_url,
        folder,
        side=SIDE,
        beside=lambda draft: folders.copy(settings.documents, draft / DOCUMENTS),
    )
    click.echo(
        f"The database and the documents are in {folder}. The keys in {settings.keys} are not."
    )


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--yes", is_flag=True, help="Replace what the database holds.")
def restore(folder: Path, *, yes: bool) -> None:
    """Make the staff application's database what it was in FOLDER, all of it or nothing.

    Documents are put back that are not there; those that came later stay, see `dialog files check`.

    Dialog must be stopped. Rounds that were running are paused afterwards, until it is certain
    who has had a token: `dialog round reconcile`, or "Fortsätt" on the round's page.
    """
    settings = from_environment()
    found = backups.read(folder)
    waiting: list[str] = []

    def adjust(session: Session) -> None:
        folders.copy(found.folder / DOCUMENTS, settings.documents)
        waiting.extend(
            f"{round_.id}  {round_.state:<9}  {round_.title}"
            for round_ in reconciling.after_restore(session, settings=settings)
        )

    backups.restore(
        settings.owner_url, found, side=SIDE, replace=yes, adjust=adjust, role=settings.role
    )
    click.echo(f"The database is as it was at {found.made_at}.")
    if waiting:
        click.echo("These rounds take no answers until they are reconciled:")
        click.echo("\n".join(f"  {line}" for line in waiting))
