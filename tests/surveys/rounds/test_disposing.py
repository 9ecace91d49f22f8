import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, col, select

from dialog.surveys.models import (
    Access,
    Invitation,
    LinkIssue,
    Response,
    Round,
    RoundState,
    RoundStep,
    TextAnswer,
)
from dialog.surveys.rounds import disposing
from tests.surveys.rounds.cast import Cast, desk_of

PLANTED = "en-mening-som-ingen-annan-skriver"


def released(app: Flask, db: Session) -> Round:
    """A round with opened answers, opened on the first of October."""
    cast = Cast(db)
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=UTC), tick=False):
        round_ = cast.opened_to_all(app.extensions["settings"], reminders=[])
    for _index in range(12):
        db.add(Response(round_id=round_.id, unit_id=cast.units[0].id, answers=json.dumps({})))
        db.add(TextAnswer(round_id=round_.id, item="note", unit_id=cast.units[0].id, text=PLANTED))
    db.add(LinkIssue(round_id=round_.id, blinded_hash="0" * 64))
    round_.state = RoundState.RELEASED
    db.add(round_)
    db.commit()
    return round_


def dispose(app: Flask, db: Session, day: date) -> None:
    db.rollback()
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    with time_machine.travel(at, tick=False):
        disposing.dispose_due(desk_of(app))
        disposing.dispose_due(desk_of(app))
    db.expire_all()


def left(db: Session) -> tuple[int, int, int, int]:
    """Invitations, responses, texts, and responses with a unit."""
    found = (
        len(db.exec(select(Invitation)).all()),
        len(db.exec(select(Response)).all()),
        len(db.exec(select(TextAnswer)).all()),
        len(db.exec(select(Response).where(col(Response.unit_id).is_not(None))).all()),
    )
    db.rollback()
    return found


def test_each_kind_goes_on_the_day_after_its_date(app: Flask, db: Session) -> None:
    round_ = released(app, db)
    kept_until = [
        round_.keep_list_until, round_.keep_unit_until, round_.keep_texts_until,
        round_.keep_rows_until,
    ]  # fmt: skip
    after = [(0, 12, 12, 12), (0, 12, 12, 0), (0, 12, 0, 0), (0, 0, 0, 0)]
    before = (15, 12, 12, 12)
    for until, expected in zip(kept_until, after, strict=True):
        assert until is not None
        dispose(app, db, until)
        assert left(db) == before
        dispose(app, db, until + timedelta(days=1))
        assert left(db) == expected
        before = expected
    assert db.exec(select(LinkIssue)).all() == []


def test_each_disposal_is_written_down_once(app: Flask, db: Session) -> None:
    round_ = released(app, db)
    assert round_.keep_rows_until is not None
    for days in (1, 2, 3):
        dispose(app, db, round_.keep_rows_until + timedelta(days=days))
    steps = db.exec(select(RoundStep.action).where(col(RoundStep.action).like("dispose-%"))).all()
    assert sorted(steps) == ["dispose-list", "dispose-rows", "dispose-texts", "dispose-unit"]


def test_texts_lose_their_unit_with_the_rows(app: Flask, db: Session) -> None:
    round_ = released(app, db)
    assert round_.keep_unit_until is not None
    dispose(app, db, round_.keep_unit_until + timedelta(days=1))
    texts = db.exec(select(TextAnswer.unit_id)).all()
    assert set(texts) == {None}


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.PAUSED, RoundState.APPROVED])
def test_a_round_that_has_not_ended_keeps_everything(
    app: Flask, db: Session, state: RoundState
) -> None:
    round_ = released(app, db)
    round_.state = state
    db.add(round_)
    db.commit()
    dispose(app, db, date(2030, 1, 1))
    assert left(db) == (15, 12, 12, 12)


def test_what_was_disposed_of_is_in_no_file_of_sqlite(app: Flask, db: Session) -> None:
    if db.get_bind().dialect.name != "sqlite":
        pytest.skip("files of SQLite")
    released(app, db)
    folder = Path(str(app.extensions["settings"].instance))

    def files_with_it() -> list[str]:
        return [
            path.name
            for path in folder.iterdir()
            if path.is_file() and PLANTED.encode() in path.read_bytes()
        ]

    assert files_with_it()
    dispose(app, db, date(2030, 1, 1))
    db.close()
    assert files_with_it() == []


def test_what_an_open_link_left_goes_with_the_rows(app: Flask, db: Session) -> None:
    round_ = released(app, db)
    round_.access, round_.keep_list_until = Access.LINK, None
    db.add(round_)
    db.commit()
    until = round_.keep_rows_until
    assert until is not None
    dispose(app, db, until)
    assert len(db.exec(select(LinkIssue)).all()) == 1
    dispose(app, db, until + timedelta(days=1))
    assert db.exec(select(LinkIssue)).all() == []
