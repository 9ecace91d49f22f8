"""What an attacker can hope for who looks for somebody in the rows (El Emam 2013).

- The prosecutor knows that the person is among the rows: the risk of a row is 1 by the number of
  rows that look the same.
- The journalist only knows that the person belongs to the population that the rows come from. In
  it, a group is larger by as much as the population is than the rows; that is an estimate, which
  takes those who are not among the rows to be like those who are.
- A row is unique where no other looks the same.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Risk:
    """Shares from 0 to 1. `highest` is of the row at greatest risk, `mean` of all rows."""

    prosecutor_highest: float
    prosecutor_mean: float
    journalist_highest: float
    journalist_mean: float
    above: float
    unique: float
    groups: int


def risk(rows: Iterable[Hashable], *, k: int, population: int | None = None) -> Risk:
    """The risk of rows given as what is known of each (its quasi-identifiers).

    `above` is the share of rows with a prosecutor's risk above 1/k. `population` None: as many as
    there are rows.
    """
    size = Counter(rows)
    total = size.total()
    if not total:
        return Risk(0, 0, 0, 0, 0, 0, 0)
    drawn = min(total / population, 1.0) if population else 1.0
    highest, mean = 1 / min(size.values()), len(size) / total
    return Risk(
        prosecutor_highest=highest,
        prosecutor_mean=mean,
        journalist_highest=highest * drawn,
        journalist_mean=mean * drawn,
        above=sum(n for n in size.values() if n < k) / total,
        unique=sum(1 for n in size.values() if n == 1) / total,
        groups=len(size),
    )
