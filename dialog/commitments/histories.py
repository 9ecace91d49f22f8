"""What has happened to a commitment, in order."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from dialog.commitments.models import Commitment, CommitmentStep, ProgressReport
from dialog.core.commitments import Verdict
from dialog.people.models import Person


@dataclass(frozen=True)
class Happened:
    """A step as it is told. `name` is who took it, for those who may see names."""

    at: datetime
    action: str
    name: str
    words: str  # of the report, or the reason
    before_due: date | None
    after_due: date | None
    verdict: Verdict
    confirms: int | None
    disputes: int | None


def history(session: Session, *, commitment: Commitment) -> list[Happened]:
    """What has happened, the first first."""
    rows = session.exec(
        select(CommitmentStep, Person.name, ProgressReport.text)
        .join(Person, col(Person.id) == col(CommitmentStep.person_id), isouter=True)
        .join(ProgressReport, col(ProgressReport.id) == col(CommitmentStep.report_id), isouter=True)
        .where(CommitmentStep.commitment_id == commitment.id)
        .order_by(col(CommitmentStep.at), col(CommitmentStep.id))
    )
    return [
        Happened(
            step.at,
            step.action,
            name or "",
            text or step.reason,
            step.before_due,
            step.after_due,
            step.verdict,
            step.confirms,
            step.disputes,
        )
        for step, name, text in rows
    ]
