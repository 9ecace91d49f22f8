"""A round's protected rows as they are kept between exports: packed, and read back the same."""

import json
import zlib
from collections.abc import Collection, Sequence
from typing import Final

from pydantic import TypeAdapter

from dialog.exports.package.variables import Dataset, Value, Variable

_VARIABLES: Final = TypeAdapter(tuple[Variable, ...])


def pack(dataset: Dataset) -> bytes:
    """The same bytes for the same rows."""
    content = {
        "variables": _VARIABLES.dump_python(dataset.variables, mode="json"),
        "columns": [list(column) for column in dataset.columns],
    }
    return zlib.compress(json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode())


def unpack(packed: bytes) -> Dataset:
    content = json.loads(zlib.decompress(packed))
    columns: tuple[Sequence[Value], ...] = tuple(content["columns"])
    return Dataset(_VARIABLES.validate_python(content["variables"]), columns)


def without(dataset: Dataset, names: Collection[str]) -> Dataset:
    """The same rows without some columns."""
    kept = [at for at, name in enumerate(dataset.names) if name not in names]
    return Dataset(
        tuple(dataset.variables[at] for at in kept), tuple(dataset.columns[at] for at in kept)
    )
