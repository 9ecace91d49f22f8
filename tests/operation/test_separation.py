"""Each application's database role, with the tables as the migrations' owner made them: what the
application does there it may do (every other test on PostgreSQL shows that), and nothing else.
"""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from dialog.ballotbox.models import BoxRow
from dialog.storage import inspecting, privileges
from dialog.storage.rows import Row
from tests.databases import BOX, STAFF, Part
from tests.pipeline import Pipeline

SIDES = {"staff": (STAFF, Row.metadata), "box": (BOX, BoxRow.metadata)}
DENIED = psycopg.errors.InsufficientPrivilege
# Tables that say what happened: nobody who takes over an application may make it unhappened.
APPEND_ONLY = {"round_step", "release_group"}


def connected(url: str, *, database: str = "") -> psycopg.Connection[Any]:
    parts = sa.make_url(url)
    return psycopg.connect(
        host=str(parts.query["host"]),
        dbname=database or parts.database,
        user=parts.username,
        autocommit=True,
    )


@pytest.fixture(params=SIDES)
def side(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def part(postgresql_parts: tuple[Part, Part], side: str) -> Part:
    return postgresql_parts[[*SIDES].index(side)]


@pytest.fixture
def application(part: Part) -> Iterator[psycopg.Connection[Any]]:
    with connected(part.url) as connection:
        yield connection


def test_it_cannot_connect_to_the_other_sides_database(part: Part, side: str) -> None:
    other = next(found for name, (found, _) in SIDES.items() if name != side)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        connected(part.url, database=other.database)


def test_even_in_the_others_database_it_is_denied_every_table(
    postgresql: str, side: str, postgresql_parts: tuple[Part, Part]
) -> None:
    """As if the server had let it in, and into the schema: the last of three walls."""
    ours = SIDES[side][0]
    theirs, metadata = next(found for name, found in SIDES.items() if name != side)
    with (
        connected(postgresql, database=theirs.database) as let_in,
        let_in.transaction() as all_of_it,
    ):
        let_in.execute(f"GRANT USAGE ON SCHEMA public TO {ours.application}")
        let_in.execute(f"SET LOCAL ROLE {ours.application}")
        for table in metadata.tables:
            for statement in (f'SELECT FROM "{table}"', f'DELETE FROM "{table}"',
                              f'INSERT INTO "{table}" DEFAULT VALUES'):  # fmt: skip
                with pytest.raises(DENIED, match="for table"), let_in.transaction():
                    let_in.execute(statement)
        raise psycopg.Rollback(all_of_it)


def test_it_can_change_drop_and_truncate_no_table_and_make_none(
    application: psycopg.Connection[Any], side: str
) -> None:
    statements = ["CREATE TABLE mine (a int)", "CREATE SCHEMA mine", "CREATE TEMP TABLE t (a int)"]
    for table in SIDES[side][1].tables:
        statements += [f'ALTER TABLE "{table}" ADD COLUMN who text', f'DROP TABLE "{table}"',
                       f'TRUNCATE "{table}"', f'CREATE INDEX ON "{table}" ((1))',
                       f'ALTER TABLE "{table}" DISABLE TRIGGER ALL']  # fmt: skip
    for statement in statements:
        with pytest.raises(DENIED):
            application.execute(statement)


def test_each_table_allows_what_it_says_and_nothing_else(
    application: psycopg.Connection[Any], side: str
) -> None:
    for table in SIDES[side][1].tables.values():
        said = " ".join(table.info.get("may", privileges.UNSAID))
        for column in (each.name for each in table.columns):
            alone = re.search(r"UPDATE \(([^)]*)\)", said)
            allowed = column in alone[1].split(", ") if alone else "UPDATE" in said
            statement = f'UPDATE "{table.name}" SET "{column}" = DEFAULT WHERE false'
            _try(application, statement, allowed=allowed)
        _try(application, f'DELETE FROM "{table.name}" WHERE false', allowed="DELETE" in said)


def _try(application: psycopg.Connection[Any], statement: str, *, allowed: bool) -> None:
    with contextlib.nullcontext() if allowed else pytest.raises(DENIED):
        application.execute(statement)


def test_nothing_that_happened_can_be_made_unhappened(postgresql_parts: tuple[Part, Part]) -> None:
    with connected(postgresql_parts[0].url) as staff:
        for table in APPEND_ONLY:
            for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
                with pytest.raises(DENIED):
                    staff.execute(statement)
        with pytest.raises(DENIED):
            staff.execute("UPDATE response SET answers = '{}'")
        with pytest.raises(DENIED):
            staff.execute("UPDATE release SET k = 1")
        staff.execute("UPDATE response SET unit_id = NULL WHERE false")  # disposal of the unit
    with connected(postgresql_parts[1].url) as box:
        with pytest.raises(DENIED):
            box.execute("UPDATE sealed_ballot SET ballot = ''")
        with pytest.raises(DENIED):
            box.execute("DELETE FROM box_round")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_round_goes_its_whole_way_with_these_roles(pipeline: Pipeline) -> None:
    for application, role in (
        (pipeline.app, STAFF.application),
        (pipeline.box, BOX.application),
    ):
        assert application.extensions["engine"].url.username == role
    pipeline.everybody_answers()
    pipeline.close()
    assert pipeline.open().opened
    assert len(pipeline.responses()) == len(pipeline.invited)
    pipeline.hand_over()  # the box erases what was opened


def test_what_was_disposed_of_can_be_vacuumed_away(postgresql_parts: tuple[Part, Part]) -> None:
    """A role that may not is only told so in passing, and nothing happens."""
    said: list[str] = []
    with connected(postgresql_parts[0].url) as staff:
        staff.add_notice_handler(lambda notice: said.append(str(notice.message_primary)))
        for table in ("invitation", "link_issue", "response", "text_answer"):
            staff.execute(f"VACUUM {table}")
        assert said == []
        staff.execute("VACUUM round_step")
        assert "permission denied" in said[0]


def test_the_rights_are_settled_once_and_after_that_nothing_is_done(part: Part, side: str) -> None:
    ours, metadata = SIDES[side]
    with part.owner.begin() as owner:
        assert privileges.settle(owner, metadata, role=ours.application) == []


def test_rights_that_were_added_by_hand_are_found_and_taken_back(part: Part, side: str) -> None:
    ours, metadata = SIDES[side]
    table = {"staff": "round_step", "box": "sealed_ballot"}[side]
    with part.owner.begin() as owner:
        owner.exec_driver_sql(f"GRANT UPDATE, TRUNCATE ON {table} TO {ours.application}")
    found = " ".join(finding.sentence for finding in inspecting.database(part.url, metadata))
    assert f'REVOKE TRUNCATE, UPDATE ON "{table}"' in found
    with part.owner.begin() as owner:
        assert len(privileges.settle(owner, metadata, role=ours.application)) == 1
    with connected(part.url) as application, pytest.raises(DENIED):
        application.execute(f"TRUNCATE {table}")


def test_a_role_that_was_never_made_is_a_sentence(part: Part, side: str) -> None:
    with part.owner.begin() as owner, pytest.raises(Exception, match="dialog database roles"):
        privileges.settle(owner, SIDES[side][1], role="nobody_of_that_name")
