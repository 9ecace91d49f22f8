"""What an application's own database role may do with each table.

On PostgreSQL one role owns the tables and migrates, and the application signs in as another. That
one has on each table only what the application does there: a table says it where it stands, with
`may`; one that says nothing can be read, added to, changed, and emptied row by row.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from dialog.core.configuration import WrongSettingError
from dialog.core.errors import RefusedError

Right = tuple[str, str]  # what, and the column it is for: ("UPDATE", "unit_id"); "" for all of them
Rights = Mapping[str, frozenset[Right]]  # by table
KEPT_BY_ALEMBIC: Final = "alembic_version"
UNSAID: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")
MAINTAIN_SINCE: Final = 17  # PostgreSQL; before, only a table's owner may vacuum it
_INFO: Final = "may"
_FORM: Final = re.compile(r"([A-Z]+)(?: \((\w+(?:, \w+)*)\))?")


def may(*rights: str) -> dict[str, Any]:
    """For a table's `__table_args__`: `may("SELECT", "INSERT", "UPDATE (unit_id)")`."""
    for right in rights:
        if not _FORM.fullmatch(right):
            raise ValueError(right)
    return {"info": {_INFO: rights}}


def application_role(database_url: str, migrate_url: str) -> str | None:
    """The role that an application signs in as, if another owns the tables; None if one role does
    both, and on SQLite. Raises WrongSettingError when the two do not fit together.
    """
    ours, owners = sa.make_url(database_url), sa.make_url(migrate_url or database_url)
    if owners.get_backend_name() == "sqlite" or owners == ours:
        return None
    if ours.get_backend_name() == "sqlite" or ours.database != owners.database:
        raise WrongSettingError("The application's database and the one to migrate are not one.")
    if not ours.username or not owners.username:
        raise WrongSettingError(
            "Name the role in both addresses of the database, the one that the application uses and"
            " the one for migrating: postgresql+psycopg://ROLE@…"
        )
    return ours.username if ours.username != owners.username else None


def wanted(metadata: sa.MetaData, *, version: int) -> Rights:
    """What the application's role shall have, on PostgreSQL `version`."""
    rights = {
        table.name: frozenset(_read(table.info.get(_INFO, UNSAID), version=version))
        for table in metadata.tables.values()
    }
    return {**rights, KEPT_BY_ALEMBIC: frozenset({("SELECT", "")})}


def _read(rights: Iterable[str], *, version: int) -> Iterator[Right]:
    for right in rights:
        what, columns = _FORM.fullmatch(right).groups()  # type: ignore[union-attr]  # `may` checked
        if what != "MAINTAIN" or version >= MAINTAIN_SINCE:
            yield from ((what, column) for column in (columns or "").split(", "))


def held(connection: Connection, *, role: str) -> Rights:
    """What was granted to the role itself, on each table of the schema."""
    found: dict[str, set[Right]] = {}
    for table, what, column in connection.execute(_HELD, {"role": role}):
        found.setdefault(table, set()).add((what, column))
    return {table: frozenset(rights) for table, rights in found.items()}


_HELD: Final = sa.text(
    "SELECT c.relname, a.privilege_type, '' FROM pg_class c, aclexplode(c.relacl) a"
    " WHERE c.relnamespace = 'public'::regnamespace"
    " AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = :role)"
    " UNION ALL"
    " SELECT c.relname, a.privilege_type, t.attname"
    " FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a"
    " WHERE c.relnamespace = 'public'::regnamespace"
    " AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = :role)"
)


def changes(have: Rights, want: Rights, *, role: str) -> list[str]:
    """The statements that lead from what the role has to what it shall have; none if it is so."""
    statements = []
    for table in sorted({*have, *want}):
        has, shall = have.get(table, frozenset()), want.get(table, frozenset())
        # First what is too much: taking a right from a table takes it from its columns as well.
        if more := has - shall:
            statements.append(f"REVOKE {_list(more)} ON {_name(table)} FROM {_name(role)}")
            has -= {right for right in has if (right[0], "") in more}
        if less := shall - has:
            statements.append(f"GRANT {_list(less)} ON {_name(table)} TO {_name(role)}")
    return statements


def settle(connection: Connection, metadata: sa.MetaData, *, role: str) -> list[str]:
    """Give the role what the tables say, and take what else it has; as the tables' owner. Gives
    the statements that it took, none when it was so already.
    """
    if connection.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": role}) is None:
        raise RefusedError(
            f"The database has no role {role}. `dialog database roles` makes it; nothing was"
            " changed."
        )
    statements = missing(connection, metadata, role=role)
    for statement in statements:
        connection.exec_driver_sql(statement)
    return statements


def missing(connection: Connection, metadata: sa.MetaData, *, role: str) -> list[str]:
    """The statements that `settle` would take."""
    there = set(sa.inspect(connection).get_table_names("public"))
    want = wanted(metadata, version=version_of(connection))
    return changes(
        held(connection, role=role),
        {table: rights for table, rights in want.items() if table in there},
        role=role,
    )


def version_of(connection: Connection) -> int:
    """PostgreSQL's main version, such as 17."""
    return int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000


def _list(rights: Iterable[Right]) -> str:
    return ", ".join(
        f"{what} ({_name(column)})" if column else what for what, column in sorted(rights)
    )


def _name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'
