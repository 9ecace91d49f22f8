"""The report beside an anonymised file: what was done, what it protects, what it cost."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from dialog.core.disclosure.microdata.demands import Distance
from dialog.core.disclosure.microdata.hierarchy import Hierarchy
from dialog.core.disclosure.microdata.rechecking import Strict, check
from dialog.core.disclosure.microdata.risk import risk
from dialog.exports.anonymising import Anonymised, Wish
from dialog.exports.delimited import Delimited

MOSTLY = 0.5  # share of rows with a value of their own, from which a column may point people out


def recheck(written: Delimited, wish: Wish) -> Strict:
    """k, l and t of a file as it was read back."""
    rows = (
        dict(zip(written.header, cells, strict=True))
        for cells in zip(*written.columns, strict=True)
    )
    return check(rows, quasi=wish.quasi, sensitive=wish.sensitive)


def holds(found: Mapping[str, Any], wish: Wish) -> bool:
    """Whether what was found in the file (as in the report) is what was asked for."""
    demands = wish.demands
    if not wish.sensitive:
        return bool(found["k"] >= demands.k)
    far = found["t_ordered" if demands.distance is Distance.ORDERED else "t_equal"]
    return bool(found["k"] >= demands.k and found["l"] >= demands.l and far <= demands.t + 1e-9)


def build_report(
    made: Anonymised,
    written: Delimited,
    wish: Wish,
    *,
    hierarchies: Mapping[str, Hierarchy],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    """Everything as plain values. `files` are all files that went in and out, by name."""
    recoding, demands = made.recoding, wish.demands
    known = zip(*(written.column(name) for name in wish.quasi), strict=True)
    return {
        "parameters": {
            "quasi": list(wish.quasi),
            "sensitive": list(wish.sensitive),
            "k": demands.k,
            "l": demands.l,
            "t": demands.t,
            "distance": str(demands.distance),
            "recoding": str(wish.method),
            "suppression": wish.suppression,
            "seed": wish.seed,
            "population": wish.population,
        },
        "rows": len(written),
        "suppressed": int(recoding.suppressed.sum()),
        "found_in_the_file": _plain(asdict(recheck(written, wish))),
        "risk": {
            "before": asdict(made.before),
            "after": asdict(risk(known, k=demands.k, population=wish.population)),
        },
        "loss": {
            "all": recoding.mean_loss,
            "variables": dict(zip(wish.quasi, recoding.loss.tolist(), strict=True)),
        },
        "levels": dict(zip(wish.quasi, recoding.levels, strict=False)),
        "ambiguous": {
            name: list(hierarchy.ambiguous)
            for name, hierarchy in hierarchies.items()
            if hierarchy.ambiguous
        },
        "as_they_were": _left(written, wish),
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
    }


def _left(written: Delimited, wish: Wish) -> dict[str, dict[str, Any]]:
    """The columns that were not touched; those with many values of their own may point out."""
    found = {}
    for name in written.header:
        if name in wish.quasi or name in wish.sensitive:
            continue
        values = len(set(written.column(name)))
        found[name] = {"values": values, "may_identify": values > MOSTLY * len(written)}
    return found


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Without what is not a number, which JSON cannot hold."""
    return {key: None if value != value else value for key, value in found.items()}  # noqa: PLR0124 - nan


def dump_report(report: Mapping[str, Any]) -> bytes:
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()
