"""Files that a page offers to read or to keep."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

FORMULA_SIGNS = ("=", "+", "-", "@")


def csv_file(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """Rows as a CSV download, UTF-8 with the mark by which spreadsheets know it. A text that a
    spreadsheet would take for a formula gets an apostrophe first: somebody else wrote it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def paper(made: bytes, name: str) -> Response:
    """A PDF to read in the browser; `name`, without its ending, is how it is called when saved."""
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
