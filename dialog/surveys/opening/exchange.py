"""What the two applications hand each other about a round: states one way, ballots the other."""

from dataclasses import replace
from datetime import timedelta
from mmap import mmap
from uuid import UUID

from dialog.core.ballots import state
from dialog.core.ballots.state import Announcement, BoxState
from dialog.settings import Settings
from dialog.storage.clock import now
from dialog.storage.signed_files import UnsignedFileError
from dialog.surveys import keys
from dialog.surveys.models import Round, RoundState

_STATES = {
    RoundState.OPEN: BoxState.OPEN,
    RoundState.PAUSED: BoxState.PAUSED,
    RoundState.CLOSED: BoxState.CLOSED,
}


def state_file(round_id: UUID) -> str:
    return f"{round_id}.state.json"


def batch_file(round_id: UUID) -> str:
    return f"{round_id}.batch"


def announce(round_: Round, settings: Settings) -> None:
    """Tell the ballot box how the round stands: on open, pause, resume, extend, close, and when
    its ballots were opened or never will be. Call it after the commit; again changes nothing.

    Ballots are taken for `settings.posting_grace` seconds after the deadline, and after closing.
    """
    if not round_.manifest:
        return
    side = keys.side(settings)
    before = _last(side.read_own(state_file(round_.id)))
    # The box may erase the ballots only when nobody could need them again.
    box_state = _STATES.get(round_.state, BoxState.CLOSED)
    if round_.key_destroyed_at is not None:
        box_state = BoxState.DONE
    grace = timedelta(seconds=settings.posting_grace)
    until = round_.closes_at + grace if round_.closes_at else None
    if box_state is BoxState.CLOSED:
        # Counted from the closing, not from this call: a second announcement moves nothing.
        closed_before = before is not None and before.state is BoxState.CLOSED
        closing = before.posting_until if before is not None and closed_before else None
        until = closing or min(filter(None, (until, now() + grace)))
    # Greater than any before, even if the file was lost: the box believes no older sequence.
    sequence = max(before.sequence + 1 if before else 0, int(now().timestamp()))
    told = Announcement(round_.id, round_.manifest, box_state, sequence, until)
    if before is None or replace(before, sequence=sequence) != told:
        side.write(state_file(round_.id), [state.dump(told)])


def _last(data: bytes | None) -> Announcement | None:
    return state.load(data) if data is not None else None


def handed_over(round_id: UUID, settings: Settings) -> bool:
    """Whether the ballot box has handed over the round's ballots."""
    return (settings.exchange / f"{batch_file(round_id)}.sig").exists()


def batch(round_id: UUID, settings: Settings) -> mmap:
    """The batch as the ballot box signed it. Raises UnsignedFileError."""
    return keys.side(settings).map(batch_file(round_id))


__all__ = ["UnsignedFileError", "announce", "batch", "batch_file", "handed_over", "state_file"]
