"""Carrying out the steps of `roles` on a server: each only where it is needed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

from dialog.core.errors import RefusedError
from dialog.databases import roles
from dialog.databases.passwords import set_password
from dialog.databases.roles import Side, Step

Server = psycopg.Connection[tuple[Any, ...]]
Passwords = Mapping[str, str]  # by role; a role that is not in it signs in by other means


def make(
    sides: Sequence[Side], *, url: str, passwords: Passwords, say: Callable[[str], Any]
) -> int:
    """Do what has not been done, as the administrator of `url`; the number of statements that it
    took. Each is told to `say`; of a password only that it was set.

    Raises RefusedError with a sentence; what was done until then stays, and again goes on.
    """
    changed = 0
    with ExitStack() as open_ones:
        servers = {"": open_ones.enter_context(_signed_in(url))}
        _refuse_mighty(servers[""], sides)
        for step in roles.steps(sides):
            if step.database not in servers:
                other = sa.make_url(url).set(database=step.database)
                servers[step.database] = open_ones.enter_context(_signed_in(other))
            changed += _do(servers[step.database], step, say)
        for role, password in passwords.items():
            if set_password(servers[""], role=role, password=password):
                say(f"The password of {role} was set.")
                changed += 1
    return changed


def _do(server: Server, step: Step, say: Callable[[str], Any]) -> int:
    if not _one(server, f"SELECT {step.needed}"):
        return 0
    try:
        server.execute(step.statement.encode())
    except psycopg.errors.InsufficientPrivilege as refused:
        if step.superuser:
            say(f"Left to a superuser: {step.statement}")
            return 0
        raise RefusedError(
            f"The administrator may not do this: {step.statement}\n{_words(refused)} Sign in as"
            " another with DIALOG_ADMIN_URL, or have a superuser run what --print prints."
        ) from None
    except psycopg.Error as refused:
        raise RefusedError(f"The server refused: {step.statement}\n{_words(refused)}") from None
    say(step.statement)
    return 1


def _refuse_mighty(server: Server, sides: Sequence[Side]) -> None:
    """A role that may do everything is kept by no grant; and we would not take that from it."""
    names = [role for side in sides for role in (side.owner, side.application)]
    found = server.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
        " AND (rolsuper OR rolname = current_user)",
        (names,),
    ).fetchone()
    if found is not None:
        raise RefusedError(
            f"{found[0]} may do everything on this server. Name roles of their own in the addresses"
            " of the databases; nothing was changed."
        )


@contextmanager
def _signed_in(url: str | sa.URL) -> Iterator[Server]:
    """A connection where each statement is a transaction of its own, as CREATE DATABASE asks."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    try:
        raw = engine.raw_connection()
    except psycopg.OperationalError as refused:
        raise RefusedError(
            f"It was not possible to sign in to the database server. {_words(refused)} Look at"
            " DIALOG_ADMIN_URL."
        ) from None
    try:
        server: Any = raw.driver_connection
        server.autocommit = True
        yield server
    finally:
        raw.close()
        engine.dispose()


def _one(server: Server, query: str) -> Any:
    row = server.execute(query.encode()).fetchone()
    return row[0] if row else None


def _words(error: BaseException | None) -> str:
    """What the server said, in one line; it never says a password."""
    return " ".join(str(error).split())
