"""The three parts of a review side by side: what of them is published, and what follows from that.

Everything here is computed from published groups, so it tells nothing that the releases do not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import Session

from dialog.core.levels import Level
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Questionnaire, Scale
from dialog.core.review import SubStudy
from dialog.core.statistics.figures import Spreads
from dialog.results import queries, spreads
from dialog.results.blocks import scored
from dialog.results.comparing import form as form_of
from dialog.results.contrasts import MANAGERS, STAFF, Contrast, asked, between, between_rounds
from dialog.results.models import Release

Levels = tuple[Level, ...]
# Whose answers are set against whose, in each part.
SIDES: Final[Mapping[SubStudy, tuple[Levels, Levels]]] = {
    SubStudy.POLITICAL: ((Level.ELECTED,), MANAGERS),
    SubStudy.MANAGERS: ((Level.DIRECTOR, Level.MANAGER_3, Level.MANAGER_2), (Level.MANAGER_1,)),
    SubStudy.STAFF: (MANAGERS, STAFF),
}


@dataclass(frozen=True)
class Told:
    """What a release publishes of the whole, and of the whole's levels."""

    release: Release
    form: Questionnaire
    top: PublishedGroup
    levels: tuple[PublishedGroup, ...]
    spreads: Spreads

    def score(self, scale: Scale) -> float | None:
        """The mean of a scale; None where it is not published."""
        score = self.top.scores.get(scale.name)
        return score.mean if score else None


@dataclass(frozen=True)
class StudyTold:
    """A part: its latest release, the gap between levels in it, and the change since the one
    before in the same part.
    """

    part: SubStudy
    now: Told
    gap: list[Contrast]
    before: Told | None = None
    change: list[Contrast] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A scale, with the mean in each part (None where it asks something else, or is protected)."""

    scale: Scale
    form: Questionnaire
    means: tuple[float | None, ...]


@dataclass(frozen=True)
class SideBySide:
    studies: tuple[StudyTold, ...]
    rows: tuple[Row, ...]


def side_by_side(session: Session, *, releases: Mapping[SubStudy, Sequence[Release]]) -> SideBySide:
    """`releases` of each part, the latest first; parts without any are left out."""
    studies = tuple(
        _study(session, part, releases[part]) for part in SubStudy if releases.get(part)
    )
    return SideBySide(studies, tuple(_rows(studies)))


def told(session: Session, release: Release) -> Told:
    top = queries.top(session, release_id=release.id)
    return Told(
        release=release,
        form=form_of(release.questionnaire),
        top=top,
        levels=tuple(queries.levels(session, release_id=release.id, of=top.unit)),
        spreads=spreads.of(release),
    )


def _study(session: Session, part: SubStudy, releases: Sequence[Release]) -> StudyTold:
    now = told(session, releases[0])
    first, second = SIDES[part]
    gap = between(now.form, now.levels, now.spreads, first=first, second=second)
    if len(releases) == 1:
        return StudyTold(part, now, gap)
    before = told(session, releases[1])
    same_whole = before.top.unit == now.top.unit
    change = (
        between_rounds((now.form, now.top, now.spreads), (before.form, before.top, before.spreads))
        if same_whole
        else []
    )
    return StudyTold(part, now, gap, before, change)


def _rows(studies: Sequence[StudyTold]) -> list[Row]:
    """Each scale once: those of the same name that ask the same are one."""
    kinds: dict[tuple[str, str], tuple[Scale, Questionnaire]] = {}
    for study in studies:
        every = asked(study.now.form)
        for scale in scored(study.now.form):
            kinds.setdefault((scale.name, every[scale.name]), (scale, study.now.form))
    found = []
    for (name, how), (scale, form) in kinds.items():
        means = tuple(
            study.now.score(scale) if asked(study.now.form).get(name) == how else None
            for study in studies
        )
        if any(mean is not None for mean in means):
            found.append(Row(scale, form, means))
    return found
