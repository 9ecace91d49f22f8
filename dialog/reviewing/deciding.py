"""Deciding what is shown of a free text: quoted, summarised or withheld."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.pointers import NEVER_SHOWN, Names, marks
from dialog.reviewing import placing
from dialog.reviewing.models import ApprovedText, Outcome, TextDecision
from dialog.surveys.models import TextAnswer


def decide(
    session: Session,
    *,
    text: TextAnswer,
    outcome: Outcome,
    shown: str,
    sure: bool,
    names: Names,
    by: UUID,
    known: datetime | None = None,
) -> None:
    """Decide, in place of the decision that was made at `known` (None: of none). `shown` is the
    text to show; `sure` that whoever decides has looked at the `names` in it. Raises RefusedError.
    """
    session.flush()
    held = session.exec(
        select(TextAnswer).where(col(TextAnswer.id) == text.id).with_for_update()
    ).first()
    before = session.get(TextDecision, text.id, populate_existing=True)
    if held is None:
        raise RefusedError(_("Svaret är gallrat. Det finns inget kvar att granska."))
    if (before.decided_at if before else None) != known:
        raise RefusedError(_("Någon annan har just granskat svaret. Läs vad som bestämdes."))
    approved = None
    if outcome is not Outcome.WITHHELD:
        approved = _approve(session, text, outcome, shown.strip(), names=names, sure=sure)
    if before is not None:
        _forget(session, before)
    if approved is not None:
        session.add(approved)
        session.flush()
    session.add(
        TextDecision(
            text_id=text.id,
            outcome=outcome,
            approved_id=approved.id if approved else None,
            decided_by=by,
        )
    )
    session.flush()


def _approve(
    session: Session, text: TextAnswer, outcome: Outcome, shown: str, *, names: Names, sure: bool
) -> ApprovedText:
    if not shown:
        raise RefusedError(_("Skriv texten som ska visas, eller välj att inte visa svaret."))
    found = {mark.pointer for mark in marks(shown, names)}
    if found & NEVER_SHOWN:
        raise RefusedError(
            _(
                "Texten har ett personnummer, ett telefonnummer eller en e-postadress. Dölj det"
                " innan texten visas."
            )
        )
    if found and not sure:
        raise RefusedError(
            _(
                "Texten har ett namn på en person eller en liten enhet. Dölj det, eller kryssa för"
                " att ingen kan kännas igen."
            )
        )
    path = placing.place_of(session, text=text)
    if path is None:
        raise RefusedError(
            _("För få har skrivit på den här frågan. Därför kan inget av svaren visas.")
        )
    return ApprovedText(
        round_id=text.round_id, item=text.item, path=path, outcome=outcome, text=shown
    )


def _forget(session: Session, before: TextDecision) -> None:
    shown = session.get(ApprovedText, before.approved_id) if before.approved_id else None
    session.delete(before)
    session.flush()
    if shown is not None:
        session.delete(shown)
        session.flush()
