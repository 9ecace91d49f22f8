"""Rows are numbered as `numpy.unique` does it by comparing them whole."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dialog.core.disclosure.numbering import different_pairs, number_rows, numbered_pairs

tables = arrays.arrays(
    np.int64,
    st.tuples(st.integers(0, 12), st.integers(1, 4)),
    elements=st.sampled_from([-(2**31), -1, 0, 1, 2, 7, 2**31 - 1]),
)


@given(tables)
def test_rows_are_numbered_in_their_order(table: np.ndarray) -> None:
    whole = np.unique(table, axis=0, return_inverse=True)[1].reshape(-1)
    assert number_rows([table]).tolist() == whole.tolist()
    assert number_rows([table[:, :1], table[:, 1:]]).tolist() == whole.tolist()


@given(tables)
def test_pairs_are_found_in_their_order(table: np.ndarray) -> None:
    first, second = table[:, 0], table[:, -1]
    pairs, place = np.unique(np.column_stack([first, second]), axis=0, return_inverse=True)
    assert np.column_stack(different_pairs(first, second)).tolist() == pairs.tolist()
    found, number = numbered_pairs(first, second)
    assert found.tolist() == pairs.tolist()
    assert number.tolist() == place.reshape(-1).tolist()
