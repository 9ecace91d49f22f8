"""What an audit proved, as a release keeps it and shows it.

It states bounds that hold and never what was met: that no class was small, or how many were, is
itself something about small groups.
"""

from dataclasses import dataclass
from typing import Any

from dialog.core.disclosure.audit import SOLVER

QUARTER = 0.25  # of its scale: how wide the ranges of hidden values must be on the average
ROUNDED_TO = 100


@dataclass(frozen=True)
class Check:
    """One set of counts: those of the groups (`item` empty), of a question or a scale.

    `published` counts the figures shown; `hidden` those that the audit took away after threshold
    and remainder rule; `programs` the linear programs solved. `values`: whether the ranges of
    hidden values were audited too, and `scale` the length of the scale, None without one.
    """

    item: str
    k: int
    published: int
    hidden: int
    programs: int
    values: bool = False
    scale: float | None = None


@dataclass(frozen=True)
class Record:
    k: int
    k_sensitive: int
    insiders: int
    checks: tuple[Check, ...]
    values: bool = True  # whether the values of answers were audited, and not only counts
    earlier: tuple[str, ...] = ()  # SHA-256 of each earlier release that it was audited with

    @property
    def programs(self) -> int:
        return sum(check.programs for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """The record as it stands in audit.json."""
        found: dict[str, Any] = {
            "k": self.k,
            "k_sensitive": self.k_sensitive,
            "insiders": self.insiders,
            "solver": SOLVER,
            "linear_programs_at_most": _rounded_up(self.programs),
            "values_audited": self.values,
            "proved": PROVED if self.values else PROVED_OF_COUNTS,
            "checks": [_check(check) for check in self.checks],
        }
        if self.earlier:
            found["audited_together_with"] = list(self.earlier)
        return found


PROVED = {
    "largest_possible_count": "Of every group with somebody in it, an attacker who knows all"
    " published counts must consider at least this many people possible.",
    "known_exactly": "Hidden counts, and hidden values of groups below k, that all published"
    " figures together determine.",
    "mean_range_at_least": "How wide the possible values of hidden groups below k are on the"
    " average, even to somebody who knows how many they are; on the question's own scale.",
}

PROVED_OF_COUNTS = {
    "largest_possible_count": PROVED["largest_possible_count"],
    "known_exactly": "Hidden counts that all published counts together determine.",
}


def _check(check: Check) -> dict[str, Any]:
    found: dict[str, Any] = {
        "item": check.item,
        "largest_possible_count": check.k,
        "known_exactly": 0,
        "published": check.published,
        "hidden_by_audit": check.hidden,
    }
    if check.values and check.scale is not None:
        found["mean_range_at_least"] = round(check.scale * QUARTER, 3)
    return found


def _rounded_up(number: int) -> int:
    return ROUNDED_TO * (1 + number // ROUNDED_TO)
