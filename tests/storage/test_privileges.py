"""What is granted and what is taken, decided without a database."""

import pytest
import sqlalchemy as sa

from dialog.ballotbox.models import BoxRow
from dialog.core.configuration import WrongSettingError
from dialog.storage.privileges import application_role, changes, may, wanted
from dialog.storage.rows import Row

READ, ADD, CHANGE = ("SELECT", ""), ("INSERT", ""), ("UPDATE", "")
CHANGE_UNIT = ("UPDATE", "unit_id")
OWNER = "postgresql+psycopg://owner@/dialog"


def steps(have: set[tuple[str, str]], want: set[tuple[str, str]]) -> list[str]:
    return changes({"t": frozenset(have)}, {"t": frozenset(want)}, role='a"b')


def test_when_all_is_as_wanted_there_is_nothing_to_do() -> None:
    assert steps({READ, CHANGE_UNIT}, {READ, CHANGE_UNIT}) == []


def test_what_is_too_much_is_taken_before_what_lacks_is_given() -> None:
    assert steps({READ, CHANGE}, {READ, ADD, CHANGE_UNIT}) == [
        'REVOKE UPDATE ON "t" FROM "a""b"',
        'GRANT INSERT, UPDATE ("unit_id") ON "t" TO "a""b"',
    ]


def test_a_column_that_was_granted_is_granted_again_when_its_table_is_taken() -> None:
    """PostgreSQL takes a table's right from the columns, too."""
    assert steps({CHANGE, CHANGE_UNIT}, {CHANGE_UNIT})[1] == (
        'GRANT UPDATE ("unit_id") ON "t" TO "a""b"'
    )


def test_on_a_table_that_is_not_ours_everything_is_taken() -> None:
    assert changes({"old": frozenset({READ})}, {}, role="a") == ['REVOKE SELECT ON "old" FROM "a"']


def test_a_table_that_says_nothing_can_be_read_added_to_changed_and_emptied_row_by_row() -> None:
    metadata = sa.MetaData()
    sa.Table("silent", metadata, sa.Column("a", sa.Integer))
    rights = wanted(metadata, version=18)
    assert {what for what, _ in rights["silent"]} == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert rights["alembic_version"] == {READ}


def test_an_older_server_knows_no_right_to_vacuum() -> None:
    assert ("MAINTAIN", "") in wanted(Row.metadata, version=17)["response"]
    assert ("MAINTAIN", "") not in wanted(Row.metadata, version=16)["response"]


def test_no_application_ever_truncates_or_makes_references_or_triggers() -> None:
    for metadata in (Row.metadata, BoxRow.metadata):
        for rights in wanted(metadata, version=18).values():
            assert not {what for what, _ in rights} & {"TRUNCATE", "REFERENCES", "TRIGGER"}


def test_a_right_that_is_none_is_refused_where_it_stands() -> None:
    with pytest.raises(ValueError, match="select"):
        may("select")
    with pytest.raises(ValueError, match="UPDATE"):
        may("UPDATE(a)")


@pytest.mark.parametrize(
    ("ours", "owners", "role"),
    [
        ("sqlite:///x.db", "", None),
        ("sqlite:///x.db", "sqlite:///x.db", None),
        (OWNER, "", None),
        (OWNER, OWNER, None),
        ("postgresql+psycopg://app@/dialog", OWNER, "app"),
        ("postgresql+psycopg://app:x@pooler:6432/dialog", OWNER, "app"),
    ],
)
def test_the_applications_role_is_told_by_two_addresses(
    ours: str, owners: str, role: str | None
) -> None:
    assert application_role(ours, owners) == role


@pytest.mark.parametrize(
    "ours",
    ["sqlite:///x.db", "postgresql+psycopg://app@/other", "postgresql+psycopg:///dialog"],
)
def test_two_addresses_that_do_not_fit_are_a_sentence_without_passwords(ours: str) -> None:
    with pytest.raises(WrongSettingError) as wrong:
        application_role(ours, "postgresql+psycopg://owner:verysecret@/dialog")
    assert "verysecret" not in str(wrong.value)
