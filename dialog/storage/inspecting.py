"""What an operator should mend: folders, the database's rights, and what its server keeps."""

import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from dialog.storage import privileges, server_settings
from dialog.storage.engine import make_engine
from dialog.storage.private import is_open, mode


@dataclass(frozen=True)
class Finding:
    """A sentence for the operator. One that is not serious is to be known, not mended."""

    sentence: str
    serious: bool = True


def report(findings: Sequence[Finding]) -> None:
    """Print them, what is to be mended first. Ends the process with status 1 if there is any."""
    for finding in sorted(findings, key=lambda finding: not finding.serious):
        click.echo(f"{'Mend: ' if finding.serious else 'Know: '}{finding.sentence}")
    if not any(finding.serious for finding in findings):
        click.echo("Nothing to mend.")
        return
    sys.exit(1)


def database(url: str, metadata: sa.MetaData) -> Iterator[Finding]:
    """What is to be mended about the database at `url`, as its application sees it."""
    if sa.make_url(url).get_backend_name() == "sqlite":
        yield from _sqlite(sa.make_url(url))
        return
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            yield from _server(connection)
            yield from _role(connection, metadata)
            yield from _way(connection)
    except SQLAlchemyError as error:
        reason = type(getattr(error, "orig", error)).__name__
        yield Finding(f"The database cannot be asked ({reason}).")
    finally:
        engine.dispose()


def private_folders(*folders: Path) -> Iterator[Finding]:
    """Folders that are to be their owner's alone."""
    for folder in dict.fromkeys(folders):
        if is_open(folder):
            yield Finding(
                f"Other users of this machine can get into {folder} (mode {mode(folder)})."
                f" Close it: chmod -R go= {folder}"
            )


def exchange(folder: Path) -> Iterator[Finding]:
    """The folder that both applications write into: theirs, and of nobody else."""
    if not folder.exists():
        yield Finding(f"The exchange folder {folder} is missing.")
        return
    bits = folder.stat().st_mode
    if bits & stat.S_IRWXO:
        yield Finding(
            f"Everybody on this machine can get into the exchange folder {folder} (mode"
            f" {mode(folder)}). Close it: chmod o= {folder}"
        )
    if bits & stat.S_IWGRP and not (bits & stat.S_ISGID and bits & stat.S_ISVTX):
        yield Finding(
            f"In the exchange folder {folder} either application could remove what the other has"
            f" written, or not be able to read it. Set its mode: chmod 3770 {folder}"
        )


def _sqlite(url: sa.URL) -> Iterator[Finding]:
    if url.database:
        yield from private_folders(Path(url.database).absolute().parent)


def _server(connection: Connection) -> Iterator[Finding]:
    for rule, value in server_settings.broken(connection):
        yield Finding(
            f"PostgreSQL's {rule.name} is {value}, better {rule.good[0]}: {rule.because}.",
            serious=rule.serious,
        )
    version = privileges.version_of(connection)
    if version < privileges.MAINTAIN_SINCE:
        yield Finding(
            f"PostgreSQL {version} lets only a table's owner vacuum it, so what is disposed of"
            " stays in the server's files until it cleans up by itself, within hours or days."
            f" PostgreSQL {privileges.MAINTAIN_SINCE} and later do it at once.",
            serious=False,
        )


def _role(connection: Connection, metadata: sa.MetaData) -> Iterator[Finding]:
    role, mighty, owner, here, public = connection.execute(_WHO).one()
    if mighty or owner:
        what = "may do everything on the server" if mighty else "owns the tables"
        yield Finding(
            f"The application signs in as {role}, who {what} and could change or drop them."
            " `dialog database roles` makes a role that cannot."
        )
        return
    if others := list(connection.scalars(_MEMBER)):
        yield Finding(
            f"The role {role} has the rights of {', '.join(others)} as well. Take them from it:"
            f" REVOKE {others[0]} FROM {role}"
        )
    if public:
        yield Finding(
            f"Every role of the server can connect to the database {here}: REVOKE ALL ON DATABASE"
            f" {here} FROM PUBLIC, or run `dialog database roles` again."
        )
    if elsewhere := list(connection.scalars(_ELSEWHERE)):
        yield Finding(
            f"The role {role} can connect to other databases, too: {', '.join(elsewhere)}. The"
            " other application's must not be among them: REVOKE ALL ON DATABASE … FROM PUBLIC"
        )
    if statements := privileges.missing(connection, metadata, role=role):
        yield Finding(
            f"The role {role} does not have the rights that it needs, or more: {statements[0]}"
            " and so on. `dialog migrate` or `dialog box migrate` sets them."
        )


_WHO: Final = sa.text(
    "SELECT current_user, rolsuper, EXISTS (SELECT FROM pg_class WHERE relowner = r.oid"
    " AND relnamespace = 'public'::regnamespace), current_database(),"
    " has_database_privilege('public', current_database(), 'CONNECT')"
    " FROM pg_roles r WHERE rolname = current_user"
)
_MEMBER: Final = sa.text(
    "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
    " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = current_user ORDER BY 1"
)
# The two databases of the server's own are open to all, and hold nothing.
_ELSEWHERE: Final = sa.text(
    "SELECT datname FROM pg_database WHERE datallowconn AND datname <> current_database()"
    " AND datname NOT IN ('postgres', 'template1') AND has_database_privilege(oid, 'CONNECT')"
    " ORDER BY 1"
)


def _way(connection: Connection) -> Iterator[Finding]:
    """Whether what is said on the way to the server can be overheard."""
    bare = connection.execute(
        sa.text(
            "SELECT NOT s.ssl AND inet_server_addr() IS NOT NULL"
            " AND NOT inet_server_addr() <<= '127.0.0.0/8' AND inet_server_addr() <> '::1'"
            " FROM pg_stat_ssl s WHERE s.pid = pg_backend_pid()"
        )
    ).scalar()
    if bare:
        yield Finding(
            "The connection to the database is not encrypted. Add ?sslmode=verify-full to the"
            " address, and a certificate to the server."
        )
