"""Hierarchies that somebody has edited and sends in as files."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from dialog.core.disclosure.microdata.faults import worded
from dialog.exports.hierarchy_files import parse_hierarchy
from dialog.web.i18n import language

FIELD = "hierarki-"
MOST_TOLD = 5


def read_uploads(
    files: MultiDict[str, FileStorage], *, kept: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The lines by variable, those that were kept included, and a sentence for each fault."""
    given, sentences = dict(kept), []
    for field, file in files.items():
        if not field.startswith(FIELD) or not file.filename:
            continue
        name = field.removeprefix(FIELD)
        hierarchy, faults = parse_hierarchy(name, file.read())
        for fault in faults[:MOST_TOLD]:
            said = worded(fault).in_language(language())
            place = _("rad %(line)s", line=fault.line) if fault.line else ""
            sentences.append(": ".join(filter(None, (file.filename, place, said))))
        if hierarchy is not None:
            given[name] = [list(line) for line in zip(*hierarchy.words, strict=True)]
    return given, sentences
