"""Every setting of the ballot box, from DIALOG_* variables. It shares no secret with the rest."""

import os
from dataclasses import dataclass
from pathlib import Path

from dialog.core.configuration import no_database_address, no_web_address, read, setting
from dialog.storage.privileges import application_role


@dataclass(frozen=True)
class BoxSettings:
    """What the operator of the ballot box can decide; docs/settings.md is generated from here."""

    instance: Path = setting(
        "Folder where the ballot box keeps what it writes, in `box/`, if nothing else is said.",
        name="DIALOG_INSTANCE",
        default=lambda _: Path("instance").absolute(),
    )
    database_url: str = setting(
        "The ballot box's own database: `sqlite:///…` or `postgresql+psycopg://…`, never the staff"
        " application's.",
        name="DIALOG_BOX_DATABASE_URL",
        default=lambda values: f"sqlite:///{values['instance'] / 'box' / 'box.db'}",
        secret=True,
        wrong=no_database_address,
    )
    migrate_url: str = setting(
        "The same database as the role that owns its tables, for `dialog box migrate` and `dialog"
        " box restore` alone. Empty: DIALOG_BOX_DATABASE_URL does both.",
        name="DIALOG_BOX_MIGRATE_URL",
        default="",
        secret=True,
        wrong=no_database_address,
    )
    keys: Path = setting(
        "Folder with the key that signs batches, and the staff application's public key as first"
        " seen.",
        name="DIALOG_BOX_KEYS",
        default=lambda values: values["instance"] / "box" / "keys",
    )
    exchange: Path = setting(
        "Folder through which the two applications hand each other signed files.",
        name="DIALOG_EXCHANGE",
        default=lambda values: values["instance"] / "exchange",
    )
    base_url: str = setting(
        "Address of the staff application as its users see it: the only origin whose pages may"
        " post ballots.",
        name="DIALOG_BASE_URL",
        default="http://localhost:8000",
        wrong=no_web_address,
    )

    @property
    def owner_url(self) -> str:
        """The database as the owner of its tables."""
        return self.migrate_url or self.database_url

    @property
    def role(self) -> str | None:
        """The role of the ballot box, if another owns the tables. Raises WrongSettingError."""
        return application_role(self.database_url, self.migrate_url)

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")


def from_environment(**overrides: str) -> BoxSettings:
    """Read the process environment; `overrides` are DIALOG_* names and win."""
    return read(BoxSettings, {**os.environ, **overrides})
