"""What the whole package is about; the same for the codebook, DDI, Frictionless and the rest."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from dialog.core.questionnaire import Text
from dialog.exports.package.variables import Dataset, Value, Variable


@dataclass(frozen=True)
class About:
    """`name` is the file's (a-z, 0-9 and hyphens); `dated` the day the data were approved for this;
    `protection` says what was done to the data, `conditions` what the reader has accepted.
    """

    name: str
    title: Text
    producer: str
    dated: date
    citation: str
    description: Text
    population: Text
    protection: Text
    conditions: Text
    collected: tuple[date, date] | None = None
    language: str = "sv"

    def say(self, text: Text) -> str:
        return text.in_language(self.language)


@dataclass(frozen=True)
class Counted:
    """How many rows answered, did not, and have each value."""

    valid: int
    missing: int
    of: Counter[Value]


def count(dataset: Dataset, variable: Variable) -> Counted:
    """Of the protected rows, so that the codebook tells no more than the data."""
    found = Counter(dataset.column(variable.name))
    no_answer = {None, "", *(category.code for category in variable.missing)}
    missing = sum(found[value] for value in no_answer)
    return Counted(found.total() - missing, missing, found)
