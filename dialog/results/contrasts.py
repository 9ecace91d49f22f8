"""How far two published groups lie apart on each scale: managers and staff, now and before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog.core.levels import Level
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Questionnaire, Scale, items
from dialog.core.statistics.differences import Difference, difference, effect
from dialog.core.statistics.figures import SLACK, Spreads, of_score
from dialog.core.statistics.means import Sample
from dialog.results.blocks import scored

MANAGERS = (Level.DIRECTOR, Level.MANAGER_3, Level.MANAGER_2, Level.MANAGER_1)
STAFF = (Level.STAFF,)


@dataclass(frozen=True)
class Contrast:
    """A scale's mean in two groups; `difference` is the first less the second."""

    scale: Scale
    first: Sample
    second: Sample
    difference: Difference
    effect: Difference | None


def between_levels(
    form: Questionnaire, levels: Sequence[PublishedGroup], spreads: Spreads
) -> list[Contrast]:
    """Managers of all levels that are published here, against staff: what each thinks of the
    same things. Empty where either is protected.
    """
    return between(form, levels, spreads, first=MANAGERS, second=STAFF)


def between(
    form: Questionnaire,
    levels: Sequence[PublishedGroup],
    spreads: Spreads,
    *,
    first: Sequence[Level],
    second: Sequence[Level],
) -> list[Contrast]:
    """Those levels together against these, of what is published of each."""
    at = {group.level: group for group in levels}
    sides = [[at[level] for level in side if level in at] for side in (first, second)]
    found = []
    for scale in scored(form):
        one, other = (
            _together([of_score(scale.name, group, spreads) for group in side]) for side in sides
        )
        found.append((scale, one, other))
    return _contrasts(found)


def between_rounds(
    now: tuple[Questionnaire, PublishedGroup, Spreads],
    before: tuple[Questionnaire, PublishedGroup, Spreads],
) -> list[Contrast]:
    """A group now against the same unit (and level) before, on the scales that ask the same."""
    (form, group, spreads), (old_form, old_group, old_spreads) = now, before
    same = asked(form).items() & asked(old_form).items()
    names = {name for name, _how in same}
    return _contrasts(
        [
            (
                scale,
                of_score(scale.name, group, spreads),
                of_score(scale.name, old_group, old_spreads),
            )
            for scale in scored(form)
            if scale.name in names
        ]
    )


def _contrasts(
    pairs: Sequence[tuple[Scale, Sample | None, Sample | None]],
) -> list[Contrast]:
    return [
        Contrast(scale, first, second, difference(first, second), effect(first, second))
        for scale, first, second in pairs
        if first is not None and second is not None
    ]


def _together(samples: Sequence[Sample | None]) -> Sample | None:
    """Groups as one; they share the spread of the whole."""
    known = [sample for sample in samples if sample is not None]
    if not known:
        return None
    n = sum(sample.n for sample in known)
    mean = sum(sample.n * sample.mean for sample in known) / n
    return Sample(n, mean, known[0].sd, known[0].freedom, SLACK)


def asked(form: Questionnaire) -> Mapping[str, str]:
    """For each scale everything that its score depends on."""
    known = {item.name: item for item in items(form)}
    return {
        scale.name: repr((scale.items, scale.reversed, [known[name] for name in scale.items]))
        for scale in scored(form)
    }
