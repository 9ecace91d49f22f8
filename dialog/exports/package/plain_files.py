"""The data as CSV (UTF-8) and as Parquet."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from dialog.exports.delimited import write_delimited
from dialog.exports.package.variables import Dataset, Form, Value, Variable


def write_csv(dataset: Dataset) -> bytes:
    """Codes and words; an empty field where nothing was answered."""
    return write_delimited(
        dataset.names,
        [_spelled(column) for column in dataset.columns],
        delimiter=",",
    )


def _spelled(column: Sequence[Value]) -> Iterator[str]:
    return ("" if value is None else str(value) for value in column)


def write_parquet(dataset: Dataset) -> bytes:
    """The same values, typed; null where nothing was answered."""
    file = io.BytesIO()
    frame(dataset).write_parquet(file, compression="zstd")
    return file.getvalue()


def frame(dataset: Dataset) -> Any:
    """A polars data frame: Int64, Float64 and String columns."""
    import polars as pl  # noqa: PLC0415 - takes half a second, and few commands need it

    types = {
        variable.name: pl.String if variable.form is Form.TEXT
        else pl.Int64 if variable.whole else pl.Float64
        for variable in dataset.variables
    }  # fmt: skip
    return pl.DataFrame(
        {
            variable.name: _typed(variable, column)
            for variable, column in zip(dataset.variables, dataset.columns, strict=True)
        },
        schema=types,
    )


def _typed(variable: Variable, column: Any) -> list[Value]:
    if variable.form is Form.NUMBER and not variable.whole:
        return [None if value is None else float(value) for value in column]
    return list(column)
