"""The documents that are told of, held to what the product then keeps, and for how long."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, col, select

from dialog.core.questionnaire import load
from dialog.organisation.models import Unit
from dialog.rehearsing import calendar, paper, papers, turns
from dialog.rehearsing.columns import ANSWERED, LISTED, WRITTEN
from dialog.rehearsing.paper import There
from dialog.reviewing.models import ApprovedText, Outcome, TextDecision
from dialog.storage.clock import STOCKHOLM, today
from dialog.storage.rows import Row
from dialog.surveys.models import (
    Access,
    CodeStack,
    Invitation,
    KeyHolder,
    LinkIssue,
    Response,
    Round,
    RoundState,
    TextAnswer,
)
from dialog.surveys.rounds import disposing, opening_duties, stacks
from tests.pipeline import FORM, Pipeline
from tests.rehearsing.planned import A_DAY, days_of, section, text_of
from tests.surveys.rounds.cast import Cast, desk_of


@pytest.mark.parametrize(
    ("columns", "table"), [(LISTED, Invitation), (ANSWERED, Response), (WRITTEN, TextAnswer)]
)
def test_every_column_that_is_kept_is_told_of(columns: Any, table: Any) -> None:
    assert columns.keys() == {column.name for column in sa.inspect(table).local_table.columns}


ELSEWHERE = {
    "correction": "of a published result, when one is corrected; what comes of it is a release",
    "round_data": "of research: a matter of its own, that begins when somebody applies",
    "data_choice": "of research",
    "data_export": "of research",
    "data_fetch": "of research",
    "data_package": "of research",
    "meeting_followup": "which meeting a round comes after: it stands with the meeting, and names"
    " nobody",
}


def test_every_table_that_has_to_do_with_a_round_is_told_of_or_it_is_said_why_not(
    cast: Cast,
) -> None:
    said: set[str] = set()
    for access in Access:
        for holder in KeyHolder:
            round_ = cast.plan(access=access, reminders=[], key_holder=holder)
            form = papers.papers(round_, FORM, days_of(round_))
            said |= {table for one in form for table in one.tables}
    assert said | ELSEWHERE.keys() == belonging_to("round")
    assert not said & ELSEWHERE.keys()


def belonging_to(name: str) -> set[str]:
    """The tables that refer to one, or to one that does."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        at = waiting.pop()
        new = {
            table.name
            for table in Row.metadata.sorted_tables
            if any(key.column.table.name == at for key in table.foreign_keys)
        } - {*found, name}
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize("access", [Access.BOTH, Access.LINK])
def test_what_is_said_to_be_there_is_there_on_each_day_until_the_worker_has_disposed_of_it(
    app: Flask, db: Session, cast: Cast, units: dict[str, Unit], access: Access
) -> None:
    """Opened answers, and every turning day with the day before it, as the worker lives them."""
    round_ = cast.plan(access=access, reminders=[], opens_on=today() + A_DAY)
    days = days_of(round_)
    found = {one.name: one for one in papers.papers(round_, FORM, days)}
    tables = one_of_everything(db, round_, cast, units["E111"])
    turning = [when for when, _what in turns.turns(round_, list(found.values()), days)]
    looked: set[str] = set()
    for day in sorted({day for turn in turning for day in (turn - A_DAY, turn)}):
        if day < days.opened:
            continue
        db.rollback()  # SQLite has one writer
        with time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)):
            disposing.dispose_due(desk_of(app))
        for name in tables.keys() & found.keys():
            there = found[name].on(day) is There.NOW
            assert (kept(db, tables[name]) == 1) == there, (name, day)
            looked.add(f"{name} {there}")
        for table in (Response, TextAnswer):
            if kept(db, table.id):
                assert with_unit(db, table) != paper.units_gone(round_, day), (table, day)
    assert {f"{name} True" for name in tables.keys() & found.keys()} <= looked
    disposed = {name for name in tables.keys() & found.keys() if found[name].disposed}
    assert {f"{name} False" for name in disposed} <= looked
    by_access = {"list", "stacks"} if access is Access.BOTH else {"marks"}
    assert disposed == by_access | {"rows", "texts", "decided"}
    assert found["rows"].on(turning[-1]) is There.GONE


def one_of_everything(db: Session, round_: Round, cast: Cast, unit: Unit) -> dict[str, Any]:
    """Of an opened round; gives the tables by the name of the paper."""
    place: Any = {"round_id": round_.id, "unit_id": unit.id, "level": "staff"}
    if round_.access is Access.LINK:
        db.add(LinkIssue(round_id=round_.id, blinded_hash="a" * 64))
    else:
        db.add(CodeStack(count=12, **place))
        db.add(Invitation(number=1, **place))
    text = TextAnswer(item="note", text="Ord", **place)
    shown = ApprovedText(
        round_id=round_.id, item="note", path=unit.path, outcome=Outcome.QUOTED, text="Ord"
    )
    db.add_all([Response(answers="{}", **place), text, shown])
    db.flush()
    who = cast.analyst.id
    db.add(
        TextDecision(text_id=text.id, outcome=Outcome.QUOTED, approved_id=shown.id, decided_by=who)
    )
    round_.state = RoundState.OPENED
    db.add(round_)
    db.commit()
    return {
        "list": Invitation.id,
        "stacks": CodeStack.id,
        "marks": LinkIssue.blinded_hash,
        "rows": Response.id,
        "texts": TextAnswer.id,
        "decided": TextDecision.text_id,
        "approved": ApprovedText.id,
    }


def test_answers_are_said_to_be_there_on_the_day_on_which_the_worker_opens_them(
    app: Flask, pipeline: Pipeline
) -> None:
    """The round closes at 17:00; at 17:20 everything that comes of its ballots is there."""
    pipeline.everybody_answers()
    object.__setattr__(pipeline.settings, "posting_grace", 15 * 60)
    closing = datetime.combine(today() + 7 * A_DAY, time(17), STOCKHOLM).astimezone(UTC)
    pipeline.round.closes_at = closing
    with time_machine.travel(closing):
        pipeline.change(RoundState.CLOSED)
        assert pipeline.hand_over() == []
    with time_machine.travel(closing + timedelta(minutes=20)):
        pipeline.hand_over()
        pipeline.db.commit()
        opening_duties.open_due(desk_of(app))
    for table in (Response, TextAnswer):
        assert kept(pipeline.db, table.id) == len(pipeline.invited)
    days = days_of(pipeline.db.get_one(Round, pipeline.round.id))
    found = {one.name: one for one in papers.papers(pipeline.round, FORM, days)}
    for name in ("receipts", "rows", "texts"):
        assert found[name].on(closing.date()) is There.NOW, name
        assert found[name].on(closing.date() - A_DAY) is There.NOT_YET, name
        assert found[name].earliest, name


def kept(db: Session, column: Any) -> int:
    db.rollback()
    number = len(db.exec(select(column)).all())
    db.rollback()
    return number


def with_unit(db: Session, table: Any) -> bool:
    found = db.exec(select(table.id).where(col(table.unit_id).is_not(None))).all()
    db.rollback()
    return bool(found)


def test_what_there_is_depends_on_how_people_come_in_and_what_is_asked(
    db: Session, cast: Cast
) -> None:
    def names(**plan: Any) -> list[str]:
        round_ = cast.plan(**plan)
        return [one.name for one in papers.papers(round_, FORM, days_of(round_))]

    assert names() == [
        "plan",
        "list",
        "rates",
        "sealed",
        "receipts",
        "rows",
        "texts",
        "public",
        "release",
        "decided",
        "approved",
    ]  # fmt: skip - read as a list
    plain = set(names())
    assert set(names(access=Access.LINK, reminders=[])) == plain - {"list"} | {"marks"}
    assert set(names(access=Access.BOTH)) == plain | {"stacks"}
    assert set(names(key_holder=KeyHolder.TRUSTEES)) == plain | {"holders", "ceremony"}
    closed = cast.plan()
    form = load(cast.survey.questionnaire)  # it asks for no text
    without = {one.name for one in papers.papers(closed, form, days_of(closed))}
    assert without == plain - {"texts", "decided", "approved"}
    assert calendar.of(cast.plan(closes_at=None)) is None


def test_the_list_of_codes_is_there_before_the_round_opens(
    db: Session, cast: Cast, units: dict[str, Unit]
) -> None:
    """Codes are made while the round is approved, invitations when it opens."""
    tomorrow = today() + A_DAY
    before = {
        access: listed_on(cast.plan(access=access, opens_on=tomorrow), today())
        for access in (Access.INVITED, Access.CODES, Access.BOTH)
    }
    assert before == {
        Access.INVITED: There.NOT_YET,
        Access.CODES: There.NOW,
        Access.BOTH: There.NOW,
    }
    round_ = cast.approved(access=Access.CODES, opens_on=tomorrow)
    stacks.make(db, round_=round_, count=12, by=cast.analyst.id, unit=units["E111"])
    assert len(db.exec(select(Invitation.id).where(Invitation.round_id == round_.id)).all()) == 12


def listed_on(round_: Round, day: date) -> There:
    found = papers.papers(round_, FORM, days_of(round_))
    return next(one.on(day) for one in found if one.name == "list")


def test_nobody_has_answered_or_been_invited_in_the_list_before_the_round_opens(
    analyst: FlaskClient, cast: Cast
) -> None:
    round_ = cast.plan(access=Access.BOTH, opens_on=today() + A_DAY)
    before = section(text_of(analyst, round_, dag=today().isoformat()), "finns")
    assert "Har svarat" in before
    assert "9c41…" not in before
    assert "<td>ja</td>" not in before
    opened = section(text_of(analyst, round_, dag=days_of(round_).opens.isoformat()), "finns")
    assert "9c41…" in opened


def test_rates_are_counted_from_the_first_day_and_by_unit_where_it_is_known(cast: Cast) -> None:
    for access, by_unit in ((Access.INVITED, True), (Access.LINK, False)):
        round_ = cast.plan(access=access, reminders=[], opens_on=today() + A_DAY)
        found = papers.papers(round_, FORM, days_of(round_))
        rates = next(one for one in found if one.name == "rates")
        assert rates.on(days_of(round_).opens) is There.NOW
        assert ("varje förvaltning" in rates.about) == by_unit


def test_trustees_take_their_time_and_a_review_waits_for_its_day(db: Session, cast: Cast) -> None:
    round_ = cast.plan()
    assert days_of(round_).opened == days_of(round_).closes
    assert days_of(round_).sealed_until == days_of(round_).closes + A_DAY
    round_.key_holder = KeyHolder.TRUSTEES
    round_.released_from = days_of(round_).closes + timedelta(days=40)
    days = days_of(round_)
    assert days.sealed_until == days.closes + timedelta(days=90)
    assert days.published == round_.released_from
    found = {one.name: one for one in papers.papers(round_, FORM, days)}
    assert found["public"].on(days.published - A_DAY) is There.NOT_YET
    assert found["rows"].earliest
