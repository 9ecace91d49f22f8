"""The files of a programme: its figures as rows and as JSON, and what was tried of them."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from dialog.core.statistics.differences import Difference
from dialog.programmes.figures import Figure, Side, figures
from dialog.programmes.page import ProgrammePage

COLUMNS: Final = (
    "sub_study", "figure", "scale",
    "release", "levels", "n", "mean",
    "other_release", "other_levels", "other_n", "other_mean",
    "difference", "difference_low", "difference_high", "effect", "effect_low", "effect_high",
)  # fmt: skip
DOCUMENTATION: Final = {
    "sub_study": "d1 the political organisation, d2 between levels of managers, d3 staff and"
    " management.",
    "figure": "scale: a mean of the whole. gap: two groups of levels in one release. change: the"
    " whole in two releases.",
    "scale": "The scale's name in the questionnaire.",
    "levels": "Levels taken together, with +. Empty: all of them.",
    "n": "How many have a score.",
    "mean": "The published mean; of several levels their mean, weighed by n.",
    "difference": "mean less other_mean, with an interval of 95 % (difference_low to"
    " difference_high).",
    "effect": "Hedges' g of it, with an interval of 95 %.",
}


def rows(found: Sequence[Figure]) -> list[tuple[str, ...]]:
    """The cells of figures.csv below the header."""
    return [
        (
            each.part,
            each.kind,
            each.scale,
            *_side(each.first),
            *_side(each.second),
            *_difference(each.difference),
            *_difference(each.effect),
        )
        for each in found
    ]


def _side(side: Side | None) -> tuple[str, ...]:
    if side is None:
        return ("", "", "", "")
    return (side.release, "+".join(side.levels), str(side.n), f"{side.mean:.2f}")


def _difference(found: Difference | None) -> tuple[str, ...]:
    if found is None:
        return ("", "", "")
    numbers = (found.estimate, found.interval.low, found.interval.high)
    return tuple(f"{number:.2f}" for number in numbers)


def _csv(page: ProgrammePage) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(figures(page.shown)))
    return buffer.getvalue().encode()


def _json(page: ProgrammePage) -> bytes:
    return _dump(
        {
            "programme": page.programme.name,
            "principal": page.programme.principal,
            "note": "Answers to the surveys of a review. What they mean is for whoever leads it.",
            "releases": [
                {
                    "release": str(each.id),
                    "title": each.title,
                    "released": each.released_at.isoformat(timespec="seconds"),
                    "responses": each.responses,
                    "sha256_of_release_csv": each.digest,
                }
                for each in page.releases
            ],
            "columns": DOCUMENTATION,
            "rows": [dict(zip(COLUMNS, cells, strict=True)) for cells in rows(figures(page.shown))],
            "audit": _record(page),
        }
    )


def _audit(page: ProgrammePage) -> bytes:
    return _dump(_record(page))


def _record(page: ProgrammePage) -> dict[str, Any]:
    assert page.check is not None  # without one there are no files
    made = page.check.made_at.isoformat(timespec="seconds")
    return {"tried": made, "set": page.check.digest, **page.check.record}


def _dump(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


FILES: Final[dict[str, Callable[[ProgrammePage], bytes]]] = {
    "figures.csv": _csv,
    "figures.json": _json,
    "audit.json": _audit,
}
