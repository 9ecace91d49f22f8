"""What the employer's side sends to the parties: information under § 19, and what they should know.
Each organisation gives a receipt: opened, and noted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import TRANSITIONS, Action, State
from dialog.minutes import writing
from dialog.negotiations import telling
from dialog.negotiations.models import MblMatter, MblReceipt, MblSending
from dialog.negotiations.parties import Party
from dialog.negotiations.steps import STEPS, hold_open
from dialog.people import steps
from dialog.storage.clock import now, today


@dataclass(frozen=True)
class Sent:
    """Something that was sent, with the receipts of the organisations by their names."""

    sending: MblSending
    receipts: Sequence[tuple[Party, MblReceipt]]

    def waits_for(self, party: Party | None) -> bool:
        """Whether a party has something left to note."""
        return party is not None and any(
            each.row.id == party.row.id and row.noted_at is None for each, row in self.receipts
        )


def send(
    session: Session, *, matter: MblMatter, parties: Sequence[Party], words: str, by: UUID
) -> MblSending:
    """To every organisation that is a party; § 19 is informed with the first, and again with what
    is sent after all was noted. The same words once more, straight after, are the ones that were
    sent. Raises RefusedError.
    """
    words = writing.checked(words).strip()
    if not words:
        raise RefusedError(_("Skriv vad ni vill att parterna ska veta."))
    hold_open(session, matter)
    last = session.exec(
        select(MblSending)
        .where(MblSending.matter_id == matter.id)
        .order_by(col(MblSending.at).desc())
    ).first()
    if last is not None and last.words == words:
        return last
    sending = MblSending(matter_id=matter.id, person_id=by, words=words)
    session.add(sending)
    session.flush()
    organisations = [each for each in parties if each.organisation is not None]
    session.add_all(
        [MblReceipt(sending_id=sending.id, party_id=each.row.id) for each in organisations]
    )
    if matter.state in TRANSITIONS[Action.INFORM].before:
        employer = next(each for each in parties if each.organisation is None)
        STEPS.take(session, matter, Action.INFORM, by=by, party_id=employer.row.id, day=today())
    telling.tell(session, matter=matter, of=None, occasion=f"sending:{sending.id}")
    return sending


def sent_in(session: Session, *, matter: MblMatter, parties: Sequence[Party]) -> list[Sent]:
    """What was sent, the latest first."""
    by_id = {each.row.id: each for each in parties}
    sendings = session.exec(
        select(MblSending)
        .where(MblSending.matter_id == matter.id)
        .order_by(col(MblSending.at).desc(), col(MblSending.id))
    ).all()
    receipts: dict[UUID, list[MblReceipt]] = {}
    of = col(MblReceipt.sending_id).in_([each.id for each in sendings])
    for row in session.exec(select(MblReceipt).where(of)) if sendings else ():
        receipts.setdefault(row.sending_id, []).append(row)
    return [
        Sent(
            each,
            sorted(
                ((by_id[row.party_id], row) for row in receipts.get(each.id, ())),
                key=lambda pair: pair[0].name,
            ),
        )
        for each in sendings
    ]


def receipt_of(session: Session, *, sending_id: UUID, party: Party | None) -> MblReceipt | None:
    return session.get(MblReceipt, (sending_id, party.row.id)) if party else None


def note_opened(session: Session, *, sending_id: UUID, party_id: UUID, at: datetime) -> None:
    """The organisation has opened it; only the first time counts."""
    session.connection().execute(
        sa.update(MblReceipt)
        .where(
            col(MblReceipt.sending_id) == sending_id,
            col(MblReceipt.party_id) == party_id,
            col(MblReceipt.opened_at).is_(None),
        )
        .values(opened_at=at)
    )


def note(session: Session, *, matter: MblMatter, receipt: MblReceipt) -> None:
    """The organisation has noted it; twice is harmless. When every organisation has noted all that
    was sent, so has the matter.
    """
    steps.hold(session, matter)
    session.refresh(receipt, with_for_update=True)
    receipt.noted_at = receipt.noted_at or now()
    receipt.opened_at = receipt.opened_at or receipt.noted_at
    session.add(receipt)
    session.flush()
    waiting = (
        select(MblReceipt.party_id)
        .join(MblSending, col(MblSending.id) == col(MblReceipt.sending_id))
        .where(MblSending.matter_id == matter.id, col(MblReceipt.noted_at).is_(None))
    )
    if matter.state is State.INFORMED and session.exec(waiting.limit(1)).first() is None:
        STEPS.take(session, matter, Action.NOTE, by=None, day=today())
