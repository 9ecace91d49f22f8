"""The demo's negotiations in RS MBL: one under way, one whose decision waits, one told of."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session, select

from dialog.core.negotiating.matters import Action
from dialog.core.negotiating.rules import Paragraph
from dialog.demo_unions import BODY
from dialog.meetings.models import Meeting
from dialog.negotiations import claiming, informing, meeting_up, opening, parties, steps
from dialog.negotiations.models import MblMatter
from dialog.negotiations.opening import Facts
from dialog.negotiations.parties import Party
from dialog.negotiations.steps import Said
from dialog.simulate.rounds import Stage
from dialog.storage.clock import today
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody

A = Action
UNDER_WAY: Final = Facts(
    "Fortsatt införande av journalsystemet",
    "Regionen vill börja om med införandet vid två mottagningar i vår, med stöd på plats och en"
    " väg tillbaka om det inte fungerar.",
)
WAITING: Final = Facts(
    "Ny organisation för journalstöd",
    "Stödet vid införandet samlas i en enhet. Sju tjänster flyttas.",
)
TOLD: Final = Facts(
    "Extern granskning av tystnadskultur",
    "Ett lärosäte leder granskningen och arbetar fritt från regionen.",
)
CLAIM: Final = (
    "Ingen mottagning börjar förrän en riskbedömning är gjord med skyddsombudet.",
    "En riskbedömning görs först. Alla får två dagars utbildning på betald arbetstid.",
)
ANSWER: Final = (
    "Riskbedömning görs före start. Utbildningen är en dag, med stöd på plats i två veckor."
)


class Negotiating:
    """In one body, for its secretary; days are counted back from today."""

    def __init__(self, session: Session, body: UnionBody) -> None:
        self.session, self.body, self.by = session, body, body.secretary_id

    def matter(self, paragraph: Paragraph, facts: Facts, *, days: int, decision: int) -> MblMatter:
        organisations = unions.organisations_of(self.session, body=self.body)
        return opening.open_matter(
            self.session,
            body=self.body,
            paragraph=paragraph,
            facts=Facts(facts.title, facts.background, today() + timedelta(days=decision)),
            organisations=[each.id for each in organisations],
            asked_by=None,
            day=ago(days),
            by=self.by,
        )

    def parties(self, matter: MblMatter) -> list[Party]:
        return parties.parties_of(self.session, matter_id=matter.id)

    def take(self, matter: MblMatter, party: Party, steps_: Sequence[tuple[Action, Said]]) -> None:
        for action, said in steps_:
            steps.take(
                self.session, matter=matter, action=action, party=party, by=self.by, said=said
            )

    def claim(self, matter: MblMatter, party: Party, *texts: str) -> None:
        claim = claiming.write(self.session, matter=matter, party=party, text=texts[0])
        for text in texts:
            claiming.save(
                self.session, matter=matter, claim=claim, edition=claim.edition, text=text
            )
            claiming.put_forward(
                self.session, matter=matter, party=party, claim=claim, edition=claim.edition
            )


def negotiate_all(stage: Stage) -> None:
    """Once, in the body of `demo_unions`."""
    with stage.session() as session:
        body = session.exec(select(UnionBody).where(UnionBody.name == BODY)).one()
        if session.exec(select(MblMatter.id).where(MblMatter.body_id == body.id)).first():
            return
        of = Negotiating(session, body)
        on_agenda = [_under_way(of), _waiting(of)]
        _told(of)
        meeting = session.exec(select(Meeting).where(Meeting.body_id == body.id)).first()
        if meeting is not None:
            meeting_up.put_on(session, meeting=meeting, matters=on_agenda, by=of.by)
        session.commit()


def _under_way(of: Negotiating) -> MblMatter:
    """Adjourned once, with claims of both sides."""
    matter = of.matter(Paragraph.EMPLOYER_FIRST, UNDER_WAY, days=24, decision=60)
    employer, union, *_others = of.parties(matter)
    of.take(
        matter,
        employer,
        [
            (A.CALL, Said(ago(22))),
            (A.BEGIN, Said(ago(13))),
            (A.ADJOURN, Said(ago(13), "Riskbedömningen är inte klar.")),
        ],
    )
    of.claim(matter, union, *CLAIM)
    of.claim(matter, employer, ANSWER)
    return matter


def _waiting(of: Negotiating) -> MblMatter:
    """A union has withdrawn: a central negotiation can still be asked for."""
    matter = of.matter(Paragraph.EMPLOYER_FIRST, WAITING, days=20, decision=25)
    employer, union, *_others = of.parties(matter)
    of.take(matter, employer, [(A.CALL, Said(ago(19))), (A.BEGIN, Said(ago(9)))])
    said = Said(today(), "Vi delar inte bilden av hur många tjänster som behövs.")
    of.take(matter, union, [(A.WITHDRAW, said)])
    return matter


def _told(of: Negotiating) -> None:
    """Sent, and noted by one organisation."""
    matter = of.matter(Paragraph.INFORMED, TOLD, days=3, decision=90)
    all_ = of.parties(matter)
    words = "Granskningen börjar i januari. Lärosätet kallar själv till intervjuer."
    sending = informing.send(of.session, matter=matter, parties=all_, words=words, by=of.by)
    receipt = informing.receipt_of(of.session, sending_id=sending.id, party=all_[1])
    if receipt is not None:
        informing.note(of.session, matter=matter, receipt=receipt)


def ago(days: int) -> date:
    return today() - timedelta(days=days)
