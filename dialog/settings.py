"""Every setting of the staff application, from DIALOG_* variables."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dialog.core.configuration import (
    negative,
    no_database_address,
    no_web_address,
    not_of_scheme,
    not_one_of,
    read,
    setting,
)
from dialog.storage.privileges import application_role


def _below(folder: str, name: str) -> Any:
    return lambda values: Path(values[folder]) / name


def _beside(values: Any) -> str:
    """Where `dialog run` serves meetings' events: two ports above the staff application."""
    address = urlsplit(str(values["base_url"]))
    return f"{address.scheme}://{address.hostname}:{address.port + 2}" if address.port else ""


@dataclass(frozen=True)
class Settings:
    """What an operator can decide; docs/settings.md is generated from here."""

    instance: Path = setting(
        "Folder where Dialog keeps what it writes, if nothing else is said below.",
        name="DIALOG_INSTANCE",
        default=lambda _: Path("instance").absolute(),
    )
    database_url: str = setting(
        "The staff application's database: `sqlite:///…` or `postgresql+psycopg://…`.",
        name="DIALOG_DATABASE_URL",
        default=lambda values: f"sqlite:///{values['instance'] / 'dialog.db'}",
        secret=True,
        wrong=no_database_address,
    )
    migrate_url: str = setting(
        "The same database as the role that owns its tables, for `dialog migrate` and `dialog"
        " restore` alone; the application is not to know it. Empty: DIALOG_DATABASE_URL does both.",
        name="DIALOG_MIGRATE_URL",
        default="",
        secret=True,
        wrong=no_database_address,
    )
    keys: Path = setting(
        "Folder with the secret keys of the staff application. Keep it out of database backups.",
        name="DIALOG_KEYS",
        default=_below("instance", "keys"),
    )
    exchange: Path = setting(
        "Folder through which the two applications hand each other signed files.",
        name="DIALOG_EXCHANGE",
        default=_below("instance", "exchange"),
    )
    ceremony: Path = setting(
        "Folder for the sealed ballots between two trustees' steps of an opening; up to twice a"
        " round's batch (60,000 ballots: 2 GB). All processes of the staff application share it.",
        name="DIALOG_CEREMONY",
        default=_below("instance", "ceremony"),
    )
    files: Path = setting(
        "Folder for charts and other files that can be made again from the database.",
        name="DIALOG_FILES",
        default=_below("instance", "files"),
    )
    documents: Path = setting(
        "Folder for the documents that people hand in, each under a hash of its content. All"
        " processes of the staff application share it; `dialog backup` takes it along.",
        name="DIALOG_DOCUMENTS",
        default=_below("instance", "documents"),
    )
    scanner: str = setting(
        "The virus scanner that looks at documents: ClamAV's clamd at `unix:///path/of/socket` or"
        " `tcp://host:3310`. Empty: documents are marked as not scanned.",
        name="DIALOG_SCANNER",
        default="",
        wrong=not_of_scheme("unix", "tcp"),
    )
    base_url: str = setting(
        "Address of the staff application as its users see it. With https, cookies are Secure.",
        name="DIALOG_BASE_URL",
        default="http://localhost:8000",
        wrong=no_web_address,
    )
    box_url: str = setting(
        "Address of the ballot box as its users see it; another host name than DIALOG_BASE_URL.",
        name="DIALOG_BOX_URL",
        default="http://127.0.0.1:8001",
        wrong=no_web_address,
    )
    stream_url: str = setting(
        "Address of the process that tells browsers at once what happens in a meeting; the same"
        " host name as DIALOG_BASE_URL. Empty: a proxy sends it `/moten/…/handelser`, or browsers"
        " ask the staff application every second.",
        name="DIALOG_STREAM_URL",
        default=_beside,
    )
    demo: bool = setting(
        "1 loads a demo region on the first start and marks every page as a demo.",
        name="DIALOG_DEMO",
        default=False,
    )
    smtp_url: str = setting(
        "Mail server, `smtp://user:password@host:port` or `smtps://…`. Empty: mail is written to"
        " DIALOG_MAIL as .eml files that the administrator can read on a page (development).",
        name="DIALOG_SMTP_URL",
        default="",
        secret=True,
        wrong=not_of_scheme("smtp", "smtps"),
    )
    mail: Path = setting(
        "Folder for .eml files when no mail server is set, and for bounced mail to be read in.",
        name="DIALOG_MAIL",
        default=_below("instance", "mail"),
    )
    mail_from: str = setting(
        "Sender of all mail.", name="DIALOG_MAIL_FROM", default="Dialog <dialog@localhost>"
    )
    contact: str = setting(
        "E-mail or web address for questions and for complaints about accessibility; shown on"
        " public pages.",
        name="DIALOG_CONTACT",
        default="",
    )
    mailbox: Path = setting(
        "Folder (Maildir) into which the mail server delivers a function mailbox: what is new there"
        " is taken in as letters that wait for the registrar. Where there is no such folder, none.",
        name="DIALOG_MAILBOX",
        default=_below("instance", "mailbox"),
    )
    mailbox_board: str = setting(
        "Letters of the authority's diary that the mailbox belongs to, such as RS.",
        name="DIALOG_MAILBOX_BOARD",
        default="",
    )
    whistleblowing: str = setting(
        "Web address or words that say where the authority takes reports of wrongdoing, which"
        " Dialog does not; shown where staff write to the authority.",
        name="DIALOG_WHISTLEBLOWING",
        default="",
    )
    limits_url: str = setting(
        "Where attempts are counted: `memory://`, or `redis://…` shared by several machines.",
        name="DIALOG_LIMITS_URL",
        default="memory://",
        secret=True,
        wrong=not_of_scheme("memory", "redis", "rediss"),
    )
    posting_grace: int = setting(
        "Seconds that the ballot box stays open after a round's deadline, for ballots under way.",
        name="DIALOG_POSTING_GRACE",
        default=900,
        wrong=negative,
    )
    log_level: str = setting(
        "Least severe log lines to write: DEBUG, INFO, WARNING, ERROR.",
        name="DIALOG_LOG_LEVEL",
        default="INFO",
        wrong=not_one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    )

    @property
    def owner_url(self) -> str:
        """The database as the owner of its tables."""
        return self.migrate_url or self.database_url

    @property
    def role(self) -> str | None:
        """The role of the application, if another owns the tables. Raises WrongSettingError."""
        return application_role(self.database_url, self.migrate_url)

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")


def from_environment(**overrides: str) -> Settings:
    """Read the process environment; `overrides` are DIALOG_* names and win."""
    return read(Settings, {**os.environ, **overrides})
