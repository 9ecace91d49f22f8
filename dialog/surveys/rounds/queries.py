"""Reads of rounds: lists, what has happened, and the numbers that may be seen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.storage.outbox import OutboxRow
from dialog.surveys.models import CodeStack, Invitation, Round, RoundState
from dialog.surveys.rounds.states import RUNNING

PAGE = 30


@dataclass(frozen=True)
class RoundPage:
    rounds: Sequence[Round]
    page: int  # 1-based
    last: int


@dataclass(frozen=True)
class Mailing:
    """How the invitations of a round are getting on, in numbers of people."""

    invited: int
    sent: int
    problems: int  # bounced or refused
    given_up: bool  # some batch failed too often


@dataclass(frozen=True)
class UnitRate:
    name: str
    answered: int
    invited: int


@dataclass(frozen=True)
class Undelivered:
    """Somebody whom mail does not reach, for an administrator to mend."""

    name: str
    email: str
    problem: str  # a status of RFC 3463, or the server's reply


def page_of_rounds(session: Session, *, states: Collection[RoundState], page: int) -> RoundPage:
    """Rounds in these states: those without a deadline first, then those that close last."""
    query = select(Round).where(col(Round.state).in_(states))
    number = session.exec(select(sa.func.count()).select_from(query.subquery())).one()
    last = max(1, -(-number // PAGE))
    page = min(max(page, 1), last)
    order = (col(Round.closes_at).desc().nulls_first(), col(Round.title), col(Round.id))
    found = session.exec(query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE))
    return RoundPage(found.all(), page, last)


def mailing(session: Session, *, round_: Round) -> Mailing | None:
    """None if the round sends no mail, has not begun, or has no participation list any more."""
    if not round_.access.mails or not round_.invited:
        return None
    query = sa.select(
        sa.func.count(),
        sa.func.sum(sa.case((col(Invitation.sent), 1), else_=0)),
        sa.func.sum(sa.case((col(Invitation.mail_problem) != "", 1), else_=0)),
    ).where(col(Invitation.round_id) == round_.id, col(Invitation.person_id).is_not(None))
    listed, sent, problems = session.connection().execute(query).one()
    if not listed:
        return None
    failed = select(OutboxRow.id).where(
        OutboxRow.failed,
        sa.or_(
            col(OutboxRow.key).startswith(f"mail.invitation:{round_.id}:"),
            col(OutboxRow.key).startswith(f"mail.reminder:{round_.id}:"),
        ),
    )
    return Mailing(
        int(listed), int(sent), int(problems), session.exec(failed.limit(1)).first() is not None
    )


def codes_printed(session: Session, *, round_: Round) -> tuple[int, int]:
    """How many codes were printed, and how many of them are in stacks that were withdrawn."""
    withdrawn = sa.case((col(CodeStack.withdrawn), col(CodeStack.count)), else_=0)
    query = sa.select(sa.func.sum(col(CodeStack.count)), sa.func.sum(withdrawn)).where(
        col(CodeStack.round_id) == round_.id
    )
    every, gone = session.connection().execute(query).one()
    return int(every or 0), int(gone or 0)


def unit_rates(
    session: Session, *, counts: Mapping[str, Sequence[int]], groups: Mapping[str, str]
) -> list[UnitRate]:
    """What was counted for each förvaltning, by name: `counts` are those of the round that may be
    shown, `groups` the names of its result groups. A name is empty for codes without a unit.
    """
    found_names = session.exec(select(Unit.code, Unit.name).where(col(Unit.code).in_(list(counts))))
    names = {**groups, **dict(found_names.all())}
    found = [
        UnitRate(names.get(code, code), answered, invited)
        for code, (answered, invited) in counts.items()
    ]
    return sorted(found, key=lambda each: each.name)


def undelivered(session: Session) -> list[tuple[UUID, str, list[Undelivered]]]:
    """By open round (id, title): whom its mail does not reach, by name."""
    query = (
        sa.select(
            col(Round.id),
            col(Round.title),
            col(Person.name),
            col(Person.email),
            col(Invitation.mail_problem),
        )
        .join(Invitation, col(Invitation.round_id) == col(Round.id))
        .join(Person, col(Person.id) == col(Invitation.person_id))
        .where(col(Round.state).in_(RUNNING), col(Invitation.mail_problem) != "")
        .order_by(col(Round.title), col(Round.id), col(Person.name))
    )
    found: dict[UUID, tuple[str, list[Undelivered]]] = {}
    for round_id, title, name, email, problem in session.connection().execute(query):
        found.setdefault(round_id, (title, []))[1].append(Undelivered(name, email, problem))
    return [(round_id, title, people) for round_id, (title, people) in found.items()]
