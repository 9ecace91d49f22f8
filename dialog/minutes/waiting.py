"""What waits for somebody: texts to attest, and their own that are not locked yet."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

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
_CHOSEN: Final = (
    col(MinutesAttester.minutes_id) == col(Minutes.id),
    col(MinutesAttester.replaced_by).is_(None),
)
_PROPOSED: Final = (
    col(MinutesProposal.minutes_id) == col(Minutes.id),
    col(MinutesProposal.state) == ProposalState.OPEN,
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
    """What is to attest first, each the oldest first. One statement."""
    chosen = sa.select(col(MinutesAttester.person_id)).where(
        *_CHOSEN, col(MinutesAttester.person_id) == person_id
    )
    done = sa.select(col(MinutesAttestation.number)).where(
        *_ATTESTED, col(MinutesAttestation.person_id) == person_id
    )
    state = col(Minutes.state)
    to_attest = sa.and_(state == MinutesState.CIRCULATED, chosen.exists(), ~done.exists())
    own = sa.and_(col(Minutes.author_id) == person_id, state != MinutesState.LOCKED)
    counts = [
        sa.select(sa.func.count()).where(*which).correlate(Minutes).scalar_subquery()
        for which in (_ATTESTED, _CHOSEN, _PROPOSED)
    ]
    rows = session.execute(
        sa.select(Minutes, to_attest, *counts)
        .where(sa.or_(to_attest, own))
        .order_by(to_attest.desc(), col(Minutes.created_at), col(Minutes.id))
        .limit(limit)
    )
    return [Waiting(minutes, bool(mine), *map(int, numbers)) for minutes, mine, *numbers in rows]
