"""What a release is made from, apart from any database: all counts, and the rules."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from dialog.core.disclosure.earlier import Earlier
from dialog.core.disclosure.joining import ResultGroup
from dialog.core.disclosure.policy import LEVELS, Place, Policy, Tables
from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.rules import Progress, no_progress
from dialog.core.questionnaire import Questionnaire, load
from dialog.core.tabulation import Table, tabulate
from dialog.results.publishing import answers
from dialog.results.publishing.answers import Ground
from dialog.surveys import result_tables
from dialog.surveys.models import Round


@dataclass(frozen=True)
class Material:
    """All counts of a round's answers. What was published of the same answers before is `earlier`;
    `unseen` and `withheld`: see Protection; `moved`: see Release.
    """

    table: Table
    questionnaire: Questionnaire
    policy: Policy
    tables: Tables
    places: Mapping[str, Place]
    earlier: Sequence[Earlier] = ()
    unseen: Collection[str] = ()
    withheld: Collection[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    groups: Sequence[ResultGroup] = ()

    @property
    def total(self) -> int:
        return int(self.table.n[self.table.tree.roots].sum())


def gather(session: Session, *, round_: Round) -> Material:
    """A round's answers over the units of its audience."""
    ground = answers.ground(session, round_=round_)
    return count(session, round_=round_, ground=ground, questionnaire=load(round_.questionnaire))


def count(
    session: Session, *, round_: Round, ground: Ground, questionnaire: Questionnaire
) -> Material:
    table = tabulate(
        answers.responses(session, round_=round_, codes=ground.codes),
        questionnaire=questionnaire,
        tree=ground.tree,
        levels=LEVELS,
    )
    policy = Policy(round_.k, round_.k_sensitive)
    tables = result_tables.of(round_)
    return Material(table, questionnaire, policy, tables, ground.places, groups=ground.groups)


def protect(material: Material, *, progress: Progress = no_progress) -> Protection:
    """Everything protected and audited, which takes minutes where there are thousands of units."""
    return Protection(
        material.table,
        questionnaire=material.questionnaire,
        policy=material.policy,
        places=material.places,
        tables=material.tables,
        progress=progress,
        earlier=material.earlier,
        unseen=material.unseen,
        withheld=material.withheld,
    )
