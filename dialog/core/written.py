"""A release as files for other programs: release.csv, units.csv, release.json.

They are made of published groups alone, always in the same order and with the same bytes.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dialog.core.columns import TABULATED, categories
from dialog.core.published import PublishedGroup, PublishedItem
from dialog.core.questionnaire import Item, Questionnaire, items
from dialog.core.statistics.spreads import PublishedSpread

COLUMNS = ("unit", "level", "item", "category", "n", "share", "mean", "status")
PUBLISHED, COARSENED, PROTECTED = "published", "coarsened", "protected"
SCALE = "scale:"  # before the name of a scale in the column `item`
Cells = tuple[str, ...]

# What the columns hold, beside them in release.json and on the page about the files.
DOCUMENTATION = {
    "unit": "The unit's code; units.csv holds its parent. A figure is of the unit and all below.",
    "level": "The level of those who answered. Empty: all levels.",
    "item": "The question's name in the questionnaire, or scale:NAME. Empty: the group itself.",
    "category": "The answer's name in the questionnaire. Empty: the question's summary.",
    "n": "How many answered: in all, the question, or with the category.",
    "share": "Whole percent of those who answered the question; >=90 or <=10 where coarsened.",
    "mean": "Mean of the answers' numbers, one decimal. Reversed questions are turned round in"
    " scales only.",
    "status": "published; coarsened (nearly all gave one answer: bounds instead of figures); or"
    " protected (too few answered, or few could be computed: no figures). What is not listed is"
    " protected, and what does not exist looks the same.",
}


def csv_lines(groups: Iterable[PublishedGroup], questionnaire: Questionnaire) -> Iterator[bytes]:
    """release.csv, one line after another: UTF-8, comma, a header."""
    yield _line(COLUMNS)
    for cells in rows(groups, questionnaire):
        yield _line(cells)


def rows(groups: Iterable[PublishedGroup], questionnaire: Questionnaire) -> Iterator[Cells]:
    """The cells of release.csv below the header.

    A published group lists every question and scale; a protected one only itself.
    """
    asked = [item for item in items(questionnaire) if item.kind in TABULATED]
    scales = [scale.name for scale in questionnaire.scales if scale.report == "score"]
    for group in groups:
        place = (group.unit, group.level)
        if group.protected:
            yield (*place, "", "", "", "", "", PROTECTED)
            continue
        yield (*place, "", "", str(group.n), "", "", PUBLISHED)
        for name in scales:
            score = group.scores.get(name)
            if score is None:
                yield (*place, SCALE + name, "", "", "", "", PROTECTED)
            else:
                yield (*place, SCALE + name, "", str(score.n), "", f"{score.mean:.1f}", PUBLISHED)
        for item in asked:
            yield from _item(place, item, group.items.get(item.name))


def _item(place: Cells, item: Item, published: PublishedItem | None) -> Iterator[Cells]:
    if published is None:
        yield (*place, item.name, "", "", "", "", PROTECTED)
        return
    mean = "" if published.mean is None else f"{published.mean:.1f}"
    status = COARSENED if published.coarsened else PUBLISHED
    yield (*place, item.name, "", str(published.n), "", mean, status)
    for name, category in zip(categories(item), published.categories, strict=False):
        if category.bound:
            yield (*place, item.name, name, "", category.bound, "", COARSENED)
        else:
            figures = (str(category.n), str(category.share))
            yield (*place, item.name, name, *figures, "", PUBLISHED)


def units_lines(groups: Iterable[PublishedGroup]) -> Iterator[bytes]:
    """units.csv: each unit's code and that of its parent, empty at the top."""
    yield _line(("unit", "parent"))
    for group in groups:
        if not group.level:
            yield _line((group.unit, group.parent))


def spreads_lines(
    spreads: Mapping[str, PublishedSpread], questionnaire: Questionnaire
) -> Iterator[bytes]:
    """scales.csv: each scale's spread and reliability over the whole; empty where withheld."""
    yield _line(("scale", "items", "n", "sd", "alpha", "alpha_low", "alpha_high"))
    for scale in questionnaire.scales:
        if (told := spreads.get(scale.name)) is not None:
            alpha = (told.alpha, told.alpha_low, told.alpha_high)
            cells = ("" if number is None else f"{number:.2f}" for number in (told.sd, *alpha))
            yield _line((scale.name, str(len(scale.items)), str(told.n), *cells))


def json_parts(
    about: dict[str, object],
    units: Iterable[PublishedGroup],
    groups: Iterable[PublishedGroup],
    questionnaire: Questionnaire,
) -> Iterator[bytes]:
    """release.json: what it is, what the columns mean, the units, and the rows of release.csv."""
    yield b'{\n "release": ' + json.dumps(about, ensure_ascii=False).encode()
    yield b',\n "columns": ' + json.dumps(DOCUMENTATION, ensure_ascii=False).encode()
    yield b',\n "units": [\n'
    shown = (
        {"unit": unit.unit, "parent": unit.parent, "name": unit.name, "rate": unit.rate}
        for unit in units
        if not unit.level
    )
    yield from _listed(json.dumps(unit, ensure_ascii=False) for unit in shown)
    yield b'\n ],\n "rows": [\n'
    yield from _listed(
        json.dumps(cells, ensure_ascii=False) for cells in rows(groups, questionnaire)
    )
    yield b"\n ]\n}\n"


def audit_json(record: dict[str, Any], digests: dict[str, str]) -> bytes:
    """audit.json: what was proved, and the SHA-256 of the files that it was proved of."""
    written = {**record, "sha256": digests}
    return json.dumps(written, ensure_ascii=False, indent=1).encode() + b"\n"


def _listed(values: Iterable[str]) -> Iterator[bytes]:
    before = "  "
    for value in values:
        yield (before + value).encode()
        before = ",\n  "


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().encode()
