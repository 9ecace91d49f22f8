"""Who had a part in writing what is to be approved."""

from uuid import UUID

from sqlmodel import Session

from dialog.surveys.models import Round, Survey
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import PLAN, Action


def authors(session: Session, *, round_: Round) -> frozenset[UUID]:
    """The round's author, the survey's, who worked on the plan, and who submitted it."""
    survey = session.get(Survey, round_.survey_id)
    assert survey is not None  # a foreign key
    helpers = steps.people_who(session, round_=round_, actions=(PLAN, Action.SUBMIT))
    return frozenset({round_.author_id, survey.author_id} | helpers)
