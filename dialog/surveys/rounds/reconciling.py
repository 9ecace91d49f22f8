"""After a restore: what the database has forgotten about its rounds is told to it again, so that
nobody who has had a token can get a second one (docs/decisions/0002-backup-reconcile.md).
"""

from dataclasses import dataclass, replace
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, select

from dialog.core.ballots import state
from dialog.core.ballots.state import Announcement, BoxState
from dialog.core.errors import RefusedError
from dialog.settings import Settings
from dialog.storage import bulk
from dialog.storage.clock import now
from dialog.surveys import issued_marks, keys
from dialog.surveys.models import Access, Invitation, LinkIssue, Round, RoundState
from dialog.surveys.opening.exchange import state_file
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import RUNNING

BEFORE = (RoundState.DRAFT, RoundState.REVIEW, RoundState.APPROVED)
RESTORED = "restore"  # the names of steps that are kept
RECONCILED = "reconcile"
OVER = (BoxState.CLOSED, BoxState.DONE)
TABLE = bulk.table_of(Invitation)


@dataclass(frozen=True)
class Marks:
    """`taken`: issued, and forgotten by the database. `missing`: issued by the database, and not
    in the file, so the file is older. `lost`: there is no file.
    """

    taken: int = 0
    missing: int = 0
    lost: bool = False


def after_restore(session: Session, *, settings: Settings) -> list[Round]:
    """Pause what ran, close what has closed meanwhile, and hold what was opened meanwhile. Gives
    the rounds that wait for somebody. Nothing but the database is changed: should it have been
    the wrong backup, another can be restored.
    """
    waiting = []
    for round_ in session.exec(select(Round)):
        told, before = _told(settings, round_.id), round_.state
        if before in RUNNING and told is not None and told.state in OVER:
            round_.state = RoundState.CLOSED
        elif before in RUNNING:
            round_.state, round_.reconcile_since = RoundState.PAUSED, now()
        elif before in BEFORE and _was_opened(settings, round_.id):
            round_.reconcile_since = now()
        elif before is not RoundState.CLOSED:
            continue
        take_marks(session, round_=round_, settings=settings)
        steps.keep(session, round_=round_, action=RESTORED, by=None, before=before)
        if round_.reconcile_since is not None:
            waiting.append(round_)
    return waiting


def reconcile(session: Session, *, round_: Round, by: UUID | None, settings: Settings) -> Marks:
    """Make sure that the round knows of everybody who has had a token, so that it may go on.

    Raises RefusedError if that cannot be known any more: then it can only be closed.
    """
    steps.hold(session, round_=round_)
    if round_.reconcile_since is None:
        return Marks()
    if round_.state in BEFORE:
        raise RefusedError(
            _(
                "Databasen är återställd från en säkerhetskopia som gjordes innan omgången"
                " öppnades. Inbjudningarna finns inte kvar. Avbryt omgången och planera en ny."
            )
        )
    marks = take_marks(session, round_=round_, settings=settings)
    if marks.lost or marks.missing:
        raise RefusedError(
            _(
                "Det går inte att veta vilka som redan har fått skicka in ett svar: filen om det"
                " saknas eller är äldre än säkerhetskopian. Omgången kan inte fortsätta utan risk"
                " att någon svarar två gånger. Stäng den i stället."
            )
        )
    round_.reconcile_since = None
    steps.keep(session, round_=round_, action=RECONCILED, by=by)
    return marks


def resume(session: Session, *, round_: Round, by: UUID, settings: Settings) -> None:
    """Reconcile if that is still to be done, and take answers again."""
    reconcile(session, round_=round_, by=by, settings=settings)
    steps.resume(session, round_=round_, by=by)


def cancel(
    session: Session, *, round_: Round, by: UUID | None, reason: str, settings: Settings
) -> None:
    """Give the round up. If it was opened after the backup was made, what has been answered can
    never be read: its keys are destroyed, and the ballot box is told to erase it.
    """
    steps.cancel(session, round_=round_, by=by, reason=reason)
    if round_.reconcile_since is None:
        keys.destroy(settings, round_id=round_.id)  # made at approval; nothing was sealed to them
        return
    round_.reconcile_since = None
    session.add(round_)
    told = _told(settings, round_.id)
    if told is not None:
        done = replace(told, state=BoxState.DONE, sequence=told.sequence + 1)
        keys.side(settings).write(state_file(round_.id), [state.dump(done)])
    keys.destroy(settings, round_id=round_.id)
    issued_marks.forget(settings, round_id=round_.id)


def take_marks(session: Session, *, round_: Round, settings: Settings) -> Marks:
    """Mark every invitation as issued that the file beside the token key knows of. It only ever
    adds what is true, so it may be done at any time, again and with an old file.
    """
    if round_.access is Access.LINK:
        return Marks()
    written = issued_marks.read(settings, round_id=round_.id)
    if written is None:
        return Marks(lost=True)
    unknown = set(written)
    rows = session.connection().execute(
        sa.select(TABLE.c.id, TABLE.c.person_id, TABLE.c.issued).where(
            TABLE.c.round_id == round_.id
        )
    )
    taken, missing = [], 0
    for id_, person_id, issued in rows:
        mark = issued_marks.mark(settings, round_id=round_.id, who=person_id or id_)
        unknown.discard(mark)
        if mark in written and not issued:
            taken.append((id_, {"issued": True, "blinded_hash": written[mark]}))
        elif issued and mark not in written:
            missing += 1
    bulk.update(session, TABLE, taken)
    if round_.access.prints:
        _count_forgotten(session, round_=round_, hashes={written[mark] for mark in unknown})
    return Marks(len(taken), missing)


def _count_forgotten(session: Session, *, round_: Round, hashes: set[str]) -> None:
    """Tokens for codes that were printed after the backup was made: the codes are gone, but what
    was answered with them is in the ballot box, and the count of tokens has to say so.
    """
    known = set(session.exec(select(LinkIssue.blinded_hash).where(LinkIssue.round_id == round_.id)))
    session.add_all(LinkIssue(round_id=round_.id, blinded_hash=each) for each in hashes - known)
    session.flush()


def _told(settings: Settings, round_id: UUID) -> Announcement | None:
    """What the ballot box was last told of the round."""
    data = keys.side(settings).read_own(state_file(round_id))
    return state.load(data) if data is not None else None


def _was_opened(settings: Settings, round_id: UUID) -> bool:
    """Whether anything that only an open round has is there."""
    return (settings.exchange / state_file(round_id)).exists() or issued_marks.read(
        settings, round_id=round_id
    ) is not None
