"""What anybody finds by adding and subtracting: small figures, small remainders, one answer."""

from collections import defaultdict
from collections.abc import Iterator

from dialog.auditing.findings import Finding
from dialog.auditing.reading import Cell, Published

NEARLY_ALL = 9  # of ten
ROUNDED = 0.05  # at the most, a mean with one decimal
HARDLY = 1e-9


def small_figures(seen: Published, item: str, k: int) -> Iterator[Finding]:
    for cell, n in seen.counts[item].items():
        if n < k:
            yield Finding(seen.name, item, cell, f"{n} personer är publicerat.")


def remainders(seen: Published, item: str) -> Iterator[tuple[Cell, str, list[Cell]]]:
    """Each published cell with what it can be split into: its nearest published parts below, at
    the same level; and the levels of a unit.
    """
    shown = seen.counts[item]
    below: dict[Cell, list[Cell]] = defaultdict(list)
    levels: dict[Cell, list[Cell]] = defaultdict(list)
    for unit, level in shown:
        for above in seen.up(seen.parents[unit]):
            if (above, level) in shown:
                below[above, level].append((unit, level))
                break
        if level:
            levels[unit, ""].append((unit, level))
    for cell in shown:
        for way, parts in (("enheterna under", below[cell]), ("nivåerna", levels[cell])):
            if parts:
                yield cell, way, parts


def small_remainders(seen: Published, item: str, k: int) -> Iterator[Finding]:
    shown = seen.counts[item]
    for cell, way, parts in remainders(seen, item):
        if cell not in shown:
            continue
        rest = shown[cell] - sum(shown[part] for part in parts)
        if rest < 0:
            yield Finding(seen.name, item, cell, f"{way} är fler än helheten.")
        elif 0 < rest < k:
            yield Finding(seen.name, item, cell, f"{rest} personer, när {way} dras ifrån.")


def one_answer(seen: Published, item: str) -> Iterator[Finding]:
    """Where nearly all of a group, or of what parts leave of it, answered alike, and it shows."""
    full = {
        cell: {category: n for category, n in answers.items() if n is not None}
        for (of, cell), answers in seen.answers.items()
        if of == item and answers and None not in answers.values()
    }
    for cell, answers in full.items():
        if _alike(answers, seen.counts[item][cell]):
            yield Finding(seen.name, item, cell, "minst nio av tio svarade likadant, och det syns.")
    if seen.several(item):
        return  # answers to be ticked say nothing of each other
    for cell, way, parts in remainders(seen, item):
        known = [part for part in parts if part in full]
        if cell not in full or not known:
            continue
        rest = {
            category: n - sum(full[part].get(category, 0) for part in known)
            for category, n in full[cell].items()
        }
        if sum(rest.values()) > 0 and _alike(rest, sum(rest.values())):
            yield Finding(seen.name, item, cell, f"resten svarade likadant, när {way} dras ifrån.")


def at_an_end(seen: Published, item: str, ends: tuple[float, float]) -> Iterator[Finding]:
    """Where a mean, or what parts leave of it, lies at an end of the scale: then nearly all of them
    answered alike.
    """
    sums = {cell: (seen.counts[item][cell], mean) for cell, mean in seen.means[item].items()}
    for cell, (n, mean) in sums.items():
        if _is_at_an_end(n * (mean - ROUNDED), n * (mean + ROUNDED), n, ends):
            yield Finding(seen.name, item, cell, "medelvärdet ligger vid skalans ände.")
    for cell, way, parts in remainders(seen, item):
        if cell not in sums or not all(part in sums for part in parts):
            continue
        n, mean = sums[cell]
        rest = n - sum(sums[part][0] for part in parts)
        total = n * mean - sum(sums[part][0] * sums[part][1] for part in parts)
        off = ROUNDED * (n + sum(sums[part][0] for part in parts))
        if rest > 0 and _is_at_an_end(total - off, total + off, rest, ends):
            what = f"resten ligger vid skalans ände, när {way} dras ifrån."
            yield Finding(seen.name, item, cell, what)


def _is_at_an_end(least: float, most: float, n: int, ends: tuple[float, float]) -> bool:
    low, high = ends
    return most <= n * (low + ROUNDED) + HARDLY or least >= n * (high - ROUNDED) - HARDLY


def _alike(answers: dict[str, int], n: int) -> bool:
    return n > 0 and max(answers.values(), default=0) * 10 >= n * NEARLY_ALL
