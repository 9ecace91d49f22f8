"""What documents are told of a batch: its registrar sees the file, and nobody changes it."""

from typing import Final
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlmodel import Session

from dialog.documents.places import Place, Rights
from dialog.people.permissions import Actor, may
from dialog.submissions.intake.batches import ABOUT
from dialog.submissions.intake.models import LetterBatch


def _rights(session: Session, batch_id: UUID, who: Actor) -> Rights:
    batch = session.get(LetterBatch, batch_id)
    return Rights(see=batch is not None and may(who, "submission.cut", batch))


def _trail(_session: Session, batch_id: UUID) -> list[tuple[str, str]]:
    return [
        (url_for("submissions.incoming"), _("Inkomna skrivelser")),
        (url_for("submissions.cut", batch_id=batch_id), _("Dela upp en bunt")),
    ]


def _title(_session: Session, _batch_id: UUID) -> str:
    return str(_("En bunt som inte är uppdelad än"))


__all__ = ["ABOUT", "PLACE"]
PLACE: Final = Place(
    rights=_rights, trail=_trail, title=_title, changed=lambda _session, _batch_id: None
)
