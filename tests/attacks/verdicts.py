"""What all runs of an attack came to on one database, and whether every bound was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.attacks.campaign import LINKED, Findings
from tests.attacks.catalogue import ALL, ALL_KEYS, NAIVE, TOKEN_ONLY, Attack
from tests.attacks.databases import KINDS
from tests.attacks.measures import NEIGHBOURS, Measure, Series, found, linked, series
from tests.attacks.product import Product


@dataclass(frozen=True)
class Verdict:
    """One attack on one database: what it came to in the product, and in each run of a control."""

    attack: Attack
    series: Sequence[Series]
    controls: Mapping[str, Sequence[Sequence[Measure]]]

    @property
    def holds(self) -> bool:
        return bool(self.series) and all(one.passes for one in self.series)

    @property
    def alarm(self) -> float:
        """The probability (at most) that chance alone breaks a bound."""
        return sum(one.alarm for one in self.series)

    @property
    def guesses(self) -> list[Series]:
        """The ways to ascribe all answers to people, where whoever guesses is right once."""
        return [
            one
            for one in self.series
            if one.measures[0].kind == "hits"
            and one.measures[0].expected <= 1
            and not one.name.endswith(NEIGHBOURS)
        ]

    @property
    def highest(self) -> float:
        """The most hits in one run."""
        return max(one.highest for one in self.guesses)

    @property
    def mean(self) -> float:
        """The highest mean, of the ways that there were in every run."""
        runs = max(len(one.measures) for one in self.guesses)
        return max(one.mean for one in self.guesses if len(one.measures) == runs)

    @property
    def found(self) -> int:
        return found(each for one in self.series for each in one.measures)

    @property
    def looked_at(self) -> int:
        return sum(each.of for one in self.series for each in one.measures)

    def least(self, variant: str) -> float | None:
        """What it came to in a control in the worst run: the share that was linked, or the number
        of faults found. None: this attack is not made on controls.
        """
        runs = self.controls.get(variant, ())
        return min(map(linked if self.attack.links else found, runs), default=None)


def verdicts(findings: Sequence[Findings], kind: str) -> list[Verdict]:
    """One for each attack there is, also those that were not made."""
    here = [one.measures for one in findings if one.database == kind]
    made = []
    for attack in ALL:
        runs = {
            variant: [
                measures[variant][attack.slug]
                for measures in here
                if attack.slug in measures.get(variant, {})
            ]
            for variant in (Product.name, *attack.controls)
        }
        made.append(Verdict(attack, series(runs.pop(Product.name)), runs))
    return made


def linked_in_controls(made: Sequence[Verdict]) -> dict[str, float]:
    """The share that the best of the linking attacks linked in each control, in its worst run."""
    least = {}
    for variant in (NAIVE, TOKEN_ONLY, ALL_KEYS):
        linking = [one.controls for one in made if one.attack.links]
        runs = [controls[variant] for controls in linking if variant in controls]
        shares = [max(map(linked, together)) for together in zip(*runs, strict=True)]
        least[variant] = min(shares, default=0.0)
    return least


def failures(findings: Sequence[Findings]) -> list[str]:
    """Every bound that was broken, in words; empty is good."""
    return [f"{kind}: {one}" for kind in KINDS for one in _failures(verdicts(findings, kind))]


def _failures(made: Sequence[Verdict]) -> list[str]:
    broken = []
    for one in made:
        if not one.series:
            broken.append(f"{one.attack.slug} was not made")
        for each in one.series:
            if not each.passes:
                about = each.measures[0].about
                numbers = f"{each.highest:g} in a run, mean {each.mean:g}"
                broken.append(f"{each.name}: {numbers} {about}".rstrip())
        if not one.attack.links:
            broken += [
                f"{one.attack.slug} does not find what is there in the control {variant!r}"
                for variant in one.controls
                if one.least(variant) == 0
            ]
    broken += [
        f"only {300 * share:.0f} of 300 were linked in the control {variant!r}"
        for variant, share in linked_in_controls(made).items()
        if share < LINKED
    ]
    return broken
