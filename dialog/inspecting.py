"""`dialog check`: what the operator of the staff application should mend, one sentence each."""

import os
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import click

from dialog.documents import scanning
from dialog.settings import Settings, from_environment
from dialog.storage import inspecting
from dialog.storage.inspecting import Finding
from dialog.storage.rows import Row

BOX_ALONE = ("DIALOG_BOX_DATABASE_URL", "DIALOG_BOX_MIGRATE_URL", "DIALOG_BOX_KEYS")


@click.command()
def check() -> None:
    """Say what betrays, keeps or loses more than it should: settings, folders, the database.

    Run it as the staff application's user account, with its settings. The exit status is 1 when
    something is to be mended. For the ballot box, where it runs: `dialog box check`.
    """
    from dialog import application  # noqa: F401, PLC0415 - with it come all tables, and much else

    settings = from_environment()
    inspecting.report(
        [
            *_settings(settings),
            *_environment(os.environ),
            *inspecting.private_folders(settings.instance, settings.keys, settings.documents),
            *inspecting.exchange(settings.exchange),
            *_scanner(settings.scanner),
            *inspecting.database(settings.database_url, Row.metadata),
        ]
    )


def _settings(settings: Settings) -> Iterator[Finding]:
    staff, box = urlsplit(settings.base_url), urlsplit(settings.box_url)
    if staff.hostname == box.hostname:
        yield Finding(
            f"DIALOG_BASE_URL and DIALOG_BOX_URL have the same host name, {staff.hostname}: a"
            " browser would show the staff application's cookies to the ballot box, which then"
            " refuses every ballot. Give the ballot box a host name of its own."
        )
    if not settings.https:
        yield Finding(
            "DIALOG_BASE_URL does not begin with https://. Browsers seal answers only there, and on"
            " loopback names for trying things out.",
            serious=staff.hostname not in ("localhost", "127.0.0.1"),
        )
    if settings.limits_url.startswith("memory"):
        yield Finding(
            "DIALOG_LIMITS_URL is memory://: every process counts failed attempts for itself, so"
            " several let through several times as many. With more than one process or machine,"
            " set redis://…",
            serious=False,
        )


def _scanner(scanner: str) -> Iterator[Finding]:
    if not scanner:
        yield Finding(
            "DIALOG_SCANNER is empty: no virus scanner looks at documents that are handed in, and"
            " each is marked as not scanned. Install clamd and name its socket.",
            serious=False,
        )
    elif not scanning.ping(scanner):
        yield Finding(
            "The virus scanner does not answer at DIALOG_SCANNER. Documents that are handed in are"
            " held until it does."
        )


def _environment(names: Iterable[str]) -> Iterator[Finding]:
    for name in sorted({*names} & {*BOX_ALONE}):
        yield Finding(f"The staff application is told {name}, which is the ballot box's alone.")
