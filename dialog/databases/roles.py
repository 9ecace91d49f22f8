"""Two databases, two roles for each, and nothing in common: the steps that lead there.

A step is a condition and a statement, both SQL, so that the same steps can be carried out by
`dialog database roles` and be printed for somebody who would rather do it by hand.
https://www.postgresql.org/docs/current/ddl-priv.html
"""

# ruff: noqa: S608 - SQL is what this module makes; whatever is named goes through `name` or `text`

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from dialog.storage.server_settings import RULES

MAY: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Side:
    """One application's database, the role that owns it, and the role that works in it."""

    name: str  # "staff" or "box"
    database: str
    owner: str
    application: str


@dataclass(frozen=True)
class Step:
    """`statement` is to be run in `database` ("": any) if `needed` is true; afterwards it is not.
    One for a `superuser` is left out where the administrator is none.
    """

    needed: str
    statement: str
    database: str = ""
    superuser: bool = False


def steps(sides: Iterable[Side]) -> Iterator[Step]:
    """All that is to be done for `sides` on one server, in order."""
    sides = tuple(sides)
    for side in sides:
        yield from _roles(side)
    for side in sides:
        yield from _database(side)
        strangers = {other.owner for other in sides} | {other.application for other in sides}
        for stranger in sorted(strangers - {side.owner, side.application}):
            yield _keep_out(side, stranger)
        yield from _schema(side)
        yield from _quiet(side)


def _roles(side: Side) -> Iterator[Step]:
    for role in (side.owner, side.application):
        known = f"EXISTS (SELECT FROM pg_roles WHERE rolname = {text(role)})"
        yield Step(f"NOT {known}", f"CREATE ROLE {name(role)} LOGIN")
        yield Step(
            f"EXISTS (SELECT FROM pg_roles WHERE rolname = {text(role)} AND (rolcreatedb"
            " OR rolcreaterole OR rolreplication OR rolbypassrls OR NOT rolcanlogin))",
            f"ALTER ROLE {name(role)} LOGIN NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
        )
    # An administrator who may not do everything gives a database only to a role of his own.
    yield Step(
        f"NOT pg_has_role({text(side.owner)}, 'USAGE')", f"GRANT {name(side.owner)} TO CURRENT_USER"
    )


def _database(side: Side) -> Iterator[Step]:
    base, database = text(side.database), name(side.database)
    yield Step(
        f"NOT EXISTS (SELECT FROM pg_database WHERE datname = {base})",
        f"CREATE DATABASE {database} OWNER {name(side.owner)} ENCODING 'UTF8' TEMPLATE template0",
    )
    yield Step(
        f"(SELECT datdba FROM pg_database WHERE datname = {base}) <> {_oid(side.owner)}",
        f"ALTER DATABASE {database} OWNER TO {name(side.owner)}",
    )
    yield Step(
        f"has_database_privilege('public', {base}, 'CONNECT, TEMPORARY, CREATE')",
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    )
    yield Step(
        f"NOT has_database_privilege({text(side.application)}, {base}, 'CONNECT')",
        f"GRANT CONNECT ON DATABASE {database} TO {name(side.application)}",
    )


def _keep_out(side: Side, stranger: str) -> Step:
    return Step(
        f"EXISTS (SELECT FROM pg_database d, aclexplode(d.datacl) a"
        f" WHERE d.datname = {text(side.database)} AND a.grantee = {_oid(stranger)})",
        f"REVOKE ALL ON DATABASE {name(side.database)} FROM {name(stranger)}",
    )


def _schema(side: Side) -> Iterator[Step]:
    within, owner, application = side.database, name(side.owner), name(side.application)
    yield Step(
        "has_schema_privilege('public', 'public', 'USAGE, CREATE')",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        within,
    )
    yield Step(
        f"NOT has_schema_privilege({text(side.owner)}, 'public', 'CREATE')"
        f" OR NOT has_schema_privilege({text(side.owner)}, 'public', 'USAGE')",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        within,
    )
    yield Step(
        f"NOT has_schema_privilege({text(side.application)}, 'public', 'USAGE')",
        f"GRANT USAGE ON SCHEMA public TO {application}",
        within,
    )
    yield Step(
        "EXISTS (SELECT FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = 'public'"
        f" AND a.grantee = {_oid(side.application)} AND a.privilege_type = 'CREATE')",
        f"REVOKE CREATE ON SCHEMA public FROM {application}",
        within,
    )
    yield _adopt(side)
    yield Step(
        "(SELECT count(DISTINCT a.privilege_type) FROM pg_default_acl d, aclexplode(d.defaclacl) a"
        f" WHERE d.defaclrole = {_oid(side.owner)} AND d.defaclobjtype = 'r'"
        f" AND d.defaclnamespace = 'public'::regnamespace AND a.grantee = {_oid(side.application)}"
        f" AND a.privilege_type IN ({', '.join(map(text, MAY))})) < {len(MAY)}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        f" GRANT {', '.join(MAY)} ON TABLES TO {application}",
        within,
    )


def _adopt(side: Side) -> Step:
    """Tables that were made when one role did everything become the owner's."""
    others = (
        "FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
        f" AND c.relowner <> {_oid(side.owner)} AND NOT EXISTS (SELECT FROM pg_depend d"
        " WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
    )
    return Step(
        f"EXISTS (SELECT {others})",
        f"DO $do$ DECLARE t regclass; BEGIN FOR t IN SELECT c.oid::regclass {others} LOOP"
        f" EXECUTE format('ALTER TABLE %s OWNER TO %I', t, {text(side.owner)}); END LOOP; END $do$",
        side.database,
    )


def _quiet(side: Side) -> Iterator[Step]:
    """What the server is not to write down of this database, whatever it does for others."""
    for rule in RULES:
        if not rule.settable:
            continue
        good = rule.good[0]
        yield Step(
            "NOT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d"
            f" ON d.oid = s.setdatabase WHERE d.datname = {text(side.database)} AND s.setrole = 0"
            f" AND {text(f'{rule.name}={good}')} = ANY(s.setconfig))",
            f"ALTER DATABASE {name(side.database)} SET {rule.name} = {text(good)}",
            superuser=True,
        )


def script(sides: Iterable[Side]) -> str:
    """The steps for psql, which runs each only where it is needed."""
    sides = tuple(sides)
    lines = [
        "-- Two databases with two roles each; for psql, as a superuser. Again changes nothing.",
        r"\set ON_ERROR_STOP on",
    ]
    here = ""
    for step in steps(sides):
        if step.database and step.database != here:
            here = step.database
            lines += ["", rf"\connect {name(here)}"]
        lines.append(rf"SELECT {text(step.statement)} WHERE {step.needed} \gexec")
    lines += ["", "-- Roles that sign in with a password; psql asks and sends no readable one:"]
    for side in sides:
        lines += [rf"-- \password {name(role)}" for role in (side.owner, side.application)]
    return "\n".join([*lines, ""])


def _oid(role: str) -> str:
    return f"(SELECT oid FROM pg_roles WHERE rolname = {text(role)})"


def name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
