from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlmodel import Session, select

from dialog.core.errors import RefusedError
from dialog.settings import Settings
from dialog.storage import outbox
from dialog.storage.clock import now, today
from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import Access, Invitation, Round, RoundState
from dialog.surveys.rounds import inviting, sending
from tests.surveys.rounds.cast import Cast, desk_of


def test_opening_invites_everybody_of_the_audience_once(db: Session, settings: Settings) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    invited = db.exec(select(Invitation.person_id)).all()
    assert sorted(map(str, invited)) == sorted(str(who.id) for who in cast.people)
    assert round_.invited == 15
    assert round_.manifest != b""


def test_numbers_are_thirty_random_bits_and_not_used_in_a_round_under_way(
    db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(db)
    cast.opened_to_all(settings)
    first = set(db.exec(select(Invitation.number)))
    assert max(first) > 2**20
    again = iter([*sorted(first), *range(1000)])
    monkeypatch.setattr(inviting, "random_number", lambda: next(again))
    second = cast.opened_to_all(settings)
    numbers = db.exec(select(Invitation.number).where(Invitation.round_id == second.id)).all()
    assert not first & set(numbers)


def test_the_order_of_rows_is_not_the_order_of_people(db: Session, settings: Settings) -> None:
    cast = Cast(db, people=40)
    orders = []
    for _ in range(3):
        round_ = cast.opened_to_all(settings)
        rows = db.exec(select(Invitation).where(Invitation.round_id == round_.id)).all()
        orders.append([row.person_id for row in rows])
    people = sorted(who.id for who in cast.people)
    assert people not in orders
    assert len({tuple(map(str, order)) for order in orders}) == 3


def test_batches_hold_numbers_and_no_address_or_secret(db: Session, settings: Settings) -> None:
    cast = Cast(db)
    round_ = cast.opened_to_all(settings)
    rows = db.exec(select(OutboxRow).where(OutboxRow.kind == sending.INVITATION)).all()
    assert [set(row.payload) for row in rows] == [{"round", "first", "last"}]
    assert rows[0].payload["round"] == str(round_.id)


def test_many_people_make_many_batches(
    db: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 4)
    Cast(db).opened_to_all(settings)
    rows = db.exec(select(OutboxRow).where(OutboxRow.kind == sending.INVITATION)).all()
    ranges = sorted((row.payload["first"], row.payload["last"]) for row in rows)
    numbers = sorted(db.exec(select(Invitation.number)))
    assert ranges == [
        (numbers[0], numbers[3]),
        (numbers[4], numbers[7]),
        (numbers[8], numbers[11]),
        (numbers[12], numbers[14]),
    ]


def test_planning_the_same_batches_again_asks_for_nothing(db: Session, settings: Settings) -> None:
    round_ = Cast(db).opened_to_all(settings)
    before = len(db.exec(select(OutboxRow)).all())
    sending.plan(db, round_=round_, kind=sending.INVITATION, not_before=now())
    assert len(db.exec(select(OutboxRow)).all()) == before


def test_an_open_link_invites_nobody_and_sends_no_mail(db: Session, settings: Settings) -> None:
    round_ = Cast(db).opened_to_all(settings, access=Access.LINK, reminders=[])
    assert round_.state is RoundState.OPEN
    assert db.exec(select(Invitation)).all() == []
    assert {row.kind for row in db.exec(select(OutboxRow))} == {"round.announce"}


def test_an_audience_that_shrank_below_k_is_not_opened(db: Session, settings: Settings) -> None:
    cast = Cast(db)
    round_ = cast.approved()
    for who in cast.people[:6]:
        who.active = False
        db.add(who)
    with pytest.raises(RefusedError, match="bara 9 personer"):
        inviting.start(db, round_=round_, by=cast.analyst.id, settings=settings)


def test_a_round_opens_by_itself_at_eight_on_its_day(app: Flask, db: Session) -> None:
    cast = Cast(db)
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=UTC), tick=False):
        round_ = cast.approved(opens_on=today().replace(day=5))
    desk = desk_of(app)
    states = []
    for moment in ((4, 20), (5, 5), (5, 6)):  # six in UTC is eight in Sweden
        with time_machine.travel(datetime(2026, 10, *moment, 30, tzinfo=UTC), tick=False):
            inviting.start_due(desk)
            inviting.start_due(desk)
        db.expire_all()
        states.append(db.get_one(Round, round_.id).state)
        db.rollback()
    assert states == [RoundState.APPROVED, RoundState.APPROVED, RoundState.OPEN]


def test_the_outbox_gives_each_duty_to_one_worker(db: Session, settings: Settings) -> None:
    Cast(db).opened_to_all(settings)
    with time_machine.travel(now() + inviting.HEAD_START * 2):
        first = outbox.lease(db, limit=50)
        db.commit()
        assert first
        assert outbox.lease(db, limit=50) == []
        db.commit()
