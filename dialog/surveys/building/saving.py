"""Keeping a survey's questionnaire: no change on top of one that the writer has not seen."""

from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.errors import RefusedError
from dialog.core.questionnaire import Questionnaire, dump
from dialog.storage.clock import now
from dialog.surveys.models import Survey

TITLE_LENGTH = 200


class Change(StrEnum):
    """What happened last to a questionnaire; it can be undone."""

    DETAILS = "details"
    ADDED = "added"
    CHANGED = "changed"
    COPIED = "copied"
    MOVED = "moved"
    REMOVED = "removed"
    TRANSLATED = "translated"
    UNDONE = "undone"


class OutdatedError(RefusedError):
    """Somebody else has changed the survey since the page was opened; nothing was saved."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Enkäten har ändrats sedan du öppnade sidan, så det här är inte sparat. Det du "
                "skrev står kvar. Jämför med enkäten som den är nu och spara igen."
            )
        )


def create(session: Session, *, author_id: UUID, questionnaire: Questionnaire) -> Survey:
    survey = Survey(
        author_id=author_id,
        title=_title(questionnaire),
        questionnaire=dump(questionnaire).decode(),
    )
    session.add(survey)
    session.flush()
    return survey


def save(
    session: Session,
    *,
    survey: Survey,
    version: int,
    questionnaire: Questionnaire,
    change: Change,
    about: str = "",
) -> None:
    """Keep `questionnaire` if the survey still has `version`, and what it was, to undo it.
    `about` is what was changed, in the words of the questionnaire. Raises OutdatedError.
    """
    written = dump(questionnaire).decode()
    if survey.version == version and written == survey.questionnaire:
        return
    changed = sa.update(Survey).where(col(Survey.id) == survey.id, col(Survey.version) == version)
    result = session.execute(
        changed.values(
            title=_title(questionnaire),
            questionnaire=written,
            previous=survey.questionnaire,
            change=change.value,
            change_about=about[:200],
            changed_at=now(),
            version=version + 1,
        )
    )
    if result.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise OutdatedError
    session.refresh(survey)


def archive(session: Session, *, survey: Survey, archived: bool) -> None:
    """Put the survey out of the list, or back into it. Its rounds are not touched."""
    survey.archived = archived
    session.add(survey)


def _title(questionnaire: Questionnaire) -> str:
    return questionnaire.title.in_language("sv")[:TITLE_LENGTH]
