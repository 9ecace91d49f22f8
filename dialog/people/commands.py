"""`dialog person …`: people and roles from the command line, also before anybody can sign in."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlmodel import Session

from dialog.core.errors import WrongInputError
from dialog.people import accounts, queries, sessions
from dialog.people.mails import password_address
from dialog.people.models import Person, Role
from dialog.people.password_links import link_key, make_link
from dialog.settings import Settings, from_environment
from dialog.storage.engine import make_engine, make_sessions

ROLE = click.Choice([role.value for role in Role])


@click.group()
def person() -> None:
    """People, their roles and their sessions."""


@person.command()
@click.option("--name", required=True, help="The person's name.")
@click.option("--email", required=True, help="The address to sign in with.")
@click.option("--role", "roles", type=ROLE, multiple=True, help="A role; may be given again.")
def add(name: str, email: str, roles: tuple[str, ...]) -> None:
    """Add a person and print the link where the first password is chosen.

    This is how the first administrator is made. The link works for seven days, once.
    """
    settings = from_environment()
    with _session(settings) as session:
        who = accounts.add_person(
            session, name=name, email=email, roles=[Role(role) for role in roles]
        )
        secret = make_link(session, person_id=who.id, key=link_key(settings.keys))
    click.echo(password_address(settings.base_url, secret))


@person.command()
@click.argument("email")
def link(email: str) -> None:
    """Print a new link for a person who cannot get it by mail. Earlier links stop working."""
    settings = from_environment()
    with _session(settings) as session:
        who = _find(session, email)
        secret = make_link(session, person_id=who.id, key=link_key(settings.keys))
    click.echo(password_address(settings.base_url, secret))


@person.command("role")
@click.argument("email")
@click.option("--add", "added", type=ROLE, multiple=True, help="A role to give.")
@click.option("--remove", "removed", type=ROLE, multiple=True, help="A role to take away.")
def change_roles(email: str, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
    """Give and take roles, and print those that the person then has."""
    with _session(from_environment()) as session:
        who = _find(session, email)
        held = queries.roles_of_many(session, person_ids=[who.id]).get(who.id, ())
        roles = (set(held) | {Role(role) for role in added}) - {Role(role) for role in removed}
        if added or removed:
            accounts.set_roles(session, person_id=who.id, roles=roles, by=None)
    click.echo(" ".join(sorted(roles)) or "no roles")


@person.command("list")
@click.option("--role", type=ROLE, help="Only people with this role.")
@click.option("--search", default="", help="Only people whose name or address holds these words.")
def list_people(role: str | None, search: str) -> None:
    """List people: address, name and roles, separated by tabs."""
    wanted = Role(role) if role else None
    number, last = 1, 1
    with _session(from_environment()) as session:
        while number <= last:
            page = queries.people_page(session, search=search, role=wanted, number=number)
            for who in page.people:
                click.echo(f"{who.email}\t{who.name}\t{' '.join(who.roles)}")
            number, last = number + 1, page.last


@person.command("end-sessions")
@click.argument("email")
def end_sessions(email: str) -> None:
    """Sign a person out everywhere, at once."""
    with _session(from_environment()) as session:
        ended = sessions.end_all(session, person_id=_find(session, email).id)
    click.echo(f"{ended} ended")


@contextmanager
def _session(settings: Settings) -> Iterator[Session]:
    """A session that commits at the end, over a database that is up to date."""
    from dialog.storage.migrating import upgrade  # noqa: PLC0415 - alembic is slow to load

    upgrade("staff", settings.database_url)
    engine = make_engine(settings.database_url)
    try:
        with make_sessions(engine)() as session:
            yield session
            session.commit()
    finally:
        engine.dispose()


def _find(session: Session, email: str) -> Person:
    found = queries.person_by_email(session, email=email)
    if found is None:
        raise WrongInputError(f"There is nobody with the address {email}.")
    return found
