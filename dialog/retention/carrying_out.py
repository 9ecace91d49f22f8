"""What the worker does of a run that two people have said yes to: one matter after the other.

Each matter is a transaction of its own; cut off, the rest is taken up again.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.desk import Desk, Duty, Finish
from dialog.diary import disposing
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter
from dialog.people import steps
from dialog.retention import queries
from dialog.retention.models import (
    DisposalItem,
    DisposalRun,
    Outcome,
    RetentionDecision,
    RunState,
)
from dialog.storage.clock import now, today
from dialog.storage.scrubbing import scrub

# What another room keeps of these documents of the diary, and forgets in the same transaction.
Forget = Callable[[Session, Sequence[DiaryLine]], None]


def carry_out(
    desk: Desk, duty: Duty, *, forgets: Sequence[Forget] = (), tables: Sequence[str] = ()
) -> Finish | None:
    """`tables` are those that `forgets` take rows from."""
    run_id = UUID(str(duty.payload["run"]))
    for matter_id in _waiting(desk, run_id):
        with desk.writing() as session:
            _dispose(session, run_id, matter_id, forgets)
            session.commit()
    scrub(desk.engine, *disposing.TABLES, *tables)

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


def _dispose(session: Session, run_id: UUID, matter_id: UUID, forgets: Sequence[Forget]) -> None:
    """If it is still due: a document that came since the list was made keeps the matter."""
    run = session.get_one(DisposalRun, run_id)
    decision = session.get_one(RetentionDecision, run.decision_id)
    steps.hold(session, decision)
    item = session.get_one(DisposalItem, (run_id, matter_id), with_for_update=True)
    if item.outcome is not Outcome.WAITING:
        return
    steps.hold(session, session.get_one(DiaryAuthority, decision.authority_id))  # none comes now
    matter = session.get_one(DiaryMatter, matter_id)
    under = queries.matters_under(session, decision=decision, matter_id=matter_id)
    due = any(each.due_on <= today() for each in under)
    if due:
        for forget in forgets:
            forget(session, diary.lines_of(session, matter=matter))
        disposing.dispose(
            session, matter=matter, decision=decision.name, at=now(), by=run.author_id
        )
    item.outcome = Outcome.GONE if due else Outcome.KEPT
    session.add(item)
