"""Which language a page is in: the reader's choice, else the browser's, else Swedish."""

from pathlib import Path

from flask import Flask, request
from flask_babel import Babel, get_locale

LANGUAGES = ("sv", "en")
COOKIE = "sprak"


def language() -> str:
    """The language of this request, "sv" or "en"."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return str(asked)
    return request.accept_languages.best_match(LANGUAGES) or "sv"


def use_languages(app: Flask) -> None:
    """Swedish is written in the code; each feature keeps its own English catalogue."""
    package = Path(__file__).parent.parent
    folders = sorted(str(path) for path in package.glob("*/translations"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    app.config["BABEL_DEFAULT_LOCALE"] = "sv"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Stockholm"
    Babel(app, locale_selector=language)

    @app.context_processor
    def _names() -> dict[str, object]:
        return {"language": str(get_locale() or "sv"), "languages": LANGUAGES}
