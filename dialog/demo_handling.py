"""What the demo's authority has done with letters: one is with a handler, one is answered."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.commitments import owning, proposing
from dialog.commitments.proposing import Owner, Recipient, Source
from dialog.core.submissions import State
from dialog.diary import registering
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryMatter, Direction
from dialog.documents import taking
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.settings import Settings
from dialog.simulate.rounds import Stage
from dialog.storage.clock import now, today
from dialog.submissions.handling import (
    answers,
    assigning,
    entering,
    paper,
    queries,
    replying,
    words,
)
from dialog.submissions.models import Kind, Submission

REPLY: Final = """Vi följer bemanningen varje vecka, och från januari varje dygn.

- När den inte räcker ringer avdelningen in personal. Beslutet tas av den som leder passet.
- På natten vänder ni er till beredskapschefen.

Vi lovar att visa siffrorna för er **varje månad**."""


def handle_all(stage: Stage, *, registrar: UUID, handler: str, owner: str) -> None:
    """Once: letters of unions that wait are registered and assigned, and the first is answered."""
    with stage.session() as session:
        handled = select(Submission).where(col(Submission.handler_id).is_not(None))
        if session.exec(handled).first() is not None:
            return
        query = select(Submission).where(
            Submission.state == State.RECEIVED, Submission.kind == Kind.UNION
        )
        waiting = session.exec(query.order_by(col(Submission.submitted_at))).all()
        given, promises = (_person(session, each) for each in (handler, owner))
        for number, letter in enumerate(waiting):
            matter = _register(session, letter, by=registrar)
            assigning.assign(
                session, submission=letter, by=registrar, handler_id=given.id,
                promised_on=today() + timedelta(days=21),
            )  # fmt: skip
            if number == 0:
                _reply(session, letter, given, settings=stage.settings, by=registrar)
                _promise(session, letter, matter, by=given.id, owner=promises.id)
        session.commit()


def _person(session: Session, email: str) -> Person:
    return session.exec(select(Person).where(Person.email == email)).one()


def _register(session: Session, letter: Submission, *, by: UUID) -> DiaryMatter:
    board = session.get_one(DiaryAuthority, letter.authority_id)
    said: dict[str, Any] = {"at": now(), "by": by}
    matter = registering.open_matter(
        session, authority=board, subject=letter.subject, public_subject=letter.subject, **said
    )
    senders = queries.senders_of(session, submissions=[letter])[letter.id]
    facts = Facts(
        subject=letter.subject, public_subject=letter.subject, correspondent=senders,
        public_correspondent=senders, direction=Direction.IN,
        arrived_on=queries.came_on(letter),
    )  # fmt: skip
    entering.register(session, submission=letter, facts=facts, matter=matter, **said)
    return matter


def _reply(
    session: Session, letter: Submission, handler: Person, *, settings: Settings, by: UUID
) -> None:
    said: dict[str, Any] = {"submission": letter, "by": handler.id}
    reply = replying.write(session, text=REPLY, seen=0, **said)
    replying.propose(session, seen=reply.revision, **said)
    made = paper.pdf(
        title=words.REPLY, authority=session.get_one(DiaryAuthority, letter.authority_id).name,
        on=today(), about=letter.subject, handler=handler.name, text=REPLY,
        to=queries.senders_of(session, submissions=[letter])[letter.id],
    )  # fmt: skip
    taken = taking.keep_ours(made, name="Svar.pdf", settings=settings)
    replying.approve(session, submission=letter, by=by, seen=reply.revision, paper=taken, at=now())


def _promise(
    session: Session, letter: Submission, matter: DiaryMatter, *, by: UUID, owner: UUID
) -> None:
    board = session.get_one(DiaryAuthority, letter.authority_id)
    number = f"{board.letters} {matter.year}-{matter.serial:05}"
    region = session.exec(select(Unit).where(col(Unit.depth) == 0)).one()
    made = proposing.propose(
        session, by=by, title="Siffror om bemanningen varje månad",
        promise="Facken får se siffrorna om bemanningen varje månad.",
        owner=Owner(owner, "HR-direktören"),
        recipient=Recipient("De fackliga organisationerna", unit_id=region.id),
        source=Source(
            answers.PROMISES, letter.id, f"{words.REPLY} i ärende {number}",
            f"/diarium/{number.replace(' ', '-')}",
        ),
    )  # fmt: skip
    owning.accept(session, commitment=made, by=owner, due=today() + timedelta(days=40))
