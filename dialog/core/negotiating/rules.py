"""What each paragraph of medbestämmandelagen asks for, as data that an authority's lawyer confirms.

Sources: lag (1976:580) om medbestämmande i arbetslivet, §§ 11, 12, 14, 16, 19, 38 and 39. What a
local agreement says instead is put in by `dialog.core.negotiating.agreements`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from dialog.core.negotiating import days


class Paragraph(StrEnum):
    EMPLOYER_FIRST = "11"  # before an important change the employer asks for a negotiation
    UNION_ASKS = "12"  # the union asks for one
    INFORMED = "19"  # the employer tells, nothing is negotiated
    HIRED_WORK = "38"  # before work is given to somebody who is not employed


class Event(StrEnum):
    """What happens to a matter, each on a day."""

    REQUESTED = "requested"  # the counterpart has received the request
    MET = "met"  # the first meeting of the local negotiation
    CONCLUDED = "concluded"  # the local one: agreed, or a party withdrew in writing
    CENTRAL_REQUESTED = "central-requested"
    CENTRAL_MET = "central-met"
    CENTRAL_CONCLUDED = "central-concluded"
    DECIDED = "decided"
    CARRIED_OUT = "carried-out"


@dataclass(frozen=True)
class Term:
    """`then` is due so long after `since`. `source` is where that stands."""

    since: Event
    then: Event
    source: str
    weeks: int = 0
    days: int = 0
    duty: bool = True  # False: whoever does not do it has lost a right, and broken nothing

    def ends(self, begun: date) -> date:
        return days.after(begun, weeks=self.weeks, days=self.days)


@dataclass(frozen=True)
class Rules:
    """Of one paragraph. `exception` is the reason that the law knows for deciding and carrying out
    before a negotiation is concluded; "" where nothing has to wait. `samverkan` is the name of the
    samverkansavtal that goes instead of the paragraph, "" where the paragraph itself does.
    """

    terms: tuple[Term, ...] = ()
    exception: str = ""
    veto: bool = False  # § 39: the union may forbid it
    samverkan: str = ""

    @property
    def waits(self) -> bool:
        """Whether decision and execution wait for the negotiation."""
        return bool(self.exception)

    def term(self, then: Event) -> Term | None:
        return next((term for term in self.terms if term.then is then), None)


MEET: Final = Term(Event.REQUESTED, Event.MET, "MBL 16 §", weeks=2)
ASK_CENTRALLY: Final = Term(
    Event.CONCLUDED, Event.CENTRAL_REQUESTED, "lokalt avtal", days=7, duty=False
)
MEET_CENTRALLY: Final = Term(Event.CENTRAL_REQUESTED, Event.CENTRAL_MET, "MBL 16 §", weeks=3)
NEGOTIATED: Final = (MEET, ASK_CENTRALLY, MEET_CENTRALLY)
EXTRAORDINARY: Final = "synnerliga skäl"
PARTICULAR: Final = "särskilda skäl"

RULES: Final[Mapping[Paragraph, Rules]] = {
    Paragraph.EMPLOYER_FIRST: Rules(NEGOTIATED, EXTRAORDINARY),
    Paragraph.UNION_ASKS: Rules(NEGOTIATED, PARTICULAR),
    Paragraph.INFORMED: Rules(),
    Paragraph.HIRED_WORK: Rules(NEGOTIATED, EXTRAORDINARY, veto=True),
}
