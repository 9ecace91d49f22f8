from datetime import UTC, datetime

import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from dialog.surveys.models import Access, Invitation, LinkIssue, Round
from dialog.surveys.rounds import response_rate, steps
from dialog.surveys.rounds.response_rate import showable
from tests.surveys.rounds.cast import Cast, desk_of

COUNTS = st.dictionaries(
    st.text("ABCDEFGH", min_size=1, max_size=2),
    st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    max_size=8,
)


@given(COUNTS, st.integers(5, 15))
def test_no_shown_number_and_no_difference_stands_for_fewer_than_k(
    counts: dict[str, tuple[int, int]], k: int
) -> None:
    shown = showable(counts, k=k)
    assert all(shown[code] == counts[code] for code in shown)
    assert all(answered >= k for answered, _invited in shown.values())
    hidden = [counts[code][0] for code in counts if code not in shown]
    assert not hidden or sum(hidden) >= k or not shown


def test_what_can_be_shown_is_shown() -> None:
    counts = {"A": (30, 40), "B": (12, 20), "C": (11, 20)}
    assert showable(counts, k=10) == counts


def test_one_small_unit_takes_the_next_smallest_with_it() -> None:
    assert showable({"A": (30, 40), "B": (12, 20), "C": (3, 20)}, k=10) == {"A": (30, 40)}


def answer(db: Session, round_: Round, number: int) -> None:
    rows = db.exec(select(Invitation).where(Invitation.round_id == round_.id)).all()
    for row in sorted(rows, key=lambda each: each.number)[:number]:
        row.issued = True
        db.add(row)
    db.commit()


def count(app: Flask, db: Session, round_: Round, day: int) -> int | None:
    with time_machine.travel(datetime(2026, 10, day, 10, tzinfo=UTC), tick=False):
        response_rate.update_due(desk_of(app))
    db.expire_all()
    shown = db.get_one(Round, round_.id).rate_shown
    db.rollback()  # SQLite's only write lock is the worker's again
    return shown


def test_the_rate_is_counted_once_a_day_and_only_from_k(app: Flask, db: Session) -> None:
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=UTC), tick=False):
        round_ = Cast(db).opened_to_all(app.extensions["settings"], reminders=[])
    answer(db, round_, 9)
    assert count(app, db, round_, 1) is None
    answer(db, round_, 12)
    assert count(app, db, round_, 1) is None
    assert count(app, db, round_, 2) == 12
    answer(db, round_, 13)
    assert count(app, db, round_, 2) == 12
    assert count(app, db, round_, 3) == 13


def test_closing_counts_a_last_time(app: Flask, db: Session) -> None:
    cast = Cast(db)
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=UTC), tick=False):
        round_ = cast.opened_to_all(app.extensions["settings"], reminders=[])
        count(app, db, round_, 1)
        answer(db, round_, 15)
        steps.close(db, round_=round_, by=cast.analyst.id)
        db.commit()
    assert count(app, db, round_, 1) == 15
    assert db.get_one(Round, round_.id).rate_by_unit == {}  # 10 of one, 5 of the other


def test_of_an_open_link_the_tokens_are_counted(app: Flask, db: Session) -> None:
    with time_machine.travel(datetime(2026, 10, 1, 10, tzinfo=UTC), tick=False):
        round_ = Cast(db).opened_to_all(
            app.extensions["settings"], access=Access.LINK, reminders=[]
        )
    for index in range(11):
        db.add(LinkIssue(round_id=round_.id, blinded_hash=f"{index:064}"))
    db.commit()
    assert count(app, db, round_, 1) == 11
