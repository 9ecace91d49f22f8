"""The demo's requests to read documents: one that is answered, and one that waits."""

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlmodel import Session, select

from dialog.core.requests import Verdict
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority, DiaryLine
from dialog.receipts import giving
from dialog.requests import answering, asking, assessing, entering, locating, papers
from dialog.requests.assessing import Assessment
from dialog.requests.models import DisclosureRequest, RequestedDocument
from dialog.settings import Settings
from dialog.simulate.rounds import Stage
from dialog.storage.clock import today

CODE: Final = "2026202620262026"  # the demo's own, for whoever wants to read the answer
SAID: Final = {
    "Skrivelse om bemanningen under natten": Assessment(Verdict.WHOLE),
    "Underlag om bemanning, vecka 40 till 45": Assessment(
        Verdict.REFUSED, "25 kap. 1 § OSL", "Uppgifter om patienter på en mottagning med få besök."
    ),
}


def ask_all(stage: Stage, *, by: UUID) -> None:
    """Once, after the diary: `by` is its registrar."""
    with stage.session() as session:
        if session.exec(select(DisclosureRequest)).first() is not None:
            return
        answered = _asked(
            session, "Skrivelsen om bemanningen under natten, och underlaget till den.", days=4
        )
        _answer(session, stage.settings, answered, by)
        _asked(session, "Allt som har skrivits om det avbrutna införandet sedan i våras.", days=2)
        session.commit()


def _asked(session: Session, text: str, *, days: int) -> DisclosureRequest:
    """`days` ago."""
    asked = giving.asked(form_id=uuid4(), code=CODE)
    receipt = asking.ask(session, asked=asked, text=text, wanted="", name="")
    request = session.get_one(DisclosureRequest, receipt.id)
    request.received_on = today() - timedelta(days=days)
    session.add(request)
    return request


def _answer(session: Session, settings: Settings, request: DisclosureRequest, by: UUID) -> None:
    for subject, said in SAID.items():
        line = session.exec(select(DiaryLine).where(DiaryLine.subject == subject)).one()
        board = session.get_one(DiaryAuthority, line.authority_id)
        number = diary.number_of_line(session, line=line)
        locating.locate(session, request=request, number=number, by=by)
        part = session.exec(
            select(RequestedDocument).where(RequestedDocument.line_id == line.id)
        ).one()
        assessing.assess(session, request=request, part=part, said=said, by=by)
    paper = papers.made(papers.request(session, request), settings=settings)
    entering.enter(session, request=request, authority=board, matter=None, paper=paper.file, by=by)
    text = "Skrivelsen kan du hämta hos registratorn. Underlaget lämnas inte ut."
    paper = papers.made(papers.answer(session, request, text), settings=settings)
    answering.answer(session, request=request, text=text, paper=paper, by=by)
