"""The opening of a round whose keys trustees hold: the ballot box hands over, each trustee takes a
layer off in turn, the platform takes the last.

A step counts when its row is committed, and its file stands under its name before that. Whatever
is cut off in between is done again and gives the same bytes.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.ballots import batch as batches
from dialog.core.ballots.batch import Batch, BatchError, Fault
from dialog.core.ballots.manifest import load
from dialog.core.ballots.peeling import Record
from dialog.core.ballots.sealing import OVERHEAD
from dialog.core.errors import RefusedError
from dialog.settings import Settings
from dialog.surveys import receipts
from dialog.surveys.holders import steps_of, title, trustees_of, turn
from dialog.surveys.key_models import CeremonyStep, Trustee
from dialog.surveys.models import Invitation, KeyHolder, LinkIssue, Round, RoundState
from dialog.surveys.opening import exchange, refusals, step_files
from dialog.surveys.opening.refusals import NotHandedOverError
from dialog.surveys.opening.step_files import Received


@dataclass(frozen=True)
class Waiting:
    """A batch that waits to be opened: where it is, its number of ballots and their bytes."""

    path: Path
    sha256: str
    ballots: int
    length: int
    place: int  # layers on each ballot


def length_of(round_: Round, *, layers: int) -> int:
    """Bytes of a ballot of the round in so many layers."""
    return load(round_.manifest).length + OVERHEAD * layers


def handed_over(round_: Round, settings: Settings) -> Batch:
    """What the ballot box handed over. Raises NotHandedOverError and WrongBatchError."""
    if not exchange.handed_over(round_.id, settings):
        raise NotHandedOverError(
            _("Valurnan har inte lämnat över svaren ännu. Det sker strax efter att den stängt.")
        )
    layers = len(load(round_.manifest).holders)
    length = length_of(round_, layers=layers)
    try:
        data = exchange.batch(round_.id, settings)
        received = batches.parse(data, round_id=round_.id, length=length, layers=layers)
        batches.check_order(received)
    except (exchange.UnsignedFileError, BatchError):
        raise refusals.from_box() from None
    return received


def begin(session: Session, *, round_: Round, received: Batch, sha256: str) -> None:
    """Write down what the ballot box handed over: now it is the outermost trustee's turn. The
    caller holds the round and commits. Doing it again changes nothing.
    """
    if steps_of(session, round_id=round_.id):
        return
    step = CeremonyStep(
        round_id=round_.id,
        place=received.layers,
        ballots_in=received.ballots,
        ballots_out=received.ballots,
        out_sha256=sha256,
    )
    count(session, round_=round_, ballots=received.ballots)
    receipts.keep(session, round_id=round_.id, batch=received)
    session.add(step)
    session.flush()


def count(session: Session, *, round_: Round, ballots: int) -> None:
    """Keep how many tokens were signed beside how many ballots came: more ballots than tokens
    would mean forged ones, and is to be seen by everybody who sees the round. Counted once, for
    the list of who took part may be disposed of before the last trustee has opened.
    """
    round_.ballots_received = ballots
    if round_.tokens_issued is None:
        invited = sa.select(sa.func.count()).where(
            col(Invitation.round_id) == round_.id, col(Invitation.issued)
        )
        by_link = sa.select(sa.func.count()).where(col(LinkIssue.round_id) == round_.id)
        connection = session.connection()
        round_.tokens_issued = (connection.scalar(invited) or 0) + (connection.scalar(by_link) or 0)
    session.add(round_)


def end(session: Session, *, round_: Round, responses: int) -> None:
    """Write down what the platform did with the last batch: so many of it could be counted."""
    steps = steps_of(session, round_id=round_.id)
    if round_.key_holder is KeyHolder.TRUSTEES and steps[-1].place == 1:
        step = CeremonyStep(
            round_id=round_.id,
            place=0,
            ballots_in=steps[-1].ballots_out,
            ballots_out=responses,
            blanks=steps[-1].ballots_out - responses,
            in_sha256=steps[-1].out_sha256,
        )
        session.add(step)
        session.flush()


def last_batch(session: Session, *, round_: Round, settings: Settings) -> Batch:
    """What the platform opens: the batch that the last trustee handed in. Raises
    NotHandedOverError while a trustee is to open, and WrongBatchError if the file is not what it
    was.
    """
    steps = steps_of(session, round_id=round_.id)
    if not steps or steps[-1].place > 1:
        raise NotHandedOverError(_("Nyckelhållarna har inte öppnat sina lås ännu."))
    try:
        data = step_files.mapped(_path(round_, steps[-1], settings))
        received = batches.parse(data, round_id=round_.id, length=length_of(round_, layers=1))
        batches.check_order(received)
    except (FileNotFoundError, ValueError):
        raise refusals.damaged() from None
    if step_files.sha256(data) != steps[-1].out_sha256:
        raise refusals.damaged()
    return received


def waiting_for(
    session: Session, *, round_: Round, trustee: Trustee, settings: Settings
) -> Waiting:
    """The batch that `trustee` is to open now. Raises RefusedError if it is not their turn."""
    before = _step_before(session, round_=round_, trustee=trustee)
    return Waiting(
        path=_path(round_, before, settings),
        sha256=before.out_sha256,
        ballots=before.ballots_out,
        length=length_of(round_, layers=before.place),
        place=before.place,
    )


def check(received: Received, *, record: Record, waiting: Waiting, round_id: UUID) -> None:
    """Refuse what cannot be `waiting` with one layer less. Takes a while for a large round, and
    asks no database. Raises WrongBatchError.
    """
    place = waiting.place - 1
    try:
        data = step_files.mapped(received.path)
    except ValueError:  # an empty file
        raise refusals.of_fault(Fault.HEADER) from None
    try:
        batch = batches.parse(
            data, round_id=round_id, length=waiting.length - OVERHEAD, layers=place
        )
        batches.check_order(batch)
    except BatchError as wrong:
        if wrong.fault is Fault.LAYERS:
            left = batches.read(data).layers
            raise refusals.other_layers(layers=left, place=place) from None
        raise refusals.of_fault(wrong.fault) from None
    if batch.ballots != waiting.ballots:
        raise refusals.other_number(came=waiting.ballots, left=batch.ballots)
    if record.in_sha256 != waiting.sha256:
        raise refusals.other_batch()
    if record.out_sha256 != received.sha256 or record.layer != place:
        raise refusals.other_record()
    if not record.blanks <= record.ballots_in == record.ballots_out == batch.ballots:
        raise refusals.other_record()


def largest(session: Session, *, round_: Round, place: int) -> int:
    """The most bytes that a batch which leaves `place` can have; little before the handover."""
    steps = steps_of(session, round_id=round_.id)
    ballots = steps[0].ballots_out if steps else 0
    length = length_of(round_, layers=place) if round_.manifest else 0
    return batches.MAX_HEADER + ballots * length


def restore(received: Received, *, record: Record, trustee: Trustee, settings: Settings) -> None:
    """Put a batch that was counted before in its place again: its file may have been damaged. The
    `record` names one that is known. Raises WrongBatchError if that is not what came.
    """
    if received.sha256 != record.out_sha256:
        raise refusals.of_fault(Fault.CUT)
    step_files.keep(settings, received, round_id=trustee.round_id, place=trustee.place)


def is_known(session: Session, *, trustee: Trustee, sha256: str) -> bool:
    """Whether just this was handed in before and counted."""
    steps = steps_of(session, round_id=trustee.round_id)
    return any(step.place == trustee.place and step.out_sha256 == sha256 for step in steps)


def hand_in(
    session: Session,
    *,
    round_: Round,
    trustee: Trustee,
    by: UUID,
    received: Received,
    record: Record,
    settings: Settings,
) -> None:
    """Take what `check` found right as the step of `trustee`, taken by them or the deputy. The
    caller holds the round and commits; until then the batch before stays what counts.
    """
    before = _step_before(session, round_=round_, trustee=trustee)
    if before.out_sha256 != record.in_sha256:
        raise refusals.other_batch()
    step_files.keep(settings, received, round_id=round_.id, place=trustee.place)
    session.add(
        CeremonyStep(
            round_id=round_.id,
            place=trustee.place,
            person_id=by,
            by_deputy=by == trustee.deputy_id,
            ballots_in=record.ballots_in,
            ballots_out=record.ballots_out,
            blanks=record.blanks,
            in_sha256=record.in_sha256,
            out_sha256=record.out_sha256,
        )
    )
    session.flush()


def _step_before(session: Session, *, round_: Round, trustee: Trustee) -> CeremonyStep:
    """The step that `trustee` goes on from. Raises RefusedError unless it is their turn."""
    steps = steps_of(session, round_id=round_.id)
    if round_.state is not RoundState.CLOSED:
        raise RefusedError(_("Omgången är inte stängd, eller redan avslutad. Inget ska öppnas nu."))
    if not steps:
        raise NotHandedOverError(
            _("Valurnan har inte lämnat över svaren än. Du får ett mejl när det är din tur.")
        )
    now_opening = turn(trustees_of(session, round_id=round_.id), steps)
    if now_opening is None or now_opening.place < trustee.place:
        raise RefusedError(_("Ditt lås är redan öppnat. Du behöver inte göra mer nu."))
    if now_opening.place > trustee.place:
        raise RefusedError(
            _("Det är inte din tur än. Först öppnar %(who)s.", who=title(now_opening))
        )
    return steps[-1]


def _path(round_: Round, step: CeremonyStep, settings: Settings) -> Path:
    """Where the batch is that left `step`."""
    if step.person_id is None:
        return settings.exchange / exchange.batch_file(round_.id)
    return step_files.path_of(
        settings, round_id=round_.id, place=step.place, sha256=step.out_sha256
    )
