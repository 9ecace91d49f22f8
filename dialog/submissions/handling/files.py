"""What documents are told of a reply, and of a question with its answer: those who signed and the
authority's people read them, and nobody changes them.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.documents.places import Place, Rights
from dialog.people.permissions import Actor
from dialog.submissions import letter_files
from dialog.submissions.handling import asking, replying
from dialog.submissions.handling_models import SubmissionQuestion, SubmissionReply


def _rights(
    session: Session, row_id: UUID, actor: Actor, *, of: type[SubmissionReply | SubmissionQuestion]
) -> Rights:
    row: Any = session.get(of, row_id)
    if row is None:
        return Rights()
    return Rights(see=letter_files.rights(session, row.submission_id, actor).see)


def _trail(
    session: Session, row_id: UUID, *, of: type[SubmissionReply | SubmissionQuestion]
) -> list[tuple[str, str]]:
    row: Any = session.get_one(of, row_id)
    return letter_files.trail(session, row.submission_id)


def _place(of: type[SubmissionReply | SubmissionQuestion], title: Callable[[], str]) -> Place:
    return Place(
        rights=partial(_rights, of=of),
        trail=partial(_trail, of=of),
        title=lambda _session, _id: title(),
        changed=lambda _session, _id: None,
    )


PLACES: Final[Mapping[str, Place]] = {
    replying.ABOUT: _place(SubmissionReply, lambda: str(_("Svaret"))),
    asking.ABOUT: _place(SubmissionQuestion, lambda: str(_("Komplettering"))),
}
