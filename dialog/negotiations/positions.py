"""The position of a matter: its rules, what has happened in it, and what follows from that."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialog.core.negotiating import ahead, events
from dialog.core.negotiating.ahead import Block, Due
from dialog.core.negotiating.events import Taken
from dialog.core.negotiating.matters import State
from dialog.core.negotiating.rules import Event, Rules
from dialog.negotiations import agreeing
from dialog.negotiations.agreeing import Agreements
from dialog.negotiations.models import MblMatter


@dataclass(frozen=True)
class Position:
    """A matter with its rules, what was done with it, and whether the parties agreed; `party` is
    the one that it is read for, None: nobody in particular; `union` whether it is an organisation.
    """

    state: State
    rules: Rules
    taken: Sequence[Taken]
    agreed: bool
    party: Hashable = None
    union: bool = False

    @property
    def happened(self) -> Mapping[Event, date]:
        return events.happened(self.taken)

    @property
    def asks(self) -> bool:
        """Whether the party's request for a central negotiation stands."""
        return self.party in events.asking(self.taken)

    @property
    def others_ask(self) -> bool:
        """Whether such a request of another party stands."""
        return bool(events.asking(self.taken).keys() - {self.party})

    @property
    def forbids(self) -> bool:
        """Whether the party's veto stands."""
        return self.party in events.forbidding(self.taken)

    @property
    def forbidden(self) -> bool:
        """Whether any veto stands."""
        return bool(events.forbidding(self.taken))

    @property
    def vetoed(self) -> bool:
        """Whether a veto bars what is not carried out yet."""
        done = Event.CARRIED_OUT in self.happened
        return self.rules.veto and self.forbidden and not done

    def on(self, day: date) -> Mapping[Event, date]:
        """What had happened by the end of a day."""
        return events.happened(each for each in self.taken if each.on <= day)

    def block(self, day: date) -> Block | None:
        """Why a decision waits; None: it need not. A veto that stands counts for an earlier day
        too: who writes down what was done before it has that to explain.
        """
        known = self.on(day)
        agreed = self.agreed and Event.CONCLUDED in known
        return ahead.block(self.rules, known, agreed=agreed, on=day, forbidden=self.forbidden)

    def dues(self, day: date) -> Sequence[Due]:
        """What is due; a right that the party has used is none any more."""
        found = ahead.dues(self.rules, self.happened, agreed=self.agreed, on=day)
        return tuple(each for each in found if each.term.duty or not self.asks)


def of(matter: MblMatter, taken: Iterable[Taken], agreements: Agreements) -> Position:
    """Of what was done with it under the agreements of its body. The rules are those of when the
    negotiation was asked for.
    """
    taken = tuple(taken)
    rules = agreeing.rules_for(matter, events.happened(taken), agreements)
    return Position(matter.state, rules, taken, bool(matter.agreed))
