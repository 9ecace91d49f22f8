"""Deciding on an application: two persons approve, or one sends it back or refuses it."""

from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.research import letters, making, steps
from dialog.research.models import ApplicationStep, DataApplication, State
from dialog.research.states import Action
from dialog.storage.clock import now

NEEDED = 2


def approvals(session: Session, *, application: DataApplication) -> frozenset[UUID]:
    """Who has approved it as it stands: what was said before it was last handed in is void."""
    query = (
        select(ApplicationStep)
        .where(ApplicationStep.application_id == application.id)
        .order_by(col(ApplicationStep.at), col(ApplicationStep.id))
    )
    found: set[UUID] = set()
    for step in session.exec(query):
        if step.action == Action.SUBMIT:
            found.clear()
        elif step.action == Action.APPROVE and step.person_id is not None:
            found.add(step.person_id)
    return frozenset(found)


def is_party(session: Session, *, application: DataApplication, person_id: UUID) -> bool:
    """Whether the person made the application or is named in it: they never decide on it."""
    if application.author_id == person_id:
        return True
    email = session.get_one(Person, person_id).email
    readers = letters.readers_of(session, application=application)
    return any(reader.email == email for reader in readers)


def may_decide(session: Session, *, application: DataApplication, person_id: UUID) -> bool:
    """Whether the person, an approver, could decide on it now."""
    return (
        application.state is State.SUBMITTED
        and not is_party(session, application=application, person_id=person_id)
        and person_id not in approvals(session, application=application)
    )


def approve(session: Session, *, application: DataApplication, by: UUID) -> None:
    """Approve it. The second of two persons has the packages made. Raises RefusedError."""
    steps.check(session, application=application, action=Action.APPROVE)
    _refuse_parties(session, application, by)
    before = approvals(session, application=application)
    if by in before:
        raise RefusedError(
            _("Du har redan godkänt ansökan. Nu är det någon annan som ska göra det.")
        )
    enough = len(before | {by}) >= NEEDED
    if enough:
        application.approved_at = now()
    steps.take(
        session,
        application=application,
        action=Action.APPROVE,
        by=by,
        after=State.APPROVED if enough else None,
    )
    if enough:
        making.ask(session, application=application)


def refuse(
    session: Session, *, application: DataApplication, by: UUID, paragraph: str, reasons: str
) -> None:
    """One person is enough to refuse, with the paragraph and the reasons."""
    steps.check(session, application=application, action=Action.REFUSE)
    _refuse_parties(session, application, by)
    application.refusal_paragraph = steps.reason_wanted(
        paragraph, _("Skriv enligt vilken paragraf ansökan avslås.")
    )
    application.refusal_reasons = steps.reason_wanted(
        reasons, _("Skriv skälen, så att den som ansöker kan förstå och överklaga dem.")
    )
    steps.take(
        session, application=application, action=Action.REFUSE, by=by, reason=reasons.strip()
    )
    letters.ask_author(session, application=application, letter=letters.Letter.REFUSED)


def send_back(session: Session, *, application: DataApplication, by: UUID, reason: str) -> None:
    """Ask for more before deciding. Approvals that were given are void."""
    steps.check(session, application=application, action=Action.SEND_BACK)
    _refuse_parties(session, application, by)
    wanted = steps.reason_wanted(reason, _("Skriv vad som behöver kompletteras."))
    step = steps.take(
        session, application=application, action=Action.SEND_BACK, by=by, reason=wanted
    )
    letters.ask_author(
        session,
        application=application,
        letter=letters.Letter.SENT_BACK,
        again=int(step.at.timestamp()),
    )


def note_diary_number(
    session: Session, *, application: DataApplication, by: UUID, diary_number: str
) -> None:
    """The number under which the authority's own diary has it."""
    steps.check(session, application=application, action=Action.DIARY)
    application.diary_number = " ".join(diary_number.split())
    steps.take(
        session,
        application=application,
        action=Action.DIARY,
        by=by,
        reason=application.diary_number,
    )


def _refuse_parties(session: Session, application: DataApplication, by: UUID) -> None:
    if is_party(session, application=application, person_id=by):
        raise RefusedError(_("Den som har gjort ansökan eller står i den kan inte besluta om den."))
