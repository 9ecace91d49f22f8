"""The folder of hierarchies: one CSV a column, `value;level 1;…;*`."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from dialog.core.disclosure.microdata.bands import Line
from dialog.core.disclosure.microdata.faults import Fault
from dialog.core.disclosure.microdata.hierarchy import Hierarchy, read_hierarchy
from dialog.exports.delimited import find_delimiter


def find_hierarchies(
    folder: Path, names: Iterable[str]
) -> tuple[dict[str, Hierarchy], dict[str, bytes], list[Fault]]:
    """The hierarchies of these columns, the bytes of their files, and every fault there is."""
    found: dict[str, Hierarchy] = {}
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    for name in names:
        path = _path(folder, name)
        if path is None:
            faults.append(Fault(name, "no_hierarchy", about={"name": name}))
            continue
        try:
            contents[name] = path.read_bytes()
        except OSError as wrong:
            faults.append(Fault(name, "unopened", about={"why": wrong.strerror or str(wrong)}))
            continue
        hierarchy, wrong_here = parse_hierarchy(name, contents[name])
        faults += wrong_here
        if hierarchy is not None:
            found[name] = hierarchy
    return found, contents, faults


def _path(folder: Path, name: str) -> Path | None:
    """`name.csv`, or the one file that ARX would call `something_hierarchy_name.csv`."""
    if Path(name).name != name:
        return None
    exact = folder / f"{name}.csv"
    if exact.is_file():
        return exact
    others = [path for path in folder.glob("*.csv") if path.name.endswith(f"_hierarchy_{name}.csv")]
    return others[0] if len(others) == 1 else None


def parse_hierarchy(name: str, data: bytes) -> tuple[Hierarchy | None, list[Fault]]:
    """The hierarchy in a file; without a semicolon in its first line, it has commas or tabs."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Fault(name, "encoding")]
    if not text.strip():
        return None, [Fault(name, "empty")]
    first = text.lstrip("\r\n").splitlines()[0]
    delimiter = ";" if ";" in first else find_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        lines = [(reader.line_num, tuple(cells)) for cells in reader]
    except csv.Error as wrong:
        return None, [Fault(name, "unreadable", about={"why": str(wrong)})]
    return read_hierarchy(name, lines)


def dump_hierarchy(lines: Iterable[Line]) -> bytes:
    """The file of a hierarchy."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(lines)
    return text.getvalue().encode()
