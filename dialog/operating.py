"""Commands of operation: run everything, bring the databases up to date, describe the settings."""

import dataclasses
import os
import signal
import sys
import threading
from collections.abc import Iterable
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import click

from dialog.core.errors import RefusedError
from dialog.settings import Settings, from_environment
from dialog.storage.private import require_private

WATCH_EVERY = 1.0


@click.command()
def run() -> None:
    """Run Dialog until Ctrl-C: both applications and their workers.

    Migrates first. With DIALOG_DEMO=1 a demo region is loaded on the first start.
    """
    from dialog import demo, serving  # noqa: PLC0415 - other commands need not load these

    settings = from_environment()
    _require_two_hosts(settings)
    require_private(settings.keys)
    _migrate(settings)
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    environment = {**os.environ, **_as_environment(settings)}
    if sys.stderr.isatty():  # a line for every request would push the sign-ins out of sight
        environment.setdefault("DIALOG_LOG_LEVEL", "WARNING")
    with serving.serving(
        environment,
        base_url=settings.base_url,
        box_url=settings.box_url,
        stream_url=settings.stream_url,
    ) as parts:
        if settings.demo:
            demo.load_once(settings, say=click.echo, ended=ended.is_set)
        if not ended.is_set():
            click.echo(_welcome(settings))
        while not ended.wait(WATCH_EVERY):
            for name in serving.restart_what_ended(parts):
                click.echo(f"The {name} had stopped and was started again.", err=True)
        click.echo("\nStopping …")
    click.echo("Dialog has stopped.")


def _require_two_hosts(settings: Settings) -> None:
    """Refuse to run what cannot work: the ballot box takes nothing that comes with a cookie."""
    host = urlsplit(settings.base_url).hostname
    if host == urlsplit(settings.box_url).hostname:
        raise RefusedError(
            f"DIALOG_BASE_URL and DIALOG_BOX_URL both name {host}, so browsers would show the staff"
            " application's cookies to the ballot box, which refuses them. Use two host names; on"
            " one machine localhost and 127.0.0.1."
        )


def _as_environment(settings: Settings) -> dict[str, str]:
    """What the processes must agree on, whatever folder they are started from."""
    return {
        "DIALOG_INSTANCE": str(settings.instance),
        "DIALOG_EXCHANGE": str(settings.exchange),
        "DIALOG_BASE_URL": settings.base_url,
        "DIALOG_BOX_URL": settings.box_url,
        "DIALOG_STREAM_URL": settings.stream_url,
        "DIALOG_DEMO": "1" if settings.demo else "0",
    }


def _welcome(settings: Settings) -> str:
    from dialog import demo  # noqa: PLC0415 - only where the demo is spoken of

    lines = ["", f"  Dialog:      {settings.base_url}", f"  Ballot box:  {settings.box_url}", ""]
    if settings.demo:
        lines += demo.sign_ins(settings)
    else:
        lines += [
            "  Nobody can sign in yet? Create the first administrator in another terminal:",
            "    .venv/bin/dialog person add --name 'Your Name' --email you@example.org \\",
            "        --role administrator",
            "  It prints a link where the password is chosen.",
        ]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])


@click.command()
@click.option("--side", type=click.Choice(["both", "staff"]), default="both", show_default=True,
              help="Both databases, or only the staff application's.")  # fmt: skip
def migrate(*, side: str) -> None:
    """Bring both databases up to date. Doing it again changes nothing.

    Where the ballot box has its own user account: `--side staff` here, `dialog box migrate` there.
    """
    if side == "staff":
        _migrate_staff(from_environment())
        click.echo("The staff application's database is up to date.")
        return
    _migrate(from_environment())
    click.echo("The databases are up to date.")


def _migrate(settings: Settings) -> None:
    from dialog.ballotbox.settings import from_environment as box_settings  # noqa: PLC0415
    from dialog.storage.migrating import upgrade  # noqa: PLC0415 - alembic is slow to load

    _migrate_staff(settings)
    box = box_settings()
    upgrade("ballotbox", box.owner_url, role=box.role)


def _migrate_staff(settings: Settings) -> None:
    from dialog.storage.migrating import upgrade  # noqa: PLC0415 - alembic is slow to load

    upgrade("staff", settings.owner_url, role=settings.role)


@click.command("settings")
def describe_settings() -> None:
    """Print every setting with its documentation, as in docs/settings.md."""
    click.echo(settings_page(), nl=False)


def settings_page() -> str:
    """docs/settings.md, made from the settings classes."""
    from dialog.ballotbox.settings import BoxSettings  # noqa: PLC0415 - only for its documentation
    from dialog.databases.settings import AdminSettings  # noqa: PLC0415 - likewise

    return "\n".join(
        [
            "# Settings",
            "",
            "Environment variables, made from `settings.py` by `dialog settings`. Relative paths",
            "start in the folder where Dialog is started.",
            "",
            "## The staff application and its worker",
            "",
            *_rows(dataclasses.fields(Settings)),
            "",
            "## The ballot box and its worker",
            "",
            *_rows(dataclasses.fields(BoxSettings)),
            "",
            "## `dialog database roles` alone",
            "",
            *_rows(dataclasses.fields(AdminSettings)),
            "",
        ]
    )


def _rows(fields: Iterable[dataclasses.Field[Any]]) -> Iterable[str]:
    yield "| variable | default | what it does |"
    yield "|---|---|---|"
    for field in fields:
        default = field.metadata["default"]
        shown = "made from the folders above" if callable(default) else f"`{default}`"
        if field.metadata["name"] == "DIALOG_INSTANCE":
            shown = "`instance`"
        yield f"| `{field.metadata['name']}` | {shown} | {field.metadata['doc']} |"
