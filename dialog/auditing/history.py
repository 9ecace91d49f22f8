"""Several releases of the same responses: who was where in each, and what has changed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dialog.auditing.arithmetic import remainders
from dialog.auditing.findings import Finding
from dialog.auditing.reading import Published


def whereabouts(releases: Sequence[Published]) -> list[tuple[str, ...]]:
    """Every kind of people there can have been: the unit they were in in each release.

    A unit with the same code holds the same people. Of units that came or went only this is
    assumed: people of one that went are in one that came (or, if none did, in any) below the
    nearest unit above that stayed, and the other way round.
    """
    kinds: list[tuple[str, ...]] = [(unit,) for unit in releases[0].parents]
    for old, new in pairwise(releases):
        steps = _steps(old, new)
        kinds = [(*kind, unit) for kind in kinds for unit in steps.get(kind[-1], ())]
    return kinds


def _steps(old: Published, new: Published) -> dict[str, list[str]]:
    went, came = defaultdict(list), defaultdict(list)
    for unit in old.parents:
        if unit not in new.parents:
            went[_stayed(old, new, unit)].append(unit)
    for unit in new.parents:
        if unit not in old.parents:
            came[_stayed(new, old, unit)].append(unit)
    steps = {unit: [unit] for unit in old.parents if unit in new.parents}
    for above, units in went.items():
        to = came.get(above) or [unit for unit in new.parents if above in new.up(unit)]
        steps |= dict.fromkeys(units, to)
    for above, units in came.items():
        if above not in went:
            for unit in (one for one in steps if above in old.up(one)):
                steps[unit] = [*steps[unit], *units]
    return steps


def _stayed(mine: Published, other: Published, unit: str) -> str:
    return next((one for one in mine.up(unit) if one in other.parents), "")


def changes(releases: Sequence[Published], item: str, k: int) -> Iterator[Finding]:
    """Counts of the same unit that differ by 1 to k-1 from one release to the next, whole or less
    its parts: so many came or went.
    """
    for old, new in pairwise(releases):
        both = Published(f"{old.name} → {new.name}", new.parents)
        before, after = old.counts[item], new.counts[item]
        both.counts[item] = {cell: after[cell] - before[cell] for cell in after if cell in before}
        differ = both.counts[item]
        for cell, count in differ.items():
            if 0 < abs(count) < k:
                yield Finding(both.name, item, cell, f"skiljer sig med {abs(count)} personer.")
        if all(old.parents.get(unit) == above for unit, above in new.parents.items()):
            for cell, way, parts in remainders(both, item):
                rest = differ[cell] - sum(differ[part] for part in parts)
                if 0 < abs(rest) < k:
                    what = f"skiljer sig med {abs(rest)} personer, när {way} dras ifrån."
                    yield Finding(both.name, item, cell, what)


def changed_answers(releases: Sequence[Published], item: str, k: int) -> Iterator[Finding]:
    """Answers of the same group that changed, though fewer than k can have changed them."""
    for old, new in pairwise(releases):
        for (of, cell), answers in new.answers.items():
            before = old.answers.get((item, cell))
            if of != item or before is None or before == answers:
                continue
            n = abs(new.counts[item][cell] - old.counts[item][cell])
            moved = sum(
                abs((answers.get(one) or 0) - (before.get(one) or 0)) for one in {*answers, *before}
            )
            if n < k and moved < 2 * k:
                name = f"{old.name} → {new.name}"
                yield Finding(name, item, cell, "några få har ändrat sina svar, och det syns.")
