"""Reads surveys and the rounds made of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.core.questionnaire import Questionnaire, load
from dialog.surveys.models import Round, Survey

PAGE = 20


@dataclass(frozen=True)
class Listed:
    """A survey in the list, with its rounds, the newest first."""

    survey: Survey
    rounds: Sequence[Round]


@dataclass(frozen=True)
class SurveyPage:
    entries: Sequence[Listed]
    page: int  # 1-based
    last: int
    found: int  # on all pages


def survey(session: Session, survey_id: UUID) -> Survey | None:
    return session.get(Survey, survey_id)


def questionnaire_of(survey: Survey) -> Questionnaire:
    return load(survey.questionnaire)


def page_of_surveys(
    session: Session, *, search: str = "", archived: bool = False, page: int = 1
) -> SurveyPage:
    """Surveys whose title holds every word of `search`, the last changed first."""
    # In Python: lower() of SQLite knows no Å, Ä or Ö, and there are hundreds, not thousands.
    words = search.casefold().split()
    titles = session.exec(
        select(Survey.id, Survey.title)
        .where(col(Survey.archived) == archived)
        .order_by(col(Survey.changed_at).desc(), col(Survey.id))
    ).all()
    found = [each for each, title in titles if all(word in title.casefold() for word in words)]
    last = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), last)
    shown = _surveys(session, found[(page - 1) * PAGE : page * PAGE])
    rounds = _rounds_by_survey(session, [each.id for each in shown])
    return SurveyPage([Listed(each, rounds[each.id]) for each in shown], page, last, len(found))


def rounds_of(session: Session, survey_id: UUID) -> Sequence[Round]:
    return _rounds_by_survey(session, [survey_id])[survey_id]


def titles(session: Session) -> Sequence[tuple[UUID, str]]:
    """Every survey that is not archived, by title: what can be copied."""
    rows = session.exec(
        select(Survey.id, Survey.title)
        .where(col(Survey.archived).is_(False))
        .order_by(col(Survey.title), col(Survey.id))
    )
    return list(rows)


def any_survey(session: Session) -> bool:
    return session.exec(select(Survey.id).limit(1)).first() is not None


def _surveys(session: Session, ids: Sequence[UUID]) -> list[Survey]:
    rows = session.exec(select(Survey).where(col(Survey.id).in_(ids)))
    by_id = {row.id: row for row in rows}
    return [by_id[each] for each in ids]


def _rounds_by_survey(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Round]]:
    rounds: dict[UUID, list[Round]] = defaultdict(list)
    query = select(Round).where(col(Round.survey_id).in_(ids))
    for row in session.exec(query.order_by(col(Round.opens_on).desc(), col(Round.title))):
        rounds[row.survey_id].append(row)
    return rounds
