"""Opening a round to its respondents: its keys, an invitation for each, mail on its way."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.levels import Level
from dialog.desk import Desk
from dialog.organisation import audiences
from dialog.settings import Settings
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys import issued_marks
from dialog.surveys.models import Invitation, Round, RoundState
from dialog.surveys.opening import sealing
from dialog.surveys.rounds import sending, steps
from dialog.surveys.rounds.states import ENDED, Action
from dialog.surveys.secrets import random_number

CHUNK = 2_000  # rows in one statement
HOUR = 8  # rounds open and reminders leave at eight, not at midnight
HEAD_START = timedelta(seconds=5)  # the ballot box hears of the round before the mail leaves


Asked = tuple[UUID, UUID, Level | str]  # a person, and the unit and level of their answer


def start(
    session: Session,
    *,
    round_: Round,
    by: UUID | None,
    settings: Settings,
    people: Sequence[Asked] | None = None,
) -> None:
    """Open an approved round: `by` hand, or None on its date. The caller commits; until then
    nothing has left the house. `people` are who is asked, where that is no audience.
    """
    if round_.standing_plan is not None and people is None:
        raise RefusedError(_("Omgången öppnas av sig själv när det den handlar om är över."))
    steps.check(session, round_=round_, action=Action.OPEN)
    if round_.closes_at is None or round_.closes_at <= now():
        raise RefusedError(
            _("Tiden då omgången stänger har passerat. Avbryt den och planera en ny.")
        )
    sealing.prepare(session, round_=round_, settings=settings)
    issued_marks.begin(settings, round_id=round_.id)
    if round_.access.mails:
        _invite(session, round_=round_, people=people)
    steps.take(session, round_=round_, action=Action.OPEN, by=by)
    if round_.access.mails:
        sending.plan(session, round_=round_, kind=sending.INVITATION, not_before=now() + HEAD_START)


def start_due(desk: Desk) -> None:
    """Open the rounds whose date has come."""
    if now().astimezone(STOCKHOLM).hour < HOUR:
        return
    with desk.reading() as session:
        due = session.exec(
            select(Round.id).where(
                col(Round.state) == RoundState.APPROVED,
                col(Round.opens_on) <= today(),
                col(Round.reconcile_since).is_(None),
            )
        ).all()
    for round_id in due:
        with desk.writing() as session:
            round_ = session.get_one(Round, round_id)
            steps.hold(session, round_=round_)
            if round_.state is RoundState.APPROVED:
                start(session, round_=round_, by=None, settings=desk.settings)
            session.commit()


def _invite(session: Session, *, round_: Round, people: Sequence[Asked] | None) -> None:
    """One invitation a person, written in random order with random numbers: neither a row's
    place nor its number says anything about whose it is.
    """
    asked: list[Asked] = list(
        audiences.people_in(session, audience=audiences.from_json(round_.audience))
        if people is None
        else people
    )
    if len(asked) < round_.k:
        raise RefusedError(
            _(
                "Målgruppen är nu bara %(number)s personer, färre än %(k)s. Avbryt omgången och"
                " planera en ny.",
                number=len(asked),
                k=round_.k,
            )
        )
    secrets.SystemRandom().shuffle(asked)
    numbers = fresh_numbers(session, count=len(asked))
    connection = session.connection()
    for rows in _rows(round_.id, asked, numbers):
        connection.execute(sa.insert(Invitation), rows)
    round_.invited = len(asked)
    session.add(round_)


def fresh_numbers(session: Session, *, count: int) -> list[int]:
    """Numbers that no invitation of a round has that has not ended: a typed code is looked up by
    its number alone.
    """
    running = select(Round.id).where(col(Round.state).not_in(ENDED))
    taken = set(
        session.exec(select(Invitation.number).where(col(Invitation.round_id).in_(running)))
    )
    numbers: list[int] = []
    while len(numbers) < count:
        number = random_number()
        if number not in taken:
            taken.add(number)
            numbers.append(number)
    return numbers


def _rows(
    round_id: UUID, people: Sequence[Asked], numbers: Sequence[int]
) -> Iterator[list[dict[str, object]]]:
    same = Invitation(round_id=round_id, number=0, unit_id=round_id, level="").model_dump()
    pairs = list(zip(people, numbers, strict=True))
    for first in range(0, len(pairs), CHUNK):
        yield [
            {
                **same,
                "id": uuid4(),
                "person_id": person,
                "number": number,
                "unit_id": unit,
                "level": str(level),
            }
            for (person, unit, level), number in pairs[first : first + CHUNK]
        ]
