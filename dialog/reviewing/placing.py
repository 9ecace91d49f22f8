"""Where a text may be shown: never below verksamhet, and never among fewer than k who wrote.

A page shows the texts of its unit and of all below it. So it is with texts as with counts: what
a unit's page shows beyond those of its parts must be nobody's or of at least k people. The rule
of the remainder decides (`core.disclosure.suppression`) over how many wrote on each question.
"""

from uuid import UUID

import numpy as np
import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.disclosure.sums import nearest_above
from dialog.core.disclosure.suppression import CROSSED_DEPTH, protect_units
from dialog.core.questionnaire import items, load
from dialog.core.tree import make_tree
from dialog.organisation import queries
from dialog.surveys.models import Round, TextAnswer


def place_of(session: Session, *, text: TextAnswer) -> str | None:
    """The path of the unit that the text is shown for, None where too few wrote."""
    round_ = session.get_one(Round, text.round_id)
    nodes = queries.nodes(session, with_closed=True)
    tree = make_tree({node.code: node.parent for node in nodes})
    at = {node.id: tree.position[node.code] for node in nodes}
    top = int(tree.roots[0])
    count = np.zeros(len(tree), dtype=np.int64)
    for unit, written in _written(session, text):
        count[at.get(unit, top) if unit else top] += written
    tree.sum_up(count)
    allowed = np.asarray(tree.depth <= CROSSED_DEPTH)
    shown = protect_units(tree, count, k=_k(round_, text.item), allowed=allowed)
    own = at.get(text.unit_id, top) if text.unit_id else top
    found = int(nearest_above(tree, shown)[own])
    if found < 0:
        return None
    return "/" + "/".join(tree.codes[unit] for unit in reversed(tree.line(found))) + "/"


def _written(session: Session, text: TextAnswer) -> list[tuple[UUID | None, int]]:
    query = (
        sa.select(col(TextAnswer.unit_id), sa.func.count())
        .where(col(TextAnswer.round_id) == text.round_id, col(TextAnswer.item) == text.item)
        .group_by(col(TextAnswer.unit_id))
    )
    return [(unit, written) for unit, written in session.connection().execute(query)]


def _k(round_: Round, item: str) -> int:
    asked = next((one for one in items(load(round_.questionnaire)) if one.name == item), None)
    return max(round_.k, round_.k_sensitive) if asked and asked.sensitive else round_.k
