"""How long letters take, by board, by who sends them and by body. Never by person."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.letter_times import Spread, spread
from dialog.core.submissions import Action, State
from dialog.diary.models import DiaryAuthority
from dialog.storage.clock import STOCKHOLM, today
from dialog.submissions.models import Kind, Submission, SubmissionStep
from dialog.unions.models import UnionBody


class Group(StrEnum):
    """What letters are told apart by."""

    ALL = "all"
    BOARD = "board"
    SENDER = "sender"
    BODY = "body"


_TIMED: Final = (Action.REGISTER, Action.ASK_SUPPLEMENT, Action.REPLY)


@dataclass(frozen=True)
class Times:
    """Calendar days from the day a letter came in: until it was in the diary, until those who
    signed heard something (a question or the reply), until the reply. None: not yet.
    """

    board: str
    kind: Kind
    body: str | None  # of unions and the employer, for which it was sent
    registered: int | None
    heard: int | None
    replied: int | None


@dataclass(frozen=True)
class Row:
    """Letters that have something in common: how many, and how the days of each measure are
    spread.
    """

    name: str
    letters: int
    registered: Spread | None
    heard: Spread | None
    replied: Spread | None


def years(session: Session) -> list[int]:
    """In which letters have come in, the latest first; this year among them."""
    found = session.exec(
        select(Submission.receipt_year).where(col(Submission.receipt_year).is_not(None)).distinct()
    )
    return sorted({today().year, *(each for each in found if each is not None)}, reverse=True)


def times(session: Session, *, year: int) -> list[Times]:
    """Of each letter that came in in a year, but for what was set aside as no letter."""
    first, after = (datetime.combine(date(y, 1, 1), time.min, STOCKHOLM) for y in (year, year + 1))
    step = (
        sa.select(
            col(SubmissionStep.submission_id),
            col(SubmissionStep.action),
            sa.func.min(col(SubmissionStep.at)).label("at"),
        )
        .where(col(SubmissionStep.action).in_([str(each) for each in _TIMED]))
        .group_by(col(SubmissionStep.submission_id), col(SubmissionStep.action))
        .subquery()
    )
    query = (
        sa.select(
            col(Submission.id), DiaryAuthority.name, col(Submission.kind),  # type: ignore[call-overload]  # a name of a table
            UnionBody.name, col(Submission.submitted_at), col(Submission.arrived_on),
            step.c.action, step.c.at,
        )
        .join(DiaryAuthority, col(DiaryAuthority.id) == col(Submission.authority_id))
        .join(UnionBody, col(UnionBody.id) == col(Submission.body_id), isouter=True)
        .join(step, step.c.submission_id == col(Submission.id), isouter=True)
        .where(
            sa.or_(
                col(Submission.state) == State.RECEIVED, col(Submission.line_id).is_not(None)
            ),
            col(Submission.submitted_at) >= first,
            col(Submission.submitted_at) < after,
        )
    )  # fmt: skip
    letters: dict[object, tuple[str, Kind, str | None, dict[str, int]]] = {}
    found = session.connection().execute(query)
    for id_, board, kind, body, received, arrived, action, at in found:
        *_of, days = letters.setdefault(id_, (board, Kind(kind), body, {}))
        if action is not None:
            days[action] = (_day(at) - (arrived or _day(received))).days
    return [
        Times(
            board, kind, body, days.get(Action.REGISTER),
            min((days[each] for each in _TIMED[1:] if each in days), default=None),
            days.get(Action.REPLY),
        )
        for board, kind, body, days in letters.values()
    ]  # fmt: skip


def rows(found: Sequence[Times], *, kinds: Mapping[Kind, str]) -> dict[Group, list[Row]]:
    """All together, then by board, by who sends them and by body; what has no letters is left
    out.
    """
    names: dict[Group, Callable[[Times], str | None]] = {
        Group.ALL: lambda _each: "",
        Group.BOARD: lambda each: each.board,
        Group.SENDER: lambda each: kinds[each.kind],
        Group.BODY: lambda each: each.body,
    }
    return {group: made for group, name in names.items() if (made := _by(found, name))}


def _by(found: Sequence[Times], name: Callable[[Times], str | None]) -> list[Row]:
    letters: dict[str, list[Times]] = {}
    for each in found:
        if (of := name(each)) is not None:
            letters.setdefault(of, []).append(each)
    return [_row(of, some) for of, some in sorted(letters.items())]


def _row(name: str, found: Sequence[Times]) -> Row:
    return Row(
        name,
        len(found),
        _spread(each.registered for each in found),
        _spread(each.heard for each in found),
        _spread(each.replied for each in found),
    )


def _spread(days: Iterable[int | None]) -> Spread | None:
    return spread([each for each in days if each is not None])


def _day(at: datetime) -> date:
    return at.astimezone(STOCKHOLM).date()
