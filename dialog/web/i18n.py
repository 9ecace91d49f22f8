"""Which language a page is in: the reader's choice, else the browser's, else Swedish."""

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from babel.lists import format_list
from flask import Flask, Response, request
from flask_babel import Babel, format_date, format_datetime, get_locale

from dialog.storage.clock import STOCKHOLM

LANGUAGES = ("sv", "en")
COOKIE = "sprak"
A_YEAR = 31_536_000
_MOMENTS = {"sv": "d MMMM y 'kl.' HH.mm", "en": "d MMMM y 'at' HH:mm"}


def language() -> str:
    """The language of this request, "sv" or "en"."""
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return str(asked)
    return request.accept_languages.best_match(LANGUAGES) or "sv"


def remember(response: Response, chosen: str, *, secure: bool) -> None:
    """Keep the reader's choice of language in a cookie; it says nothing else."""
    response.set_cookie(
        COOKIE, chosen, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax"
    )


def day(when: date | datetime) -> str:
    """For example "3 september 2026"; a moment's date is that of Sweden."""
    if isinstance(when, datetime):
        when = when.astimezone(STOCKHOLM).date()
    return str(format_date(when, "d MMMM y"))


def moment(when: datetime) -> str:
    """For example "3 september 2026 kl. 14.05"."""
    return str(format_datetime(when, _MOMENTS[str(get_locale() or "sv")]))


def known(when: datetime) -> str:
    """A moment, or the day alone where no more is kept (`storage.clock.midnight`)."""
    return day(when) if when.astimezone(STOCKHOLM).time() == time() else moment(when)


def all_of(words: Sequence[str]) -> str:
    """For example "skyddsombud, forskare och revisor"."""
    return format_list(words, locale=get_locale() or LANGUAGES[0])


def one_of(words: Sequence[str]) -> str:
    """For example "pausa omgången eller stänga omgången"."""
    return format_list(words, style="or", locale=get_locale() or LANGUAGES[0])


def use_languages(app: Flask) -> None:
    """Swedish is written in the code; each feature keeps its own English catalogue."""
    package = Path(__file__).parent.parent
    folders = sorted(str(path) for path in package.glob("*/translations"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    app.config["BABEL_DEFAULT_LOCALE"] = "sv"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Stockholm"
    Babel(app, locale_selector=language)
    app.jinja_env.filters.update(day=day, moment=moment, known=known)

    @app.context_processor
    def _names() -> dict[str, object]:
        return {"language": str(get_locale() or "sv"), "languages": LANGUAGES}
