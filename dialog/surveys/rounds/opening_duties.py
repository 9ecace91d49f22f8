"""What time brings to a closed round: its ballots are opened, or disposed of unopened."""

from uuid import UUID

import structlog
from flask_babel import gettext as _
from sqlmodel import col, select

from dialog.desk import Desk
from dialog.storage.clock import today
from dialog.surveys import holders
from dialog.surveys.models import KeyHolder, Round, RoundState
from dialog.surveys.opening import ceremony, exchange, opening, step_files
from dialog.surveys.opening.refusals import NotHandedOverError, WrongBatchError
from dialog.surveys.rounds import steps

log = structlog.get_logger()
UNSEALED = (RoundState.OPENED, RoundState.UNOPENED, RoundState.RELEASED)


def open_due(desk: Desk) -> None:
    """Open the answers of closed rounds that the ballot box (and then every trustee) has handed
    over, and finish what was cut off between writing the answers and destroying the key.
    """
    with desk.reading() as session:
        closed = session.exec(
            select(Round.id, Round.key_holder).where(Round.state == RoundState.CLOSED)
        ).all()
        unfinished = session.exec(
            select(Round.id).where(
                col(Round.state).in_(UNSEALED),
                col(Round.key_destroyed_at).is_(None),
            )
        ).all()
    for round_id, key_holder in closed:
        if exchange.handed_over(round_id, desk.settings):
            if key_holder is KeyHolder.PLATFORM or _trustees_are_done(desk, round_id=round_id):
                _open(desk, round_id=round_id)
            _finish(desk, round_id=round_id)
    for round_id in unfinished:
        _finish(desk, round_id=round_id)


def end_overdue(desk: Desk) -> None:
    """Give up the rounds whose ballots nobody has opened until their date of disposal. What
    remains of them goes as after any opening: the keys, the batches, the ballots in the box.
    """
    with desk.reading() as session:
        closed = session.exec(select(Round).where(Round.state == RoundState.CLOSED)).all()
        due = [round_.id for round_ in closed if _is_overdue(round_)]
    for round_id in due:
        with desk.writing() as session:
            round_ = session.get_one(Round, round_id)
            steps.hold(session, round_=round_)
            if round_.state is RoundState.CLOSED and _is_overdue(round_):
                steps.end_unopened(session, round_=round_, reason=_overdue_words())
            session.commit()
        _finish(desk, round_id=round_id)


def _is_overdue(round_: Round) -> bool:
    """What is kept until a day is there all that day."""
    return round_.unopened_until is not None and round_.unopened_until < today()


def _overdue_words() -> str:
    return str(
        _("Svaren hade inte öppnats när dagen för gallring kom. De är raderade utan att ha lästs.")
    )


def _trustees_are_done(desk: Desk, *, round_id: UUID) -> bool:
    """Whether every trustee has opened; the first time it lets them begin."""
    with desk.reading() as session:
        taken = holders.steps_of(session, round_id=round_id)
    if not taken:
        _begin(desk, round_id=round_id)
    return bool(taken) and taken[-1].place <= 1


def _begin(desk: Desk, *, round_id: UUID) -> None:
    """Write down what the ballot box handed over, so that the outermost trustee can begin. Too few
    ballots are never opened, so nobody is asked to. The file is read before the round is held: a
    large one takes a while.
    """
    with desk.reading() as session:
        round_ = session.get_one(Round, round_id)
        try:
            received = ceremony.handed_over(round_, desk.settings)
        except NotHandedOverError:
            return
        except WrongBatchError as wrong:
            session.rollback()
            _note_problem(desk, round_id=round_id, sentence=wrong.sentence)
            return
    digest = step_files.sha256(received.data)
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        steps.hold(session, round_=round_)
        if round_.state is RoundState.CLOSED:
            round_.ending_note = ""
            ceremony.begin(session, round_=round_, received=received, sha256=digest)
            if received.ballots < round_.k:
                note = _("Färre än %(k)s svar kom in. Därför öppnades inga svar.", k=round_.k)
                steps.end_unopened(session, round_=round_, reason=note)
        session.commit()


def _open(desk: Desk, *, round_id: UUID) -> None:
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        steps.hold(session, round_=round_)
        if round_.state is not RoundState.CLOSED:
            return
        try:
            outcome = opening.open_round(session, round_=round_, settings=desk.settings)
        except NotHandedOverError:
            return
        except WrongBatchError as wrong:
            session.rollback()
            _note_problem(desk, round_id=round_id, sentence=wrong.sentence)
            return
        round_.ending_note = ""  # what hindered it before is over
        if outcome.opened:
            steps.unseal(session, round_=round_)
        else:
            steps.end_unopened(session, round_=round_, reason=outcome.note)
        session.commit()


def _finish(desk: Desk, *, round_id: UUID) -> None:
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        steps.hold(session, round_=round_)
        if round_.state not in UNSEALED:
            return
        try:
            opening.finish(session, round_=round_, settings=desk.settings)
        except WrongBatchError as wrong:
            session.rollback()
            _note_problem(desk, round_id=round_id, sentence=wrong.sentence)
            return
        session.commit()


def _note_problem(desk: Desk, *, round_id: UUID, sentence: str) -> None:
    """Show on the round's page what hinders it, once."""
    log.error("round cannot be opened", round=str(round_id))
    with desk.writing() as session:
        round_ = session.get_one(Round, round_id)
        if round_.ending_note != sentence:
            round_.ending_note = sentence
            session.add(round_)
            session.commit()
