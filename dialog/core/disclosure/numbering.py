"""Different rows of columns of whole numbers, found by sorting one number for each row.

`numpy.unique(..., axis=0)` compares rows byte by byte, which takes five to ten times as long; an
audit does it thousands of times.
"""

from collections.abc import Sequence

import numpy as np

from dialog.core.tree import Flags, Numbers


def number_rows(columns: Sequence[Numbers | Flags]) -> Numbers:
    """A number for each different row, in their lexicographic order. Each of the `columns` has
    shape (rows, some); together they are one table.
    """
    table = np.hstack([column.astype(np.int64) for column in columns])
    number = np.zeros(len(table), dtype=np.int64)
    for column in table.T:
        key, _lowest, _size = _joint(number, column)
        number = np.unique(key, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return number


def different_pairs(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """The different pairs of numbers (less than 2**31 each) in their lexicographic order."""
    key, lowest, size = _joint(first, second)
    ones, others = np.divmod(np.unique(key), size)
    return ones, others + lowest


def numbered_pairs(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers]:
    """The different pairs, shape (pairs, 2), in their order; and which of them each one is."""
    key, lowest, size = _joint(first, second)
    found, number = np.unique(key, return_inverse=True)
    ones, others = np.divmod(found, size)
    return np.column_stack([ones, others + lowest]), np.asarray(number.reshape(-1))


def _joint(first: Numbers, second: Numbers) -> tuple[Numbers, int, int]:
    """One number for both; the least of the second, and how many it may be."""
    lowest = int(second.min(initial=0))
    size = int(second.max(initial=0)) - lowest + 1
    return first.astype(np.int64) * size + (second - lowest), lowest, size
