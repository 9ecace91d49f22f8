"""What waits for somebody: texts to attest, and their own that are not locked yet."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.minutes.models import (
    Minutes,
    MinutesAttestation,
    MinutesAttester,
    MinutesProposal,
    MinutesState,
    ProposalState,
)

_ATTESTED: Final = (  # the last version
    col(MinutesAttestation.minutes_id) == col(Minutes.id),
    col(MinutesAttestation.number) == col(Minutes.number),
)


@dataclass(frozen=True)
class Waiting:
    """`to_attest`: by this person, now. Else what they began to write: how many of the attesters
    have attested the last version, and how many proposals are not decided.
    """

    minutes: Minutes
    to_attest: bool
    attested: int = 0
    attesters: int = 0
    proposals: int = 0


def waiting_for(session: Session, *, person_id: UUID, limit: int) -> list[Waiting]:
    """What is to attest first, each the oldest first. Two statements."""
    mine = sa.and_(
        col(MinutesAttester.minutes_id) == col(Minutes.id),
        col(MinutesAttester.person_id) == person_id,
        col(MinutesAttester.replaced_by).is_(None),
    )
    done = sa.select(col(MinutesAttestation.number)).where(
        *_ATTESTED, col(MinutesAttestation.person_id) == person_id
    )
    order = (col(Minutes.created_at), col(Minutes.id))
    to_attest = session.exec(
        select(Minutes)
        .join(MinutesAttester, mine)
        .where(Minutes.state == MinutesState.CIRCULATED, ~done.exists())
        .order_by(*order)
        .limit(limit)
    ).all()
    numbers = (
        sa.select(sa.func.count()).where(*_ATTESTED),
        sa.select(sa.func.count()).where(
            col(MinutesAttester.minutes_id) == col(Minutes.id),
            col(MinutesAttester.replaced_by).is_(None),
        ),
        sa.select(sa.func.count()).where(
            col(MinutesProposal.minutes_id) == col(Minutes.id),
            col(MinutesProposal.state) == ProposalState.OPEN,
        ),
    )
    counts = [each.correlate(Minutes).scalar_subquery() for each in numbers]
    begun = session.execute(
        sa.select(Minutes, *counts)
        .where(col(Minutes.author_id) == person_id, col(Minutes.state) != MinutesState.LOCKED)
        .order_by(*order)
        .limit(limit)
    )
    own = [Waiting(row[0], False, *map(int, row[1:])) for row in begun]
    return [Waiting(each, to_attest=True) for each in to_attest] + own
