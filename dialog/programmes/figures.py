"""The figures of a review as rows: what is published, and what is computed from it, for files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialog.core.levels import Level
from dialog.core.published import PublishedScore
from dialog.core.statistics.differences import Difference
from dialog.core.statistics.means import Sample
from dialog.programmes.side_by_side import SIDES, SideBySide, StudyTold, Told
from dialog.results.blocks import scored
from dialog.results.contrasts import Contrast

SCALE, GAP, CHANGE = "scale", "gap", "change"


@dataclass(frozen=True)
class Side:
    """Answers of a release that are taken together: `levels` of its whole ("" is all of them)."""

    release: str
    unit: str
    levels: tuple[str, ...]
    n: int
    mean: float


@dataclass(frozen=True)
class Figure:
    """A mean, or with `second` what the first lies above it, with intervals of 95 %."""

    part: str
    kind: str
    scale: str
    first: Side
    second: Side | None = None
    difference: Difference | None = None
    effect: Difference | None = None


def figures(shown: SideBySide) -> list[Figure]:
    """Every figure that the page and its pictures show."""
    return [figure for study in shown.studies for figure in _of(study)]


def _of(study: StudyTold) -> Iterator[Figure]:
    now, part = study.now, study.part.value
    for scale in scored(now.form):
        if scale.name in now.top.scores:
            yield Figure(part, SCALE, scale.name, _whole(now, now.top.scores[scale.name]))
    first, second = SIDES[study.part]
    for one in study.gap:
        sides = (_levels(now, first, one, one.first), _levels(now, second, one, one.second))
        yield _compared(part, GAP, one, *sides)
    if study.before is not None:
        for one in study.change:
            sides = (_whole(now, one.first), _whole(study.before, one.second))
            yield _compared(part, CHANGE, one, *sides)


def _compared(part: str, kind: str, one: Contrast, first: Side, second: Side) -> Figure:
    return Figure(part, kind, one.scale.name, first, second, one.difference, one.effect)


def _whole(told: Told, of: PublishedScore | Sample) -> Side:
    return Side(str(told.release.id), told.top.unit, (told.top.level,), of.n, of.mean)


def _levels(told: Told, levels: Sequence[Level], one: Contrast, of: Sample) -> Side:
    """Those of the levels whose scores are published, together."""
    shown = {group.level for group in told.levels if one.scale.name in group.scores}
    named = tuple(level.value for level in levels if level.value in shown)
    return Side(str(told.release.id), told.top.unit, named, of.n, of.mean)
