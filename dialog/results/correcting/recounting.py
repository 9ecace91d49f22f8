"""The same answers counted anew for a correction, together with all that was published of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.disclosure.earlier import History
from dialog.core.disclosure.policy import Place
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import load
from dialog.core.tree import make_tree
from dialog.organisation import queries
from dialog.results.correcting import earlier_releases, reorganising
from dialog.results.correcting.changes import turned
from dialog.results.correcting.reorganising import Tree
from dialog.results.models import Correction, Release
from dialog.results.publishing import answers, material, unpublished
from dialog.results.publishing.answers import Ground
from dialog.results.publishing.material import Material
from dialog.surveys.models import Response, Round
from dialog.surveys.rounds import disposing


class MovedSinceError(RefusedError):
    """A unit has been closed that the proposal says nothing of."""


def require_answers(session: Session, *, round_: Round, release: Release) -> None:
    """Raises RefusedError where the answers, or their units, were disposed of since."""
    gone = disposing.are_answers_gone(session, round_=round_)
    if gone or unpublished.answers(session, round_id=round_.id) != release.responses:
        raise RefusedError(
            _(
                "Svaren, eller enheten på dem, är gallrade. Resultatet kan inte räknas om, och det"
                " som är publicerat gäller."
            )
        )


def gather(
    session: Session, *, round_: Round, correction: Correction, releases: Sequence[Release]
) -> Material:
    """All counts as the correction will have them. `releases` are those of the round, the first
    first. Raises RefusedError where the answers are not those that were published, and
    MovedSinceError where the organisation has changed since the proposal.
    """
    last = releases[-1]
    require_answers(session, round_=round_, release=last)
    moved = {**last.moved, **correction.moved} if correction.reorganised else dict(last.moved)
    moved = {code: correction.moved.get(into, into) for code, into in moved.items()}
    tree = reorganising.published(session, release=last)
    if correction.reorganised:
        tree = reorganising.today(session, round_=round_, before=tree, moved=moved)
    ground = _ground(session, round_=round_, tree=tree, moved=moved)
    form = turned(load(last.questionnaire), correction.turned)
    counted = material.count(session, round_=round_, ground=ground, questionnaire=form)
    units = _parents(ground)
    earlier = [earlier_releases.read(session, release=one, units=units) for one in releases]
    history = History(counted.table.tree, counted.table.levels, earlier)
    if not history.reproduced(counted.table.n):
        raise RefusedError(_("Svaren är inte desamma som när resultatet publicerades."))
    withheld = {*last.correction.get("withheld", ()), *correction.withheld}
    unseen = [code for code in units if code not in tree.parents]
    return replace(counted, earlier=earlier, unseen=unseen, withheld=sorted(withheld), moved=moved)


def _parents(ground: Ground) -> dict[str, str | None]:
    tree = ground.tree
    above = (tree.codes[at] if at >= 0 else None for at in tree.parent.tolist())
    return dict(zip(tree.codes, above, strict=True))


def _ground(session: Session, *, round_: Round, tree: Tree, moved: Mapping[str, str]) -> Ground:
    """The tree, and below each unit the closed ones whose answers belong to it: places of their
    own, which nobody sees.
    """
    codes: dict[UUID | None, str] = {
        node.id: node.code for node in queries.nodes(session, with_closed=True)
    }
    held = {codes[unit] for unit in _units_held(session, round_=round_)}
    parents = dict(tree.parents)
    for code in sorted(held - parents.keys()):
        if moved.get(code) not in tree.parents:
            raise MovedSinceError(_("Det är inte bestämt vart svaren från en stängd enhet hör."))
        parents[code] = moved[code]
    for group, unit in _groups_held(session, round_=round_):
        if group not in parents:  # all of its units are closed
            parents[group] = codes.get(unit)
    whole = make_tree(parents)
    counts = answers.invited(session, round_=round_)
    asked = dict.fromkeys(whole.codes, 0)
    for unit_id, count in counts.items():
        code = codes.get(unit_id, "")
        at = code if code in parents else moved.get(code)
        while at is not None and at in parents:
            asked[at] += count
            at = parents[at]
    places = {
        code: Place(name, asked.get(code, 0), tree.depths.get(code))
        for code, name in tree.names.items()
    }
    return Ground(whole, places, {unit: code for unit, code in codes.items() if unit})


def _groups_held(session: Session, *, round_: Round) -> Sequence[tuple[str, UUID | None]]:
    """The result groups that answers stand in, each with the unit above it."""
    query = sa.select(col(Response.result_group), col(Response.unit_id)).where(
        col(Response.round_id) == round_.id, col(Response.result_group) != ""
    )
    rows = session.connection().execute(query.distinct())
    return [(group, unit) for group, unit in rows]


def _units_held(session: Session, *, round_: Round) -> Sequence[UUID]:
    query = sa.select(col(Response.unit_id)).where(
        col(Response.round_id) == round_.id, col(Response.unit_id).is_not(None)
    )
    return list(session.connection().scalars(query.distinct()))
