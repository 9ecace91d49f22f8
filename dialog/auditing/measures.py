"""What a questionnaire says of the numbers behind published means: their ends, and how to score."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from dialog.auditing.reading import SCALE
from dialog.core.questionnaire import Kind, Questionnaire, items, load
from dialog.core.scoring import Rule, bounds, ends, rules

Ends = tuple[float, float]  # the least and the greatest number that is possible


@dataclass(frozen=True)
class Measures:
    """`ends` of each scale (by its name in release.csv) and number that has them; `rules` by which
    a scale is scored.
    """

    ends: Mapping[str, Ends] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


NO_MEASURES = Measures()


def measures_of(form: Questionnaire) -> Measures:
    found = {item.name: bounds(item) for item in items(form) if item.kind is Kind.NUMBER}
    known: dict[str, Ends] = {name: each for name, each in found.items() if each is not None}
    known |= {
        SCALE + scale.name: ends(form, scale) for scale in form.scales if scale.report == "score"
    }
    return Measures(known, rules(form))


def read_measures(path: Path) -> tuple[Measures, list[str]]:
    """Those of a file in the platform's form, and what is wrong with it."""
    try:
        return measures_of(load(path.read_bytes())), []
    except ValidationError as wrong:
        places = (".".join(str(at) for at in one["loc"]) or "–" for one in wrong.errors())
        return NO_MEASURES, [f"{path}: {place} är fel." for place in places]
    except (KeyError, ValueError) as wrong:  # a scale of something that has no numbers
        return NO_MEASURES, [f"{path}: en skala går inte att räkna ({type(wrong).__name__})."]
