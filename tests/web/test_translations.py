"""Every sentence in Swedish has its English."""

import ast
import io
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

FEATURES = Path(__file__).parent.parent.parent / "dialog"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None, "_l": None, "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2),
}  # fmt: skip


def test_a_sentence_has_the_same_english_in_every_feature() -> None:
    """The catalogues are laid together: of two, a page would show either. What means two things is
    said in two ways in Swedish too.
    """
    said: dict[str, set[str]] = {}
    for path in FEATURES.glob("*/translations/en/LC_MESSAGES/messages.po"):
        for message in read_po(io.BytesIO(path.read_bytes()), locale="en"):
            if isinstance(message.id, str) and message.id:
                said.setdefault(message.id, set()).add(str(message.string))
    assert {swedish: english for swedish, english in said.items() if len(english) > 1} == {}


def test_every_sentence_has_its_english() -> None:
    english = {
        message.id if isinstance(message.id, str) else message.id[0]: message
        for path in FEATURES.glob("*/translations/en/LC_MESSAGES/messages.po")
        for message in read_po(io.BytesIO(path.read_bytes()), locale="en")
        if message.id
    }
    missing = []
    for path, line, found, _comments, _context in extract_from_dir(
        str(FEATURES), method_map=METHODS, keywords=KEYWORDS
    ):
        swedish = found if isinstance(found, str) else found[0]
        message = english.get(swedish)
        if message is None or not all(_texts(message.string)) or message.fuzzy:
            missing.append(f"{path}:{line}: {swedish}")
    assert missing == []


def test_no_sentence_stands_where_its_extraction_does_not_look() -> None:
    """Within an f-string it is shown in Swedish to all, and the test above does not see it."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in FEATURES.rglob("*.py")
        for whole in ast.walk(ast.parse(path.read_text()))
        if isinstance(whole, ast.JoinedStr)
        for call in ast.walk(whole)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in KEYWORDS
    ]
    assert hidden == []


def _texts(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string] if isinstance(string, str) else list(string or [""])
