"""The spread and the reliability of a release's scales: what its intervals are computed with."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dialog.core.disclosure.policy import Policy
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Questionnaire, items
from dialog.core.scoring import ends
from dialog.core.statistics.spreads import PublishedSpread, publish_spread
from dialog.core.tabulation import Table
from dialog.results.models import Release


def publishable(
    table: Table, *, questionnaire: Questionnaire, policy: Policy, whole: PublishedGroup
) -> dict[str, Any]:
    """By scale, as it stands in `Release.spreads`: of those whose score is published for the
    whole. Without one unit above all others there is no whole that was protected as such.
    """
    if len(table.tree.roots) != 1:
        return {}
    known = {item.name: item for item in items(questionnaire)}
    found: dict[str, Any] = {}
    for scale in questionnaire.scales:
        if scale.name not in whole.scores or scale.name not in table.spreads:
            continue
        low, high = ends(questionnaire, scale)
        k = policy.k_of(*(known[name] for name in scale.items))
        told = publish_spread(table.spreads[scale.name], length=high - low, k=k)
        if told is not None:
            found[scale.name] = asdict(told)
    return found


def of(release: Release) -> Mapping[str, PublishedSpread]:
    """The release's spreads by scale."""
    return {name: PublishedSpread(**told) for name, told in release.spreads.items()}
