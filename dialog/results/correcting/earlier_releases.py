"""A release as those that correct it are audited together with it."""

from collections import defaultdict
from collections.abc import Mapping

from sqlmodel import Session

from dialog.core.columns import categories
from dialog.core.disclosure.earlier import Earlier
from dialog.core.disclosure.said_before import Cell
from dialog.core.questionnaire import items, load
from dialog.core.written import SCALE
from dialog.results.models import Release
from dialog.results.rows import each_group


def read(session: Session, *, release: Release, units: Mapping[str, str | None]) -> Earlier:
    """What it published. `units` are the units and places that its answers are counted in now,
    with their parents.
    """
    names = {item.name: categories(item) for item in items(load(release.questionnaire))}
    parents: dict[str, str | None] = {}
    counts: dict[str, dict[Cell, int]] = defaultdict(dict)
    answers: dict[str, dict[Cell, dict[str, int | None]]] = defaultdict(dict)
    means: dict[str, dict[Cell, float]] = defaultdict(dict)
    for group in each_group(session, release.id):
        cell = (group.unit, group.level)
        parents.setdefault(group.unit, group.parent or None)
        if group.n is not None:
            counts[""][cell] = group.n
        for name, item in group.items.items():
            counts[name][cell] = item.n
            if item.categories:
                given = zip(names[name], item.categories, strict=True)
                answers[name][cell] = {answer: category.n for answer, category in given}
            if item.mean is not None:
                means[name][cell] = item.mean
        for name, score in group.scores.items():
            counts[SCALE + name][cell] = score.n
            means[SCALE + name][cell] = score.mean
    was = _was(units, parents, release.moved)
    return Earlier(parents, counts, answers, release.digest, means, was)


def _was(
    units: Mapping[str, str | None], parents: Mapping[str, str | None], moved: Mapping[str, str]
) -> dict[str, str]:
    """Which unit of the release each place of today was in; "" for units that were not there."""
    found = {code: moved.get(code, code) for code in units}
    top = next((code for code, parent in parents.items() if parent is None), "")
    return {
        code: unit if unit in parents else (top if units[code] is None else "")
        for code, unit in found.items()
    }
