"""Those it was promised to say whether it is done: one voice each, counted when the time is over.

While answers are taken a voice is marked with an HMAC of the report and the person, so that it can
be changed and no name stands beside it. When they are counted the marks go, and voices without
words are deleted. It holds against who reads the database, not against who runs the server.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.commitments import letters
from dialog.commitments.models import (
    Commitment,
    CommitmentVoice,
    ProgressReport,
    PromisedTo,
)
from dialog.commitments.steps import check, take
from dialog.core.commitments import Action, State, Verdict, said
from dialog.core.errors import RefusedError
from dialog.core.pointers import NEVER_SHOWN, Names, marks
from dialog.desk import Desk
from dialog.people.keys import secret_file
from dialog.storage.clock import today
from dialog.storage.scrubbing import scrub

K: Final = 10  # of a unit's or a meeting's people; one who was promised something answers alone
LONGEST: Final = 1000  # characters of words
_ACTIONS: Final = {
    Verdict.CONFIRMED: Action.CONFIRM,
    Verdict.DISPUTED: Action.DISPUTE,
    Verdict.FEW: Action.LAPSE,
}


def voice_key(folder: Path) -> bytes:
    """The key of the marks, from DIALOG_KEYS."""
    return secret_file(folder / "commitment-voice")


def mark_of(key: bytes, *, report_id: UUID, person_id: UUID) -> str:
    """64 hex digits that stand for this person's answer to this report."""
    message = b"commitment voice\0" + report_id.bytes + person_id.bytes
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def least(commitment: Commitment) -> int:
    """How many have to answer before anything is told."""
    return 1 if commitment.promised_to is PromisedTo.PERSON else K


def answer(
    session: Session,
    *,
    commitment: Commitment,
    by: UUID,
    confirms: bool,
    words: str,
    key: bytes,
) -> None:
    """Give or change a voice; the caller knows that it is one of those it was promised to. Whoever
    was promised it alone decides by it at once.
    """
    check(session, commitment=commitment, action=Action.ANSWER)
    text = _checked(words)
    report = _report(session, commitment)
    mark = mark_of(key, report_id=report.id, person_id=by)
    found = session.exec(select(CommitmentVoice).where(CommitmentVoice.mark == mark)).first()
    voice = found or CommitmentVoice(report_id=report.id, mark=mark, confirms=confirms)
    voice.confirms, voice.words = confirms, text
    session.add(voice)
    session.flush()
    if commitment.promised_to is PromisedTo.PERSON:
        settle(session, commitment=commitment)


def voice_of(
    session: Session, *, commitment: Commitment, person_id: UUID, key: bytes
) -> CommitmentVoice | None:
    """What the person has answered, while it can be changed."""
    if commitment.state is not State.DONE:
        return None
    mark = mark_of(key, report_id=_report(session, commitment).id, person_id=person_id)
    return session.exec(select(CommitmentVoice).where(CommitmentVoice.mark == mark)).first()


def settle(session: Session, *, commitment: Commitment) -> None:
    """Count, keep what may be told, and let go of who answered what."""
    check(session, commitment=commitment, action=Action.LAPSE)
    report = _report(session, commitment)
    voices = _voices(session, report)
    confirming = sum(voice.confirms for voice in voices)
    told = said(confirming, len(voices) - confirming, k=least(commitment))
    commitment.verdict, commitment.answer_until = told.verdict, None
    commitment.confirms, commitment.disputes = told.confirm, told.dispute
    take(session, commitment=commitment, action=_ACTIONS[told.verdict], by=None, said=told)
    _let_go(session, voices, keep_words=told.verdict is not Verdict.FEW)
    if told.verdict in {Verdict.CONFIRMED, Verdict.DISPUTED}:
        letters.ask(
            session,
            commitment=commitment,
            letter=letters.Letter.ANSWERED,
            to=commitment.owner_id,
            again=str(report.id),
        )


def _let_go(session: Session, voices: Sequence[CommitmentVoice], *, keep_words: bool) -> None:
    """Delete the voices; words come back under random marks and in their order, new rows that tell
    neither whose they are nor when they came.
    """
    kept = [
        CommitmentVoice(
            report_id=voice.report_id,
            mark=secrets.token_hex(32),
            confirms=voice.confirms,
            words=voice.words,
        )
        for voice in voices
        if keep_words and voice.words
    ]
    for voice in voices:
        session.delete(voice)
    session.flush()
    for voice in sorted(kept, key=lambda one: one.mark):
        session.add(voice)
        session.flush()


def settle_due(desk: Desk) -> None:
    """Count where the last day for answering has passed."""
    query = select(Commitment.id).where(
        Commitment.state == State.DONE, col(Commitment.answer_until) < today()
    )
    with desk.reading() as session:
        due = session.exec(query).all()
    for commitment_id in due:
        with desk.writing() as session:
            commitment = session.get_one(Commitment, commitment_id, with_for_update=True)
            until = commitment.answer_until
            if commitment.state is State.DONE and until is not None and until < today():
                settle(session, commitment=commitment)
            session.commit()
    if due:
        scrub(desk.engine, "commitment_voice")


def words_of(session: Session, *, commitment: Commitment) -> Sequence[str]:
    """What was written with the answers that were counted last, in no order of arrival and without
    saying for which side: the owner and those who keep the list read it.
    """
    if commitment.verdict not in {Verdict.CONFIRMED, Verdict.DISPUTED}:
        return []
    query = select(CommitmentVoice.words).where(
        CommitmentVoice.report_id == _report(session, commitment).id, CommitmentVoice.words != ""
    )
    return session.exec(query.order_by(col(CommitmentVoice.mark))).all()


def _report(session: Session, commitment: Commitment) -> ProgressReport:
    """The last one that said it is done."""
    query = select(ProgressReport).where(
        ProgressReport.commitment_id == commitment.id, col(ProgressReport.done)
    )
    return session.exec(query.order_by(col(ProgressReport.at).desc()).limit(1)).one()


def _voices(session: Session, report: ProgressReport) -> Sequence[CommitmentVoice]:
    return session.exec(
        select(CommitmentVoice).where(CommitmentVoice.report_id == report.id).with_for_update()
    ).all()


def _checked(words: str) -> str:
    if len(words) > LONGEST:
        raise RefusedError(_("Skriv högst %(number)s tecken.", number=LONGEST))
    if any(found.pointer in NEVER_SHOWN for found in marks(words, Names())):
        raise RefusedError(
            _(
                "Texten har ett personnummer, ett telefonnummer eller en e-postadress. Ta bort det:"
                " svaret ska inte peka ut någon."
            )
        )
    return words.strip()


def held_of(session: Session, *, person_id: UUID, key: bytes) -> int:
    """How many answers of the person are kept that can be told to be theirs."""
    open_reports = session.exec(
        select(ProgressReport.id)
        .join(Commitment, col(Commitment.id) == col(ProgressReport.commitment_id))
        .where(Commitment.state == State.DONE, col(ProgressReport.done))
    )
    own = [mark_of(key, report_id=each, person_id=person_id) for each in open_reports]
    if not own:
        return 0
    query = sa.select(sa.func.count()).where(col(CommitmentVoice.mark).in_(own))
    return int(session.connection().execute(query).scalar_one())
