"""Registering: numbers without gap or duplicate, a chain that shows every change."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from dialog.core.diary import numbers
from dialog.core.diary.chain import Fault, Found, Head
from dialog.core.errors import RefusedError
from dialog.diary import numbering, registering, verifying
from dialog.diary.comparing import What, Wrong
from dialog.diary.facts import Facts
from dialog.diary.models import (
    DiaryAuthority,
    DiaryLine,
    DiaryMatter,
    DiaryValue,
    Direction,
    Numbering,
)
from dialog.storage.engine import make_sessions

AT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
LETTER = Facts(
    subject="Skrivelse om bemanning",
    public_subject="Skrivelse om bemanning",
    correspondent="Förbundet Exempel",
    public_correspondent="Förbundet Exempel",
    direction=Direction.IN,
    arrived_on=date(2026, 11, 27),
)


@pytest.fixture
def authority(app: Flask, db: Session) -> DiaryAuthority:
    db.expire_on_commit = False
    made = DiaryAuthority(name="Regionstyrelsen", letters="RS")
    db.add(made)
    db.commit()
    return made


def opened(db: Session, authority: DiaryAuthority, **more: Any) -> DiaryMatter:
    made = registering.open_matter(
        db, authority=authority, subject="Bemanning", public_subject="Bemanning", at=AT, by=None,
        **more,
    )  # fmt: skip
    db.commit()
    return made


def registered(db: Session, authority: DiaryAuthority, matter: DiaryMatter) -> DiaryLine:
    made = registering.register(
        db, authority=authority, matter=matter, facts=LETTER, at=AT, by=None
    )
    db.commit()
    return made


def faults(db: Session, authority: DiaryAuthority, *heads: Head) -> list[Any]:
    found = list(verifying.faults(db, authority=authority, heads=heads))
    db.commit()
    return found


def test_a_matter_has_a_number_and_its_documents_are_counted_in_it(
    db: Session, authority: DiaryAuthority
) -> None:
    first, second = opened(db, authority), opened(db, authority)
    for matter, document in ((first, 1), (second, 1), (first, 2)):
        line = registered(db, authority, matter)
        assert line.document == document
    assert str(numbering.number_of(authority, first, 2)) == "RS 2026-00001-2"
    assert str(numbering.number_of(authority, second)) == "RS 2026-00002"
    assert faults(db, authority) == []


def test_many_who_register_at_once_leave_no_gap_and_no_duplicate(
    app: Flask, db: Session, authority: DiaryAuthority
) -> None:
    def register(*, giving_up: bool) -> None:
        for _time in range(3):
            with make_sessions(app.extensions["engine"])() as session:
                board = session.get_one(DiaryAuthority, authority.id)
                matter = registering.open_matter(
                    session, authority=board, subject="S", public_subject="S", at=AT, by=None
                )
                registering.register(
                    session, authority=board, matter=matter, facts=LETTER, at=AT, by=None
                )
                session.rollback() if giving_up else session.commit()

    threads = [
        threading.Thread(target=register, kwargs={"giving_up": each % 2 == 1}) for each in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    matters = db.exec(select(DiaryMatter)).all()
    assert sorted(each.serial for each in matters) == list(range(1, 10))
    assert {each.documents for each in matters} == {1}
    assert faults(db, authority) == []


def test_each_authority_and_each_year_has_its_own_series(
    db: Session, authority: DiaryAuthority
) -> None:
    other = DiaryAuthority(name="Hälso- och sjukvårdsnämnden", letters="HSN")
    db.add(other)
    db.commit()
    assert [opened(db, board).serial for board in (authority, other, authority)] == [1, 1, 2]
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is 2027 in Sweden
    matter = registering.open_matter(
        db, authority=authority, subject="S", public_subject="S", at=new_year, by=None
    )
    db.commit()
    assert str(numbering.number_of(authority, matter)) == "RS 2027-00001"


def test_a_number_can_come_from_the_authoritys_own_diary_once(
    db: Session, authority: DiaryAuthority
) -> None:
    entered = numbers.read("HSN 2024-04127")
    with pytest.raises(RefusedError, match="ges av Dialog"):
        opened(db, authority, entered=entered)
    db.rollback()
    board = DiaryAuthority(name="Nämnden", letters="HSN", numbering=Numbering.ENTERED)
    db.add(board)
    db.commit()
    assert str(numbering.number_of(board, opened(db, board, entered=entered))) == "HSN 2024-04127"
    for wrong in (None, numbers.read("RS 2024-1"), entered, numbers.read("HSN 2024-5-1")):
        with pytest.raises(RefusedError):
            opened(db, board, entered=wrong)
        db.rollback()
    assert faults(db, board) == []


def test_a_document_cannot_have_come_in_tomorrow(db: Session, authority: DiaryAuthority) -> None:
    matter = opened(db, authority)
    late = replace(LETTER, arrived_on=date(2026, 12, 1))
    with pytest.raises(RefusedError, match="efter i dag"):
        registering.register(db, authority=authority, matter=matter, facts=late, at=AT, by=None)


def test_a_correction_is_a_new_entry_and_what_stood_before_is_still_there(
    db: Session, authority: DiaryAuthority
) -> None:
    line = registered(db, authority, opened(db, authority))
    withheld = replace(LETTER, public_correspondent=None, secrecy="OSL 39 kap.")
    registering.correct(
        db, line=line, facts=withheld, why="Fel avsändare", seen=line.latest, at=AT, by=None
    )
    db.commit()
    assert line.public_correspondent is None
    assert (line.position, line.latest) == (2, 3)
    values = db.exec(
        select(DiaryValue.value).where(
            DiaryValue.position == 2, DiaryValue.name == "public_correspondent"
        )
    )
    assert values.one() == "Förbundet Exempel"
    db.commit()
    assert faults(db, authority) == []


CHANGES = {
    "DELETE FROM diary_value WHERE position = 2 AND name = 'subject'": (Fault.GONE, "subject"),
    "UPDATE diary_value SET value = 'X' WHERE position = 2 AND name = 'correspondent'": (
        Fault.OTHER_VALUE, "correspondent",
    ),
    "UPDATE diary_entry SET digest = previous WHERE position = 2": (Fault.CHANGED, ""),
    "UPDATE diary_entry SET matter_id = NULL WHERE position = 2": What.ENTRY,
    "UPDATE diary_entry SET kind = 'correction' WHERE position = 2": What.ENTRY,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_a_change_and_one_that_was_forced_is_found(
    app: Flask, db: Session, authority: DiaryAuthority, change: str, request: pytest.FixtureRequest
) -> None:
    registered(db, authority, opened(db, authority))
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"):
        db.connection().execute(sa.text(change))
    db.rollback()
    assert faults(db, authority) == []
    force(app, request, change)
    wrong = CHANGES[change]
    expected = Wrong(2, wrong) if isinstance(wrong, What) else Found(2, Fault(wrong[0]), wrong[1])
    assert expected in faults(db, authority)


def force(app: Flask, request: pytest.FixtureRequest, change: str) -> None:
    """As somebody would who owns the database's files or its tables."""
    engine = app.extensions["engine"]
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            kept = connection.execute(
                sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name, _sql in kept:
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
            connection.execute(sa.text(change))
            for _name, sql in kept:
                connection.execute(sa.text(sql))
        return
    staff, _box = request.getfixturevalue("postgresql_parts")
    with staff.owner.begin() as connection:
        for table in ("diary_value", "diary_entry"):
            connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(sa.text(change))
        for table in ("diary_value", "diary_entry"):
            connection.execute(sa.text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def test_on_sqlite_an_entry_is_not_replaced_either(db: Session, authority: DiaryAuthority) -> None:
    registered(db, authority, opened(db, authority))
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("no other database replaces")
    columns = "authority_id, position, matter_id, document, kind, commitments, previous, digest"
    with pytest.raises(DatabaseError, match="append-only"):
        db.connection().execute(
            sa.text(
                f"REPLACE INTO diary_entry ({columns}) SELECT authority_id, position, matter_id,"
                " document, 'correction', commitments, previous, digest FROM diary_entry"
            )
        )
    db.rollback()


BESIDE = {
    "UPDATE diary_line SET subject = 'Annat' WHERE position = 2": Wrong(2, What.LINE),
    "UPDATE diary_line SET registered_at = '2020-01-01 00:00:00+00:00' WHERE position = 2": Wrong(
        2, What.LINE
    ),
    "DELETE FROM diary_line WHERE position = 2": Wrong(2, What.LINE),
    "DELETE FROM diary_word WHERE word = 'bemanning'": Wrong(2, What.WORDS),
    "UPDATE diary_word SET stretch = stretch + 7 WHERE word = 'bemanning'": Wrong(2, What.WORDS),
    "UPDATE diary_word SET places = substr(places, 2) WHERE word = 'bemanning'": Wrong(
        2, What.WORDS
    ),
    "UPDATE diary_word SET places = (SELECT places FROM diary_word WHERE word = 'direction=in'"
    " AND scope = 'all') WHERE word = 'year=2026'": Wrong(1, What.WORDS),
    "UPDATE diary_matter SET documents = 2": Wrong(1, What.COUNT),
    "UPDATE diary_matter SET serial = serial + 1": Wrong(1, What.ENTRY),
    "UPDATE diary_authority SET entries = 9": Wrong(2, What.COUNT),
    "UPDATE diary_authority SET name = 'Annan'": Wrong(1, What.AUTHORITY),
}


@pytest.mark.parametrize("change", BESIDE)
def test_what_stands_beside_the_chain_is_tried_against_it(
    app: Flask, db: Session, authority: DiaryAuthority, change: str, request: pytest.FixtureRequest
) -> None:
    registered(db, authority, opened(db, authority))
    assert faults(db, authority) == []
    force(app, request, change)
    db.expire_all()
    assert BESIDE[change] in faults(db, authority)


def test_who_corrects_what_somebody_else_has_corrected_since_is_refused(
    db: Session, authority: DiaryAuthority
) -> None:
    line = registered(db, authority, opened(db, authority))
    seen = line.latest
    withheld = replace(LETTER, public_subject=None)
    registering.correct(db, line=line, facts=withheld, why="Namn", seen=seen, at=AT, by=None)
    db.commit()
    with pytest.raises(RefusedError, match="Någon annan har rättat"):
        registering.correct(db, line=line, facts=LETTER, why="Dag", seen=seen, at=AT, by=None)
    db.rollback()
    assert line.public_subject is None
    assert faults(db, authority) == []


def test_a_head_that_was_published_binds_the_diary(db: Session, authority: DiaryAuthority) -> None:
    registered(db, authority, opened(db, authority))
    head = verifying.publish(db, authority=authority)
    assert verifying.publish(db, authority=authority) == head
    db.commit()
    registered(db, authority, opened(db, authority))
    assert faults(db, authority, head) == []
    other = Head(head.position, bytes(32))
    assert Found(2, Fault.OTHER_HEAD) in faults(db, authority, other)
    assert faults(db, authority, Head(9, head.digest)) == [Found(9, Fault.OTHER_HEAD)]
