"""Files of a reply, and of a question with its answer: those who signed and the authority's people
read them, and nobody changes them.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.documents import queries as documents
from dialog.documents.places import Place, Rights
from dialog.documents.queries import Shown
from dialog.people.permissions import Actor
from dialog.people.signing_in import actor
from dialog.submissions import letter_files
from dialog.submissions.handling import asking, following, replying
from dialog.submissions.handling_models import ReplyState, SubmissionQuestion, SubmissionReply
from dialog.submissions.models import Submission


def with_files(
    session: Session, questions: Sequence[SubmissionQuestion]
) -> list[tuple[SubmissionQuestion, list[Shown]]]:
    """Each question, with the files of it and of its answer."""
    about_ids = [each.id for each in questions]
    found = documents.documents_of(session, about=asking.ABOUT, about_ids=about_ids)
    return [(each, found.get(each.id, [])) for each in questions]


def of_reply(session: Session, reply: SubmissionReply | None) -> list[Shown]:
    if reply is None:
        return []
    found = documents.documents_of(session, about=replying.ABOUT, about_ids=[reply.id])
    return found.get(reply.id, [])


def _rights(
    session: Session,
    row_id: UUID,
    who: Actor,
    *,
    of: type[SubmissionReply] | type[SubmissionQuestion],
) -> Rights:
    row: Any = session.get(of, row_id)
    return Rights(see=row is not None and _letter_of(session, row, who) is not None)


def _letter_of(
    session: Session, row: SubmissionReply | SubmissionQuestion, who: Actor
) -> UUID | None:
    """The letter by which somebody reads it: a reply that is sent is read by those whose letters
    are answered in that one too.
    """
    letters = [row.submission_id]
    if isinstance(row, SubmissionReply) and row.state is ReplyState.SENT:
        answered = session.get_one(Submission, row.submission_id)
        letters += [each.id for each in following.answered_with(session, submission=answered)]
    return next((each for each in letters if letter_files.rights(session, each, who).see), None)


def _trail(
    session: Session, row_id: UUID, *, of: type[SubmissionReply] | type[SubmissionQuestion]
) -> list[tuple[str, str]]:
    row: Any = session.get_one(of, row_id)
    read = _letter_of(session, row, actor())
    return letter_files.trail(session, read or row.submission_id)


def _place(of: type[SubmissionReply] | type[SubmissionQuestion], title: Callable[[], str]) -> Place:
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
