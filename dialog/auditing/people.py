"""Who answered, as an attacker may know it: how many of each unit and level answered each question,
and enough of each scale.

Read from the file of responses itself; of an answer nothing is used but whether there is one.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dialog.auditing.answer_equations import People
from dialog.auditing.equations import Kind
from dialog.auditing.reading import SCALE
from dialog.core.scoring import Measured, Rule, score

DELIMITERS = (",", ";", "\t")


def read_people(
    path: Path,
    was: Sequence[str],
    items: Sequence[str],
    *,
    releases: int,
    rules: Sequence[Rule] = (),
) -> tuple[People, list[str]]:
    """The people by item, and every fault. `was` names the columns with the unit in each earlier
    one of so many `releases`; without them everybody is where they were. `rules` are those of the
    scales.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, [f"{path}: är ingen text i UTF-8."]
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = reader.fieldnames or ()
    parts = [part.name for rule in rules for part in rule.items]
    wanted = dict.fromkeys(("unit", "level", *was, *items, *parts))
    missing = [name for name in wanted if name not in header]
    if missing:
        return {}, [f"{path}: kolumnen ”{name}” saknas." for name in missing]
    columns = (*was, "unit") if was else ("unit",) * releases
    found: dict[str, Counter[Kind]] = {item: Counter() for item in items}
    found |= {SCALE + rule.name: Counter() for rule in rules}
    faults = []
    for row in reader:
        if None in row or None in row.values():
            faults.append(f"{path}, rad {reader.line_num}: fel antal fält.")
            continue
        kind = (tuple(row[name].strip() for name in columns), row["level"].strip())
        for item in items:
            if row[item].strip():
                found[item][kind] += 1
        for rule in rules:
            answers = {part.name: _answer(part, row[part.name].strip()) for part in rule.items}
            if score(rule, answers) is not None:
                found[SCALE + rule.name][kind] += 1
    return found, faults


def _answer(part: Measured, cell: str) -> str | float | None:
    """The name of an option, or a number."""
    if part.values is not None:
        return cell
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None
