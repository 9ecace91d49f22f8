"""The setting of the database server's administrator: neither application is to know it."""

import os
from dataclasses import dataclass

from dialog.core.configuration import read, setting


@dataclass(frozen=True)
class AdminSettings:
    """What `dialog database roles` needs beside the addresses of the two databases."""

    url: str = setting(
        "A role that may make roles and databases, `postgresql+psycopg://postgres@/postgres`."
        " A password may also come from `~/.pgpass`.",
        name="DIALOG_ADMIN_URL",
        default="postgresql+psycopg://postgres@/postgres",
        secret=True,
    )


def from_environment(**overrides: str) -> AdminSettings:
    """Read the process environment; `overrides` are DIALOG_* names and win."""
    return read(AdminSettings, {**os.environ, **overrides})
