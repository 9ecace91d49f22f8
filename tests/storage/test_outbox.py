"""A duty is asked for once, and once more when it had failed or was done."""

from typing import Any

from sqlmodel import Session, select

from dialog.storage import outbox
from dialog.storage.outbox import OutboxRow


def asked(db: Session, number: int) -> tuple[bool, OutboxRow]:
    """Whether it was asked for anew, and how it stands then."""
    payload: dict[str, Any] = {"number": number}
    new = outbox.put_again(db, kind="prov", key="prov:1", payload=payload)
    db.commit()
    return new, db.exec(select(OutboxRow)).one()


def leased(db: Session) -> OutboxRow:
    (row,) = outbox.lease(db)
    db.commit()
    return row


def test_what_waits_or_is_in_hand_is_not_asked_for_again(db: Session) -> None:
    assert asked(db, 1)[0]
    new, row = asked(db, 2)
    assert (new, row.payload) == (False, {"number": 1})
    leased_until = leased(db).leased_until
    new, row = asked(db, 3)
    assert (new, row.payload, row.leased_until) == (False, {"number": 1}, leased_until)


def test_what_had_failed_for_good_is_asked_for_as_if_it_never_was(db: Session) -> None:
    _new, row = asked(db, 1)
    for _try in range(outbox.GIVE_UP_AFTER):
        row.attempts += 1
        outbox.failed(row, "RuntimeError")
    db.commit()
    assert row.failed
    assert outbox.lease(db) == []
    new, row = asked(db, 2)
    assert (new, row.payload, row.attempts, row.problem) == (True, {"number": 2}, 0, "")
    assert leased(db).attempts == 1


def test_what_was_done_is_done_once_more(db: Session) -> None:
    asked(db, 1)
    outbox.done(leased(db))
    db.commit()
    new, row = asked(db, 2)
    assert (new, row.payload, row.done_at) == (True, {"number": 2}, None)
    assert leased(db).payload == {"number": 2}
