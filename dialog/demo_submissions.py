"""The demo's letters: of unions a draft, one that waits to be signed and two that were submitted;
and one from somebody unknown among the staff.
"""

from typing import Final
from uuid import uuid4

from sqlmodel import Session, col, select

from dialog.demo_diary import BOARD
from dialog.demo_unions import BODY, UNIONS
from dialog.diary.models import DiaryAuthority
from dialog.receipts import giving
from dialog.settings import Settings
from dialog.simulate.rounds import Stage
from dialog.submissions import drafting, papers, signing, submitting
from dialog.submissions.models import Submission
from dialog.submissions.staff import sending
from dialog.submissions.staff.sending import Letter
from dialog.unions.models import Mandate, UnionBody, UnionOrganisation

DRAFT: Final = (
    "Scheman i jul och nyår",
    "Scheman för jul och nyår är inte klara. Vi vill att de **är klara före den 10 december**.",
)
WAITING: Final = (
    "Stöd på plats när journalsystemet införs",
    """Vi vill se en plan för stödet innan någon mottagning börjar:

- vem som är på plats, och hur länge
- vem som kan stoppa införandet
- vad övertid kostar""",
)
SENT: Final = (
    "Bemanning under natten på förlossningen",
    """Under oktober var bemanningen under natten lägre än vad som är avtalat vid elva tillfällen.

Vi vill veta:

1. hur ni följer bemanningen
2. vad ni gör när den inte räcker
3. vem vi vänder oss till på natten""",
)
UNKNOWN: Final = (
    "Vi får inte fråga varför",
    "På vår mottagning frågar ingen längre varför passen ändras. Den som frågade fick sämre pass.",
)
CODE: Final = "2026202620262026"  # the demo's own, for whoever wants to read the answer
SENT_TOO: Final = (
    "Larm som inte hörs på avdelning 12",
    "Larmen på avdelning 12 hörs inte i hela korridoren. Vi vill veta när det blir lagat.",
)


def write_all(stage: Stage) -> None:
    """Once: letters that are there are left as they are."""
    with stage.session() as session:
        if session.exec(select(Submission)).first() is not None:
            return
        writer, other = (_mandate(session, name) for name, _short in UNIONS[:2])
        _written(session, writer, DRAFT)
        waiting = _written(session, writer, WAITING)
        signing.ask(
            session, submission=waiting, organisation_id=other.organisation_id, mandate=writer
        )
        for words in (SENT, SENT_TOO):
            _submit(session, _written(session, writer, words), writer, settings=stage.settings)
        _send_unknown(session, settings=stage.settings)
        session.commit()


def _mandate(session: Session, union: str) -> Mandate:
    """The one in RS MBL."""
    query = (
        select(Mandate)
        .join(UnionOrganisation, col(UnionOrganisation.id) == col(Mandate.organisation_id))
        .join(UnionBody, col(UnionBody.id) == col(Mandate.body_id))
    )
    return session.exec(query.where(UnionOrganisation.name == union, UnionBody.name == BODY)).one()


def _written(session: Session, mandate: Mandate, words: tuple[str, str]) -> Submission:
    board = session.exec(select(DiaryAuthority).where(DiaryAuthority.name == BOARD)).one()
    subject, body = words
    made = drafting.begin(
        session, organisation_id=mandate.organisation_id, authority_id=board.id, subject=subject
    )
    drafting.save(
        session, submission=made, version=drafting.version_of(made), authority_id=board.id,
        subject=subject, body=body,
    )  # fmt: skip
    return made


def _submit(session: Session, made: Submission, mandate: Mandate, *, settings: Settings) -> None:
    letter = submitting.set_letter(papers.letter_data(session, made), settings=settings)
    submitting.submit(
        session, submission=made, mandate=mandate, revision=made.revision, letter=letter
    )


def _send_unknown(session: Session, *, settings: Settings) -> None:
    board = session.exec(select(DiaryAuthority).where(DiaryAuthority.name == BOARD)).one()
    subject, body = UNKNOWN
    letter = Letter(authority_id=board.id, subject=subject, body=body)
    paper = submitting.set_letter(sending.paper_data(session, letter, []), settings=settings)
    asked = giving.asked(form_id=uuid4(), code=CODE)
    sending.send(session, asked=asked, letter=letter, paper=paper, files=[])
