"""Disposal by the retention decision: each kind on the day after its date, once, and kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.desk import Desk
from dialog.storage.clock import today
from dialog.storage.scrubbing import scrub
from dialog.surveys.models import (
    CodeStack,
    Invitation,
    LinkIssue,
    Response,
    Round,
    RoundState,
    TextAnswer,
)
from dialog.surveys.rounds import steps

# Before that there is nothing to dispose of, and the list is still needed for reminders.
AFTER: Final = (
    RoundState.CLOSED,
    RoundState.OPENED,
    RoundState.UNOPENED,
    RoundState.RELEASED,
    RoundState.ARCHIVED,
)


@dataclass(frozen=True)
class Kind:
    """What is kept until a date: the step that its disposal leaves, and how it is removed. What
    comes of opened ballots (`opened`) is not there yet while the round is only closed.
    """

    action: str
    until: Callable[[Round], date | None]
    remove: Callable[[Session, Round], None]
    opened: bool = True


def _delete_list(session: Session, round_: Round) -> None:
    connection = session.connection()
    connection.execute(sa.delete(Invitation).where(col(Invitation.round_id) == round_.id))
    connection.execute(sa.delete(CodeStack).where(col(CodeStack.round_id) == round_.id))
    connection.execute(sa.delete(LinkIssue).where(col(LinkIssue.round_id) == round_.id))


def _delete_rows(session: Session, round_: Round) -> None:
    connection = session.connection()
    connection.execute(sa.delete(Response).where(col(Response.round_id) == round_.id))
    # A round with an open link has no list with which these would have gone.
    connection.execute(sa.delete(LinkIssue).where(col(LinkIssue.round_id) == round_.id))


def _clear_units(session: Session, round_: Round) -> None:
    connection = session.connection()
    connection.execute(
        sa.update(Response)
        .where(col(Response.round_id) == round_.id)
        .values(unit_id=None, result_group="")
    )
    connection.execute(
        sa.update(TextAnswer).where(col(TextAnswer.round_id) == round_.id).values(unit_id=None)
    )


def _delete_texts(session: Session, round_: Round) -> None:
    session.connection().execute(sa.delete(TextAnswer).where(col(TextAnswer.round_id) == round_.id))


KINDS: Final[Mapping[str, Kind]] = {
    "list": Kind("dispose-list", lambda round_: round_.keep_list_until, _delete_list, opened=False),
    "unit": Kind("dispose-unit", lambda round_: round_.keep_unit_until, _clear_units),
    "texts": Kind("dispose-texts", lambda round_: round_.keep_texts_until, _delete_texts),
    "rows": Kind("dispose-rows", lambda round_: round_.keep_rows_until, _delete_rows),
}


def are_answers_gone(session: Session, *, round_: Round) -> bool:
    """Whether the answers, or the units on them, were disposed of."""
    return any(
        steps.has_happened(session, round_=round_, action=KINDS[kind].action)
        for kind in ("unit", "rows")
    )


def has_passed(round_: Round, *, kind: Kind, day: date) -> bool:
    """Whether what is kept until a date is to be gone on `day`: it is there all of its last day."""
    until = kind.until(round_)
    return until is not None and until < day


def is_due(session: Session, *, round_: Round, kind: Kind) -> bool:
    """Whether the date has passed and it was not done yet."""
    return (
        round_.state in AFTER
        and not (kind.opened and round_.state is RoundState.CLOSED)
        and has_passed(round_, kind=kind, day=today())
        and not steps.has_happened(session, round_=round_, action=kind.action)
    )


def dispose_due(desk: Desk) -> None:
    """Dispose of everything whose date has passed, in every round."""
    with desk.reading() as session:
        ended = session.exec(select(Round).where(col(Round.state).in_(AFTER), _passed())).all()
        due = [
            (round_.id, kind)
            for round_ in ended
            for kind in KINDS.values()
            if is_due(session, round_=round_, kind=kind)
        ]
    for round_id, kind in due:
        with desk.writing() as session:
            round_ = session.get_one(Round, round_id)
            steps.hold(session, round_=round_)
            if is_due(session, round_=round_, kind=kind):
                kind.remove(session, round_)
                steps.keep(session, round_=round_, action=kind.action, by=None)
            session.commit()
    if due:
        scrub(desk.engine, "invitation", "code_stack", "link_issue", "response", "text_answer")


def _passed() -> sa.ColumnElement[bool]:
    columns = (
        Round.keep_list_until,
        Round.keep_unit_until,
        Round.keep_texts_until,
        Round.keep_rows_until,
    )
    return sa.or_(*(col(column) < today() for column in columns))
