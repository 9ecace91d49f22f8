"""How many people an earlier release says that a filter let on to its follow-ups.

It publishes how many gave each answer; whoever knows the questionnaire adds those up that let
somebody on. Of several answers at once that can be done where the test is of one of them.
"""

from collections.abc import Mapping

from dialog.core.columns import Passing, categories
from dialog.core.disclosure.said_before import Cell
from dialog.core.questionnaire import Item, Kind, Test

Answers = Mapping[Cell, Mapping[str, int | None]]  # of each category, None where only a bound


def name_of(test: Test) -> str:
    """What the count of those let on is called among the counts of a release."""
    return f"{test.item} {test.op} {' '.join(test.values)}"


def let_on(
    item: Item, test: Test, answered: Mapping[Cell, int], answers: Answers
) -> dict[Cell, int]:
    """Of the groups whose figures tell it, how many passed the test."""
    if test.op == "answered":
        return dict(answered)
    if item.kind is Kind.MULTIPLE:
        return _of_several(test, answered, answers)
    passing = _passing(item, test)
    found: dict[Cell, int] = {}
    for cell, given in answers.items():
        each = [given.get(name, 0) for name in passing]
        if None not in each:
            found[cell] = sum(n or 0 for n in each)
    return found


def _of_several(test: Test, answered: Mapping[Cell, int], answers: Answers) -> dict[Cell, int]:
    if len(test.values) != 1 or test.op not in ("is", "is_not"):
        return {}
    chosen = {cell: given.get(test.values[0], 0) for cell, given in answers.items()}
    known = {cell: n for cell, n in chosen.items() if n is not None and cell in answered}
    return known if test.op == "is" else {cell: answered[cell] - n for cell, n in known.items()}


def _passing(item: Item, test: Test) -> list[str]:
    """The categories that pass."""
    names, passing = categories(item), Passing(item, test)
    for name in names:
        passing.read(int(name) if item.kind is Kind.SCALE else name)
    return [name for name, passes in zip(names, passing.answered(), strict=True) if passes]
