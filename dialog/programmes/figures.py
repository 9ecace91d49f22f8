"""The figures of a review as rows: what is published, and what is computed from it, for files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialog.core.levels import Level
from dialog.core.published import PublishedGroup
from dialog.core.statistics.differences import Difference
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
            yield Figure(part, SCALE, scale.name, _whole(now, scale.name))
    first, second = SIDES[study.part]
    for one in study.gap:
        sides = (_side(now, one.scale.name, first), _side(now, one.scale.name, second))
        yield _compared(part, GAP, one, *sides)
    if study.before is not None:
        for one in study.change:
            name = one.scale.name
            yield _compared(part, CHANGE, one, _whole(now, name), _whole(study.before, name))


def _compared(part: str, kind: str, one: Contrast, first: Side, second: Side) -> Figure:
    return Figure(part, kind, one.scale.name, first, second, one.difference, one.effect)


def _whole(told: Told, scale: str) -> Side:
    return _of_groups(told, scale, [told.top])


def _side(told: Told, scale: str, levels: Sequence[Level]) -> Side:
    at = {group.level: group for group in told.levels}
    return _of_groups(
        told, scale, [at[level] for level in levels if level in at and scale in at[level].scores]
    )


def _of_groups(told: Told, scale: str, groups: Sequence[PublishedGroup]) -> Side:
    scores = [group.scores[scale] for group in groups]
    n = sum(score.n for score in scores)
    return Side(
        release=str(told.release.id),
        unit=told.top.unit,
        levels=tuple(group.level for group in groups),
        n=n,
        mean=sum(score.n * score.mean for score in scores) / n,
    )
