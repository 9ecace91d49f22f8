"""A decision of retention with a matter under it, and a list that waits for two people."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from dialog.diary.models import DiaryAuthority, DiaryMatter
from dialog.people.models import Person
from dialog.retention import deciding
from dialog.retention.deciding import Said
from dialog.retention.models import DisposalItem, DisposalRun


@dataclass(frozen=True)
class Disposed:
    decision: UUID
    run: UUID


def list_one(db: Session, *, by: Person, number: str) -> Disposed:
    """`number` is of the matter. A list is otherwise made the day after the last document."""
    board = db.exec(select(DiaryAuthority)).one()
    said = Said(board.id, "Beslut RS 2026-00031", "Skrivelser av tillfällig betydelse", 0)
    decision = deciding.record(db, said=said, by=by.id)
    deciding.put_under(db, decision=decision, named=[number.replace("-", " ", 1)], by=by.id)
    run = DisposalRun(decision_id=decision.id, author_id=by.id)
    db.add(run)
    db.flush()
    matter = db.exec(select(DiaryMatter)).first()
    assert matter is not None
    db.add(DisposalItem(run_id=run.id, matter_id=matter.id, documents=1, files=0))
    db.flush()
    return Disposed(decision.id, run.id)
