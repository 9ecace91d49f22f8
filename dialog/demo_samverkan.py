"""The demo's samverkansgrupp: an agreement goes instead of paragraphs there, and a matter that was
taken up twice ended in disagreement.
"""

from collections.abc import Sequence
from typing import Final

from sqlmodel import Session, col, select

from dialog.core.negotiating.agreements import REPLACEABLE
from dialog.core.negotiating.matters import Action
from dialog.core.negotiating.rules import Paragraph
from dialog.demo_negotiations import Negotiating, ago
from dialog.demo_unions import FIRST_DAY, UNIONS
from dialog.negotiations import agreeing
from dialog.negotiations.opening import Facts
from dialog.negotiations.steps import Said
from dialog.organisation.models import Unit
from dialog.simulate.rounds import Stage
from dialog.storage.clock import today
from dialog.unions import keeping, mandating
from dialog.unions.keeping import Body
from dialog.unions.mandating import Notice
from dialog.unions.models import BodyKind, UnionBody, UnionOrganisation

A = Action
BODY: Final = "Samverkansgrupp för journalstödet"
MATTER: Final = Facts(
    "Schema för stödet på plats",
    "Stödet vid mottagningarna ska finnas kvällar och helger under de första sex veckorna.",
)


def take_up(stage: Stage, *, secretary: str, representatives: Sequence[str]) -> None:
    """Once, with the last unions of `demo_unions`; `representatives` are addresses."""
    with stage.session() as session:
        if session.exec(select(UnionBody).where(UnionBody.name == BODY)).first() is not None:
            return
        body = _body(session, secretary, representatives)
        _agreement(session, body)
        _disagreed(Negotiating(session, body))
        session.commit()


def _body(session: Session, secretary: str, representatives: Sequence[str]) -> UnionBody:
    region = session.exec(select(Unit).where(col(Unit.depth) == 0)).one()
    said = Body(BODY, BodyKind.COOPERATION, region.id, secretary, None, "")
    body = keeping.save_body(session, body=None, said=said)
    since = today() - FIRST_DAY
    for person, (name, _short) in zip(
        representatives, UNIONS[-len(representatives) :], strict=True
    ):
        union = session.exec(select(UnionOrganisation).where(UnionOrganisation.name == name)).one()
        notice = Notice(person, union.id, region.id, starts_on=since, notified_on=since)
        mandating.record(session, body=body, notice=notice, by=body.secretary_id)
    return body


def _agreement(session: Session, body: UnionBody) -> None:
    columns = {agreeing.COLUMNS[each]: True for each in REPLACEABLE}
    said = {"name": "Samverkansavtal 2026", "from_day": today() - FIRST_DAY}
    agreeing.agree(session, body=body, said={**said, **agreeing.usual(), **columns})


def _disagreed(of: Negotiating) -> None:
    """A central negotiation can still be asked for."""
    matter = of.matter(Paragraph.EMPLOYER_FIRST, MATTER, days=30, decision=40)
    employer, *_unions = of.parties(matter)
    why = "Organisationerna vill ha frivilliga pass. Arbetsgivaren vill lägga dem i schemat."
    of.take(
        matter,
        employer,
        [
            (A.CALL, Said(ago(28))),
            (A.BEGIN, Said(ago(21))),
            (A.ADJOURN, Said(ago(21), "Gruppen vill se hur många pass det gäller.")),
            (A.BEGIN, Said(ago(7))),
            (A.DISAGREE, Said(today(), why)),
        ],
    )
