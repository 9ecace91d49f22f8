"""What officials write: a question, the answer, the authority's decision; and the end."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.requests import Action, State, outcome
from dialog.diary import files as diary_files
from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryLine, DiaryMatter, Direction
from dialog.requests import assessing, entering, papers, steps
from dialog.requests.models import DisclosureRequest, RequestQuestion
from dialog.requests.papers import Paper
from dialog.storage.clock import now, today


def question(session: Session, *, request: DisclosureRequest, text: str, by: UUID) -> None:
    """Ask the requester what is meant."""
    steps.take(session, request=request, action=Action.ASK, by=by)
    session.add(RequestQuestion(request_id=request.id, question=text))


def answer(
    session: Session, *, request: DisclosureRequest, text: str, paper: Paper, by: UUID
) -> None:
    """Answer, with what was said of the documents; the answer is registered beside the request, as
    it is on `paper`. Raises RefusedError where the request is not in the diary, or something else
    has been said of a document since.
    """
    steps.check(session, request=request, action=Action.ANSWER)
    line = entering.line_of(session, request=request)
    if line is None:
        raise RefusedError(_("För in begäran i diariet först. Svaret förs in i samma ärende."))
    _try(papers.answer(session, request, text), paper)
    request.outcome = _outcome(session, request)
    request.reply, request.answered_on = text, today()
    request.reply_line_id = _registered(session, line, paper, by).id
    steps.take(session, request=request, action=Action.ANSWER, by=by, after=request.outcome)


def decide(
    session: Session, *, request: DisclosureRequest, text: str, paper: Paper, by: UUID
) -> None:
    """The authority's decision, which can be appealed; registered too. What was said anew of the
    documents counts from now on, and is given. Raises RefusedError.
    """
    steps.check(session, request=request, action=Action.DECIDE)
    line = entering.line_of(session, request=request)
    assert line is not None  # it was answered
    _try(papers.decision(session, request, text), paper)
    request.outcome = _outcome(session, request)
    assessing.settle(session, request=request)
    request.decision, request.decided_on = text, today()
    _registered(session, line, paper, by)
    steps.take(session, request=request, action=Action.DECIDE, by=by)


def appeal(session: Session, *, request: DisclosureRequest, by: UUID) -> None:
    """An appeal of the decision has come, also where the request was closed meanwhile. Raises
    IllegalTransitionError.
    """
    steps.take(session, request=request, action=Action.APPEAL, by=by)


def close(session: Session, *, request: DisclosureRequest, by: UUID) -> None:
    """Nothing more is done. What was said anew for a decision that was not made is not kept: it
    would count at the next one. Raises IllegalTransitionError.
    """
    steps.take(session, request=request, action=Action.CLOSE, by=by)
    assessing.drop_again(session, request=request)


def _try(now_said: dict[str, Any], paper: Paper) -> None:
    if now_said != paper.data:
        raise RefusedError(_("Prövningen har ändrats medan du skrev. Läs den och skicka igen."))


def _outcome(session: Session, request: DisclosureRequest) -> State:
    verdicts = assessing.verdicts_of(session, request=request)
    if not all(verdicts):
        raise RefusedError(_("Pröva alla handlingar först."))
    return outcome([each for each in verdicts if each])


def _registered(session: Session, line: DiaryLine, paper: Paper, by: UUID) -> DiaryLine:
    """A document that is sent to whoever the request came from."""
    subject = str(paper.data["title"])
    facts = Facts(
        subject=subject, public_subject=subject, arrived_on=today(), direction=Direction.OUT,
        correspondent=line.correspondent, public_correspondent=line.public_correspondent,
    )  # fmt: skip
    made = registering.register(
        session,
        authority=session.get_one(DiaryAuthority, line.authority_id),
        matter=session.get_one(DiaryMatter, line.matter_id),
        facts=facts, at=now(), by=by,
    )  # fmt: skip
    diary_files.put(session, line=made, files=[paper.file], at=now(), by=by)
    return made
