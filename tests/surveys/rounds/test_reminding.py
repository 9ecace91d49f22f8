from datetime import UTC, datetime

import time_machine
from flask import Flask
from sqlmodel import Session, select

from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import Invitation, Round, RoundStep
from dialog.surveys.rounds import reminding, sending
from tests.surveys.rounds.cast import Cast, desk_of


def reminders(db: Session) -> list[OutboxRow]:
    found = list(db.exec(select(OutboxRow).where(OutboxRow.kind == sending.REMINDER)))
    db.rollback()  # SQLite's only write lock is the worker's again
    return found


def opened(app: Flask, db: Session) -> Round:
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=UTC), tick=False):
        return Cast(db).opened_to_all(app.extensions["settings"], reminders=["2026-10-08"])


def remind(app: Flask, day: int, hour: int = 9) -> None:
    with time_machine.travel(datetime(2026, 10, day, hour, tzinfo=UTC), tick=False):
        reminding.remind_due(desk_of(app))


def test_reminders_are_planned_once_on_their_day(app: Flask, db: Session) -> None:
    opened(app, db)
    remind(app, 7)
    assert reminders(db) == []
    remind(app, 8, hour=4)
    assert reminders(db) == []
    remind(app, 8)
    remind(app, 8)
    assert len(reminders(db)) == 1
    steps = db.exec(select(RoundStep).where(RoundStep.action == "remind-2026-10-08")).all()
    assert len(steps) == 1


def test_a_worker_that_stood_still_for_a_day_reminds_late_and_for_longer_not_at_all(
    app: Flask, db: Session
) -> None:
    opened(app, db)
    remind(app, 10)
    assert reminders(db) == []
    remind(app, 9)
    assert len(reminders(db)) == 1


def test_a_paused_round_reminds_nobody(app: Flask, db: Session) -> None:
    round_ = opened(app, db)
    round_.state = "paused"  # type: ignore[assignment]
    db.add(round_)
    db.commit()
    remind(app, 8)
    assert reminders(db) == []


def test_who_has_answered_is_not_in_a_batch(app: Flask, db: Session) -> None:
    opened(app, db)
    for invitation in db.exec(select(Invitation)):
        invitation.issued = True
        db.add(invitation)
    db.commit()
    remind(app, 8)
    assert reminders(db) == []
