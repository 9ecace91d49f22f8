"""Hierarchies proposed from the data: a place to start, to be edited by who knows the values."""

from collections.abc import Mapping, Sequence

from dialog.core.disclosure.microdata.bands import Line, banded, flat, from_tree
from dialog.core.disclosure.microdata.hierarchy import SUPPRESSED
from dialog.exports.delimited import Delimited

WIDTHS = (5, 10, 20, 40, 80, 160)
FEW = 10  # numbers that are closer together than this are left as they are
EMPTY = "–"  # what no value is called when it is made coarser


def propose(values: Sequence[str], parents: Mapping[str, str | None] | None = None) -> list[Line]:
    """Units by their tree (`parents`), whole numbers in bands of 5, 10, 20 …, else value;*."""
    there = {value for value in values if value}
    if parents is not None:
        lines = from_tree(parents)
    elif there and all(value.removeprefix("-").isdecimal() for value in there):
        lines = _numbers(there)
    else:
        lines = flat(there)
    if "" in values:
        coarser = max((len(line) for line in lines), default=2) - 2
        lines = [("", *[EMPTY] * coarser, SUPPRESSED), *lines]
    return lines


def _numbers(words: set[str]) -> list[Line]:
    """The numbers of the data in bands, as they are written there."""
    numbers = sorted({int(word) for word in words})
    spread = numbers[-1] - numbers[0]
    if spread < FEW:
        return flat(words)
    widths = [width for width in WIDTHS if width < spread]
    if {str(number) for number in numbers} != words:  # such as 05: leave how they are written
        coarser = {line[0]: line[1:] for line in banded(numbers, widths)}
        return [(word, *coarser[str(int(word))]) for word in sorted(words)]
    return banded(numbers, widths)


def read_parents(data: Delimited) -> dict[str, str | None]:
    """The tree in a file of units with the columns `unit` and `parent`; ValueError if none."""
    units, above = data.column("unit"), data.column("parent")
    parents = {unit: parent or None for unit, parent in zip(units, above, strict=True)}
    for unit in parents:
        seen, at = set(), unit
        while (up := parents[at]) is not None:
            if up not in parents or up in seen:
                raise ValueError(up)
            seen.add(up)
            at = up
    return parents
