"""What the worker does of a run that two people have said yes to: one matter after the other.

Each matter is a transaction of its own; cut off, the rest is taken up again.
"""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish
from dialog.diary import disposing
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.people import steps
from dialog.retention import under
from dialog.retention.models import (
    DisposalItem,
    DisposalRun,
    MatterRetention,
    Outcome,
    RetentionDecision,
    RunState,
)
from dialog.storage.clock import now
from dialog.storage.scrubbing import scrub

# What another room keeps of these documents of the diary, and forgets in the same transaction.
Forget = Callable[[Session, Sequence[DiaryLine]], None]
# Whether another room still works with them: then the matter is kept.
InUse = Callable[[Session, Sequence[DiaryLine]], bool]
# Where something is left to scrub, whatever else is forgotten.
TABLES: Final = (*disposing.TABLES, "document", "document_version", "stored_file")


def carry_out(
    desk: Desk,
    duty: Duty,
    *,
    forgets: Sequence[Forget] = (),
    in_use: Sequence[InUse] = (),
    tables: Sequence[str] = (),
) -> Finish | None:
    """`tables` are those that `forgets` take rows from."""
    run_id = UUID(str(duty.payload["run"]))
    for matter_id in _waiting(desk, run_id):
        with desk.writing() as session:
            _dispose(session, run_id, matter_id, forgets, in_use)
            session.commit()
    scrub(desk.engine, *TABLES, *tables)

    def finish(session: Session) -> None:
        run = session.get_one(DisposalRun, run_id, with_for_update=True)
        run.state, run.ended_at = RunState.DONE, run.ended_at or now()
        session.add(run)

    return finish


def _waiting(desk: Desk, run_id: UUID) -> list[UUID]:
    with desk.reading() as session:
        query = select(DisposalItem.matter_id).where(
            DisposalItem.run_id == run_id, col(DisposalItem.outcome) == Outcome.WAITING
        )
        return list(session.exec(query))


def _dispose(
    session: Session,
    run_id: UUID,
    matter_id: UUID,
    forgets: Sequence[Forget],
    in_use: Sequence[InUse],
) -> None:
    """If it is still due, and still what was approved: anything that was written of it since the
    list was made, and whatever is in hand, keeps the matter.
    """
    run = session.get_one(DisposalRun, run_id)
    decision = session.get_one(RetentionDecision, run.decision_id)
    steps.hold(session, decision)
    item = session.get_one(DisposalItem, (run_id, matter_id), with_for_update=True)
    if item.outcome is not Outcome.WAITING:
        return
    steps.hold(session, session.get_one(DiaryAuthority, decision.authority_id))  # none comes now
    matter = session.get_one(DiaryMatter, matter_id)
    lines = diary.lines_of(session, matter=matter)
    gone = _is_due(session, decision, item, matter) and not any(
        uses(session, lines) for uses in in_use
    )
    if gone:
        for forget in forgets:
            forget(session, lines)
        disposing.dispose(
            session, matter=matter, decision=decision.name, at=now(), by=run.author_id
        )
        session.delete(session.get_one(MatterRetention, matter_id))
    item.outcome = Outcome.GONE if gone else Outcome.KEPT
    session.add(item)


def _is_due(
    session: Session, decision: RetentionDecision, item: DisposalItem, matter: DiaryMatter
) -> bool:
    due = under.any_due(session, decision=decision, matter_id=matter.id)
    return due and diary.latest_of(session, matter=matter) == item.latest
