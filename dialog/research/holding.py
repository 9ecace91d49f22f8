"""Whether what is written holds what was demanded, found by reading it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from dialog.core.disclosure.microdata.rechecking import Strict, check
from dialog.exports.delimited import read_delimited
from dialog.exports.package.plain_files import write_csv
from dialog.exports.package.routing import code_of_left_out
from dialog.exports.package.variables import Dataset


def recheck(dataset: Dataset, quasi: Sequence[str], sensitive: Sequence[str]) -> Strict:
    """k, l and t of the file as it is read back. Sensitive variables that were not asked for are
    not in it; those that are must hold.
    """
    written, faults = read_delimited(write_csv(dataset))
    assert written is not None, faults
    rows = (
        dict(zip(written.header, cells, strict=True))
        for cells in zip(*written.columns, strict=True)
    )
    there = [name for name in sensitive if name in written.header]
    left_out = {
        each.name: str(code)
        for each in dataset.variables
        if each.name in there and (code := code_of_left_out(each)) is not None
    }
    return check(rows, quasi=quasi, sensitive=there, left_out=left_out)


def holds(report: Mapping[str, Any], found: Strict) -> bool:
    """`report` says what was demanded; see `preparing.report`."""
    silent = found.l == 0  # no sensitive variable, or none that says anything
    return found.k >= report["k"] and (
        silent or (found.l >= report["l"] and found.t_equal <= report["t"] + 1e-9)
    )
