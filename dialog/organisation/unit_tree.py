"""Whether units form one tree, and in which order they can be made."""

from collections.abc import Iterable, Mapping

from dialog.organisation.roster import Fault, File, Reason, UnitLine


def check_tree(
    units: Mapping[str, UnitLine], lines: Mapping[str, int], *, column: str
) -> Iterable[Fault]:
    """Every reason why `units` are not a tree with one root; `lines` says where each stands."""
    roots = [unit.code for unit in units.values() if unit.parent is None]
    for unit in units.values():
        if unit.parent is not None and unit.parent not in units:
            yield Fault(
                File.UNITS, Reason.UNKNOWN_PARENT, lines[unit.code], column, unit.parent, unit.code
            )
    for code in roots[1:]:
        yield Fault(File.UNITS, Reason.TWO_ROOTS, lines[code], column, code, roots[0])
    if not roots:
        yield Fault(File.UNITS, Reason.NO_ROOT, column=column)
    for circle in cycles(units):
        first = min(circle, key=lambda code: lines[code])
        at = circle.index(first)
        named = [*circle[at:], *circle[:at], first]
        yield Fault(File.UNITS, Reason.CYCLE, lines[first], column, first, " → ".join(named))


def cycles(units: Mapping[str, UnitLine]) -> list[list[str]]:
    """The circles of units that lie under each other, each once, from part to parent."""
    settled: set[str] = set()
    found = []
    for start in units:
        trail: dict[str, int] = {}
        code: str | None = start
        while code is not None and code in units and code not in settled and code not in trail:
            trail[code] = len(trail)
            code = units[code].parent
        if code is not None and code in trail:
            found.append(list(trail)[trail[code] :])
        settled.update(trail)
    return found


def from_the_root(units: Mapping[str, UnitLine]) -> dict[str, UnitLine]:
    """The units of a tree, each after its parent."""
    parts: dict[str | None, list[UnitLine]] = {}
    for unit in units.values():
        parts.setdefault(unit.parent, []).append(unit)
    ordered: dict[str, UnitLine] = {}
    waiting = parts.get(None, [])[::-1]
    while waiting:
        unit = waiting.pop()
        ordered[unit.code] = unit
        waiting.extend(reversed(parts.get(unit.code, [])))
    return ordered
