"""`dialog box …`: what the operator of the ballot box runs."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from dialog.ballotbox.announcements import Announcements
from dialog.ballotbox.application import side
from dialog.ballotbox.handing_over import hand_over_due
from dialog.ballotbox.models import BoxRow
from dialog.ballotbox.settings import BoxSettings, from_environment
from dialog.storage import backup as backups
from dialog.storage import inspecting
from dialog.storage.clock import now
from dialog.storage.engine import make_engine
from dialog.storage.inspecting import Finding
from dialog.storage.private import require_private

FOLDER = click.Path(path_type=Path, file_okay=False)
# Whoever knows one of these could read who answers, or sign tokens.
STAFF_ALONE = ("DIALOG_DATABASE_URL", "DIALOG_MIGRATE_URL", "DIALOG_KEYS", "DIALOG_SMTP_URL")
EVERY = 2.0  # seconds between looks at the exchange folder


@click.group()
def box() -> None:
    """The ballot box: its database and what it hands over."""


@box.command("migrate")
def migrate() -> None:
    """Bring the ballot box's database up to date. Doing it again changes nothing."""
    from dialog.storage.migrating import upgrade  # noqa: PLC0415 - alembic is slow to load

    settings = from_environment()
    upgrade("ballotbox", settings.owner_url, role=settings.role)
    click.echo("The ballot box's database is up to date.")


@box.command("backup")
@click.argument("folder", type=FOLDER)
def backup(folder: Path) -> None:
    """Copy the ballot box's database to FOLDER, while it is running.

    The ballots in it are sealed. The key that signs batches is not part of it.
    """
    settings = from_environment()
    backups.make(settings.database_url, folder, side="ballotbox")
    click.echo(f"The database is in {folder}. The keys in {settings.keys} are not.")


@box.command("restore")
@click.argument("folder", type=FOLDER)
@click.option("--yes", is_flag=True, help="Replace what the database holds.")
def restore(folder: Path, *, yes: bool) -> None:
    """Make the ballot box's database what it was in FOLDER, all of it or nothing.

    The ballot box must be stopped. Ballots that came after the backup are lost; those who sent
    them cannot be told. The round's count of ballots and tokens says how many.
    """
    settings = from_environment()
    found = backups.read(folder)
    backups.restore(
        settings.owner_url,
        found,
        side="ballotbox",
        replace=yes,
        adjust=lambda _session: None,
        role=settings.role,
    )
    click.echo(f"The database is as it was at {found.made_at}.")


@box.command("check")
def check() -> None:
    """Say what betrays, keeps or loses more than it should: settings, folders, the database.

    Run it as the ballot box's user account, with its settings. The exit status is 1 when something
    is to be mended.
    """
    settings = from_environment()
    told = (
        Finding(f"The ballot box is told {name}, which is the staff application's alone.")
        for name in sorted(os.environ)
        if name in STAFF_ALONE
    )
    inspecting.report(
        [
            *told,
            *inspecting.private_folders(settings.keys),
            *inspecting.exchange(settings.exchange),
            *inspecting.database(settings.database_url, BoxRow.metadata),
        ]
    )


@box.command("hand-over")
def hand_over() -> None:
    """Hand over the rounds that are due, now and once."""
    click.echo(f"Rounds handed over: {looker(from_environment())()}.")


@box.command("worker")
def worker() -> None:
    """Hand over rounds as they become due, until Ctrl-C."""
    settings, ended = from_environment(), threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    keep_handing_over(settings, ended)


def keep_handing_over(settings: BoxSettings, ended: threading.Event) -> None:
    """Look at the exchange folder until `ended`. A look that fails is tried again: the database
    may be restarting, the disk may be full.
    """
    look = looker(settings)
    while not ended.is_set():
        try:
            look()
        except Exception as error:  # noqa: BLE001 - whatever it was, the next look may succeed
            click.echo(f"Handing over failed: {type(error).__name__}. Trying again.", err=True)
        ended.wait(EVERY)


def looker(settings: BoxSettings) -> Callable[[], int]:
    """What looks at the exchange folder once and gives the number of rounds handed over. It
    remembers between looks which files it has read.
    """
    require_private(settings.keys)
    ours, engine = side(settings), make_engine(settings.database_url)
    announcements = Announcements(engine, ours)

    def look() -> int:
        ours.publish()
        return len(hand_over_due(engine, side=ours, announcements=announcements, now=now()))

    return look
