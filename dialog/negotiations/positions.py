"""The position of a matter: its rules, what has happened in it, and what follows from that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialog.core.negotiating import ahead, matters
from dialog.core.negotiating.ahead import Block, Due
from dialog.core.negotiating.matters import State
from dialog.core.negotiating.rules import Event, Rules
from dialog.negotiations import agreeing
from dialog.negotiations.agreeing import Agreements
from dialog.negotiations.models import MblMatter


@dataclass(frozen=True)
class Position:
    """A matter with its rules, what has happened in it, and whether the parties agreed;
    `asked_centrally` whether the party that it is read for asked for the central negotiation.
    """

    state: State
    rules: Rules
    happened: Mapping[Event, date]
    agreed: bool
    asked_centrally: bool = False

    def on(self, day: date) -> Mapping[Event, date]:
        """What had happened by the end of a day."""
        return {event: when for event, when in self.happened.items() if when <= day}

    def block(self, day: date) -> Block | None:
        """Why a decision waits; None: it need not."""
        known = self.on(day)
        agreed = self.agreed and Event.CONCLUDED in known
        return ahead.block(self.rules, known, agreed=agreed, on=day)

    def dues(self, day: date) -> Sequence[Due]:
        return tuple(ahead.dues(self.rules, self.happened, agreed=self.agreed, on=day))


def of(matter: MblMatter, taken: Iterable[tuple[str, date]], agreements: Agreements) -> Position:
    """Of what was done with it, and the day that it counts from, under the agreements of its
    body. The rules are those of when the negotiation was asked for.
    """
    happened = matters.happened(taken)
    rules = agreeing.rules_for(matter, happened, agreements)
    return Position(matter.state, rules, happened, bool(matter.agreed))
