"""The units of a round beside each other, with how many will be asked in each: what result groups
are proposed from, and what they have to agree with until the round is approved.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.disclosure.foreseeing import Foresight, foresee
from dialog.core.disclosure.joining import ResultGroup
from dialog.core.disclosure.proposing import PERCENT, needed, propose
from dialog.core.tree import line_of
from dialog.organisation import audiences
from dialog.organisation.queries import Node
from dialog.surveys import result_groups, result_tables
from dialog.surveys.models import Round

Units = tuple[str, ...]


@dataclass(frozen=True)
class Neighbours:
    """Units by code: name and parent (None: the root), in tree order; and how many people will be
    asked at each (unit, level).
    """

    names: Mapping[str, str]
    parents: Mapping[str, str | None]
    people: Mapping[tuple[str, str], int]

    @cached_property
    def below(self) -> dict[str, Counter[str]]:
        """How many will be asked in each unit and all below it, by level."""
        counts: dict[str, Counter[str]] = {code: Counter() for code in self.names}
        for (unit, level), number in self.people.items():
            at: str | None = unit
            while at is not None:
                counts[at][level] += number
                at = self.parents[at]
        return counts

    def number(self, *units: str) -> int:
        """How many will be asked in some units and all below them."""
        return sum(self.below[unit].total() for unit in units)

    def strength(self, *units: str) -> int:
        """How many of the level that has most: answers are kept by level."""
        together: Counter[str] = sum((self.below[unit] for unit in units), Counter())
        return max(together.values(), default=0)

    def passes(self, *units: str, percent: int, k: int) -> bool:
        """Whether k are expected to answer in some units together."""
        return self.strength(*units) >= needed(percent=percent, k=k)

    def children(self, unit: str) -> list[str]:
        """The units right below one, by name as in the tree."""
        return [code for code, parent in self.parents.items() if parent == unit]

    def places(self, groups: Sequence[ResultGroup]) -> list[str]:
        """Units with at least two right below them, outside the groups."""
        many = Counter(parent for parent in self.parents.values() if parent is not None)
        joined = {unit for group in groups for unit in group.units}
        return [
            code
            for code in self.names
            if many[code] > 1 and joined.isdisjoint(line_of(code, self.parents))
        ]

    def nested(self, units: Sequence[str], others: Sequence[ResultGroup]) -> ResultGroup | None:
        """The first of the others with a unit that lies above one of these, or below one."""
        above = {up for unit in units for up in line_of(unit, self.parents)}
        for other in others:
            there = [unit for unit in other.units if unit in self.parents]
            theirs = {up for unit in there for up in line_of(unit, self.parents)}
            if not above.isdisjoint(there) or not theirs.isdisjoint(units):
                return other
        return None


def of(session: Session, *, round_: Round) -> Neighbours:
    """As the organisation stands today."""
    return among(session, round_=round_, nodes=_nodes(session, round_))


def among(session: Session, *, round_: Round, nodes: Iterable[Node]) -> Neighbours:
    """The same, with the units of the audience as they are loaded already."""
    audience = audiences.from_json(round_.audience)
    return _beside(nodes, audiences.people_at(session, audience=audience))


def _nodes(session: Session, round_: Round) -> list[Node]:
    return audiences.units_in(session, audience=audiences.from_json(round_.audience))


def _beside(nodes: Iterable[Node], people: Mapping[tuple[str, str], int]) -> Neighbours:
    names = {node.code: node.name for node in nodes}
    parents = {node.code: node.parent if node.parent in names else None for node in nodes}
    return Neighbours(names, parents, people)


def proposal(found: Neighbours, *, round_: Round, percent: int) -> list[Units]:
    """What could be joined besides the groups that are declared, if `percent` answer."""
    taken = {unit for group in result_groups.of(round_) for unit in group.units}
    if not found.names:
        return []
    return propose(found.parents, found.people, percent=percent, k=round_.k, taken=taken)


def outlook(
    found: Neighbours, *, round_: Round, percent: int, groups: Sequence[ResultGroup]
) -> Foresight:
    """Who would get a result of their own with these groups, if `percent` answer. Nobody where the
    organisation has no unit of the audience any more.
    """
    if not found.names:
        return Foresight(people=0, own=0, shown=frozenset())
    return foresee(
        found.parents,
        found.people,
        percent=percent,
        k=round_.k,
        groups=groups,
        tables=result_tables.of(round_),
    )


def faults(session: Session, *, round_: Round, counted: bool) -> Iterator[str]:
    """What is wrong with the groups that are declared: the organisation, the audience or the
    smallest group may have changed since. Whether k can answer is seen where people are `counted`.
    """
    groups = result_groups.of(round_)
    if not groups:
        return
    if not result_tables.of(round_).units:
        yield _("Enheter redovisas inte. Ta bort resultatgrupperna, eller redovisa enheter.")
        return
    found = of(session, round_=round_) if counted else _beside(_nodes(session, round_), {})
    for at, group in enumerate(groups):
        complaint = _unfit(found, group.units) or _clash(found, group.units, groups[:at])
        if counted and not complaint:
            complaint = _few(found, group.units, k=round_.k)
        if complaint:
            yield _("Gruppen ”%(name)s”:", name=group.name) + " " + complaint


def fault(
    found: Neighbours, units: Sequence[str], *, k: int, others: Sequence[ResultGroup] = ()
) -> str:
    """Why these units cannot be a group beside the others; empty if they can."""
    return _unfit(found, units) or _clash(found, units, others) or _few(found, units, k=k)


def _unfit(found: Neighbours, units: Sequence[str]) -> str:
    if len(set(units)) < 2:  # noqa: PLR2004 - one is no group
        return str(_("Välj minst två enheter."))
    if not set(units) <= found.names.keys():
        return str(_("En enhet finns inte längre i målgruppen. Ändra gruppen."))
    if len({found.parents[unit] for unit in units}) > 1 or found.parents[units[0]] is None:
        return str(_("Enheterna ligger inte under samma enhet. Ändra gruppen."))
    return ""


def _few(found: Neighbours, units: Sequence[str], *, k: int) -> str:
    if found.passes(*units, percent=PERCENT, k=k):
        return ""
    return str(
        _(
            "Bara %(number)s på samma nivå får frågan, så %(k)s svar är omöjligt. Välj fler"
            " enheter.",
            number=found.strength(*units),
            k=k,
        )
    )


def _clash(found: Neighbours, units: Sequence[str], others: Sequence[ResultGroup]) -> str:
    if any(set(group.units) & set(units) for group in others):
        return str(_("En av enheterna är redan med i en annan grupp. Välj om."))
    around = found.nested(units, others)
    if around is not None:
        return str(
            _(
                "En av enheterna ligger över eller under en enhet i gruppen ”%(name)s”. Det som"
                " ligger i en grupp redovisas bara där. Välj om.",
                name=around.name,
            )
        )
    return ""
