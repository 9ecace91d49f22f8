"""A package to write and test an analysis on: the real codebook, and rows that are nobody's.

The rows are drawn here, each value by itself and with equal chances, from what the questionnaire
and the organisation allow; then they go the same way as real ones, through the protection and into
the same files. No answer is read: what comes out is the same whoever answered, and whether anybody
did. So nothing in it, no share and no connection, says anything about those who answered.
"""

import random
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from dialog.core.disclosure.microdata.demands import Demands
from dialog.core.levels import Level
from dialog.core.questionnaire import Text, load
from dialog.exports.anonymising import Wish
from dialog.exports.package.about import About
from dialog.exports.package.mastering import protect
from dialog.exports.package.packing import build_package
from dialog.exports.package.routing import marked
from dialog.exports.package.variables import Dataset, Form, Value, Variable
from dialog.organisation import queries as organisation
from dialog.research import coded_rounds, hierarchies, master_files, offers
from dialog.research.conditions import conditions_in_one
from dialog.research.models import RoundData
from dialog.research.packaging import file_name
from dialog.surveys.models import Round

ROWS: Final = 1_000
SEED: Final = 2003_460
NUMBERS: Final = (18, 70)  # where the questionnaire sets no limits
MISSING: Final = 0.05  # of the values
UNITS: Final = 24
_TITLE: Final = Text(sv="Syntetiska uppgifter: {title}", en="Synthetic data: {title}")
_HOW: Final = Text(
    sv="Påhittade rader. Varje värde är lottat för sig, lika sannolikt, ur det som frågorna och"
    " organisationen tillåter; sedan har raderna gått genom samma skydd som riktiga. Inget svar har"
    " lästs. Andelar och samband säger därför ingenting om dem som svarade. Skriv och prova din"
    " analys på filen, men dra inga slutsatser av den.",
    en="Invented rows. Each value is drawn by itself, with equal chances, from what the questions"
    " and the organisation allow; then the rows have gone through the same protection as real ones."
    " No answer was read. So shares and connections say nothing about those who answered. Write and"
    " test your analysis on the file, but draw no conclusions from it.",
)
_NOBODY: Final = Text(sv="Ingen. Raderna är påhittade.", en="Nobody. The rows are invented.")


@dataclass(frozen=True)
class Plan:
    """Everything that decides the bytes; read from the database before the slow part."""

    title: str
    producer: str
    dated: date
    language: str
    variables: tuple[Variable, ...]
    names: tuple[str, ...]  # those that the package has
    limits: dict[str, tuple[int, int]]
    units: tuple[str, ...]
    lines: dict[str, Any]  # of hierarchies that a person gave
    quasi: tuple[str, ...]
    k: int
    parents: dict[str, str | None]


def plan(
    session: Session, *, round_: Round, data: RoundData, names: list[str], language: str
) -> Plan:
    """`names` are the variables that were chosen; empty: all that can be had."""
    offered = offers.offered(session, round_=round_, data=data)
    nodes = organisation.nodes(session, with_closed=True)
    deepest = max((node.depth for node in nodes), default=0)
    form, quasi = load(round_.questionnaire), tuple(offers.quasi_left(data))
    wanted = set(names) or {variable.name for variable in offered}
    return Plan(
        title=round_.title,
        producer=next((node.name for node in nodes if node.depth == 0), "Dialog"),
        dated=data.asked_at.date(),
        language=language,
        variables=marked(form, coded_rounds.variables(session, round_=round_).variables, quasi),
        names=tuple(variable.name for variable in offered if variable.name in wanted),
        limits=coded_rounds.limits(round_),
        units=tuple(node.code for node in nodes if node.depth == deepest)[:UNITS],
        lines={name: data.hierarchies[name] for name in data.quasi if name in data.hierarchies},
        quasi=quasi,
        k=data.k,
        parents={node.code: node.parent for node in nodes},
    )


def draw(plan: Plan) -> Dataset:
    """Rows as if they had been answered; the same for the same plan."""
    chance = random.Random(SEED)  # noqa: S311 - invented on purpose, the same each time
    columns: list[list[Value]] = []
    for variable in plan.variables:
        values = _values(plan, variable)
        columns.append([_one(chance, values) for _row in range(ROWS)])
    return Dataset(plan.variables, tuple(columns))


def _one(chance: random.Random, values: list[Value]) -> Value:
    if not values or (chance.random() < MISSING and not isinstance(values[0], str)):
        return None
    return chance.choice(values)


def _values(plan: Plan, variable: Variable) -> list[Value]:
    if lines := plan.lines.get(variable.name):
        return _leaves(variable, [line[0] for line in lines if line[0]])
    if variable.name == coded_rounds.UNIT:
        return list(plan.units)
    if variable.name == coded_rounds.LEVEL:
        return [level.value for level in Level]
    if variable.form is Form.CODED:
        return [category.code for category in variable.categories]
    if variable.form is Form.NUMBER:
        low, high = plan.limits.get(variable.name, NUMBERS)
        return list(range(low, high + 1))
    return []  # dates


def _leaves(variable: Variable, words: list[str]) -> list[Value]:
    """The values that a person's hierarchy names."""
    codes = {category.name: category.code for category in variable.categories}
    if variable.form is Form.TEXT:
        return list(words)
    return [codes[word] if word in codes else float(word) for word in words]


def build(plan: Plan) -> bytes:
    """The package."""
    drawn = draw(plan)
    quasi = [name for name in plan.quasi if name in plan.names]
    if quasi:
        drawn = _protected(plan, drawn, quasi)
    kept = master_files.without(drawn, set(drawn.names) - set(plan.names))
    title = Text(sv=_TITLE.sv.format(title=plan.title), en=_TITLE.en.format(title=plan.title))
    said = title.in_language(plan.language)
    about = About(
        name=file_name(plan.title, "syntetisk"),
        title=title,
        producer=plan.producer,
        dated=plan.dated,
        citation=f"{plan.producer} ({plan.dated.year}). {said}.",
        description=_HOW,
        population=_NOBODY,
        protection=_HOW,
        conditions=conditions_in_one(),
        language=plan.language,
    )
    return build_package(kept, about, {})


def _protected(plan: Plan, drawn: Dataset, quasi: list[str]) -> Dataset:
    lines = hierarchies.lines_from(
        dataset=drawn, quasi=quasi, given=plan.lines, parents=plan.parents
    )
    trees, faults = hierarchies.read(lines)
    assert not faults, faults
    wish = Wish(tuple(quasi), (), Demands(plan.k))
    master, faults = protect(drawn, trees, wish)
    assert master is not None, faults
    found = {variable.name: variable for variable in master.dataset.variables}
    return Dataset(
        tuple(replace(found[name], quasi=name in quasi) for name in master.dataset.names),
        master.dataset.columns,
    )
