"""Who answered, as an attacker may know it: how many of each unit and level answered each question.

Read from the file of responses itself; of an answer nothing is used but whether there is one.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dialog.auditing.answer_equations import Kind, People

DELIMITERS = (",", ";", "\t")


def read_people(
    path: Path, was: Sequence[str], items: Sequence[str], *, releases: int
) -> tuple[People, list[str]]:
    """The people by item, and every fault. `was` names the columns with the unit in each earlier
    one of so many `releases`; without them everybody is where they were.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, [f"{path}: är ingen text i UTF-8."]
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = reader.fieldnames or ()
    missing = [name for name in ("unit", "level", *was, *items) if name not in header]
    if missing:
        return {}, [f"{path}: kolumnen ”{name}” saknas." for name in missing]
    columns = (*was, "unit") if was else ("unit",) * releases
    found: dict[str, Counter[Kind]] = {item: Counter() for item in items}
    faults = []
    for row in reader:
        if None in row or None in row.values():
            faults.append(f"{path}, rad {reader.line_num}: fel antal fält.")
            continue
        kind = (tuple(row[name].strip() for name in columns), row["level"].strip())
        for item in items:
            if row[item].strip():
                found[item][kind] += 1
    return found, faults
