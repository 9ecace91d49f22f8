"""`dialog database …`: what the administrator of the database server runs, once and again."""

from collections.abc import Sequence
from typing import Final

import click
import sqlalchemy as sa

from dialog.ballotbox.settings import from_environment as box_settings
from dialog.core.configuration import WrongSettingError
from dialog.databases import making, roles
from dialog.databases.roles import Side
from dialog.databases.settings import from_environment as admin_settings
from dialog.settings import from_environment

SIDES: Final = ("both", "staff", "box")


@click.group()
def database() -> None:
    """The database server: roles and rights."""


@database.command("roles")
@click.option("--side", type=click.Choice(SIDES), default="both", show_default=True,
              help="Whose database is on this server.")  # fmt: skip
@click.option("--print", "only_print", is_flag=True, help="Print SQL for psql and do nothing.")
@click.option("--ask-passwords", is_flag=True, help="Ask for the passwords that no address holds.")
def make_roles(*, side: str, only_print: bool, ask_passwords: bool) -> None:
    """Make both databases on PostgreSQL, with a role that owns and one that works in each.

    Names and passwords are those of DIALOG_DATABASE_URL and DIALOG_MIGRATE_URL, and of
    DIALOG_BOX_DATABASE_URL and DIALOG_BOX_MIGRATE_URL. It signs in with DIALOG_ADMIN_URL. What is
    there already is kept; again changes nothing.
    """
    sides, passwords = _told(side)
    if only_print:
        click.echo(roles.script(sides), nl=False)
        return
    if ask_passwords:
        passwords = {**_ask(sides, passwords), **passwords}
    changed = making.make(sides, url=admin_settings().url, passwords=passwords, say=click.echo)
    if not changed:
        click.echo("Everything was as it should be. Nothing was changed.")
    migrate = {"staff": "dialog migrate --side staff", "box": "dialog box migrate"}
    commands = " and ".join(f"`{migrate[part.name]}`" for part in sides)
    click.echo(f"Now run {commands}: that gives each application its rights, table by table.")


def _told(which: str) -> tuple[list[Side], dict[str, str]]:
    """The sides as the addresses name them, and the passwords there are, by role."""
    staff, box = from_environment(), box_settings()
    told = {
        "staff": ("DIALOG", staff.database_url, staff.migrate_url),
        "box": ("DIALOG_BOX", box.database_url, box.migrate_url),
    }
    sides: list[Side] = []
    passwords: dict[str, str] = {}
    for side in SIDES[1:] if which == "both" else (which,):
        prefix, *addresses = told[side]
        application, owner = (_full(address) for address in addresses)
        if application is None or owner is None or application.database != owner.database:
            raise WrongSettingError(
                f"Set {prefix}_DATABASE_URL to postgresql+psycopg://APPLICATION@…/DATABASE, and"
                f" {prefix}_MIGRATE_URL to the same database as its owner:"
                " postgresql+psycopg://OWNER@…/DATABASE."
            )
        sides.append(
            Side(side, str(owner.database), str(owner.username), str(application.username))
        )
        passwords |= {
            str(url.username): url.password for url in (application, owner) if url.password
        }
    _refuse_shared(sides)
    return sides, passwords


def _full(address: str) -> sa.URL | None:
    """The address, if it names server, database and role."""
    url = sa.make_url(address) if address else None
    if url is None or url.get_backend_name() != "postgresql":
        return None
    return url if url.username and url.database else None


def _refuse_shared(sides: Sequence[Side]) -> None:
    names = [role for side in sides for role in (side.owner, side.application)]
    databases = [side.database for side in sides]
    if len({*names}) < len(names) or len({*databases}) < len(databases):
        raise WrongSettingError(
            "Every role and every database needs a name of its own. The addresses name the roles"
            f" {', '.join(names)} and the databases {', '.join(databases)}."
        )


def _ask(sides: Sequence[Side], known: dict[str, str]) -> dict[str, str]:
    names = [role for side in sides for role in (side.owner, side.application)]
    return {
        role: click.prompt(f"Password of {role}", hide_input=True, confirmation_prompt=True)
        for role in names
        if role not in known
    }
