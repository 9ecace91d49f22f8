"""How far the making of a round's result has come: a duty of the worker, with two numbers in it.

The result itself is made above, in `results`; a round's page says here how far it is.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.storage import outbox

KIND: Final = "release.make"


@dataclass(frozen=True)
class Progress:
    """`done` questions and scales of `of` are audited; `of` is 0 until the first word of it.
    `stuck`: it went wrong again and again, and is not tried any more; `problem` names what went
    wrong the last time.
    """

    done: int
    of: int
    stuck: bool
    problem: str = ""

    @property
    def at(self) -> int:
        """The number of the question in hand."""
        return min(self.done + 1, self.of)


def key(round_id: UUID) -> str:
    return f"release:{round_id}"


def progress(session: Session, *, round_id: UUID) -> Progress | None:
    """None where nobody has asked for the result, or it is there."""
    return progress_of(session, duty=key(round_id))


def progress_of(session: Session, *, duty: str) -> Progress | None:
    """How far the duty with this key is; None where it was not asked for, or is done."""
    query = select(outbox.OutboxRow).where(
        col(outbox.OutboxRow.key) == duty, col(outbox.OutboxRow.done_at).is_(None)
    )
    row = session.exec(query).first()
    if row is None:
        return None
    done, of = int(row.payload.get("done", 0)), int(row.payload.get("of", 0))
    return Progress(done, of, row.failed, row.problem)
