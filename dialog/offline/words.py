"""Sentences in the user's language: Swedish as written in the code, or English.

The standard library's gettext, for these commands must run where no web application is.
"""

import gettext as catalogues
import locale
import os
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("sv", "en")
_PACKAGE = Path(__file__).parent.parent
_FEATURES: Final = ("trustee", "verifying")  # whose catalogues are asked
_chosen: list[str] = []


def choose(language: str | None) -> None:
    """Speak `language` from now on; None: English where the computer does, else Swedish."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    _chosen[:] = [language or ("en" if spoken.lower().startswith("en") else "sv")]


def gettext(text: str, **values: object) -> str:
    """`text` in the chosen language, with `values` put in."""
    return _catalogue(_chosen[0] if _chosen else "sv").gettext(text) % values


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    if language == "sv":
        return catalogues.NullTranslations()
    found: catalogues.NullTranslations = catalogues.NullTranslations()
    for feature in _FEATURES:
        folder = _PACKAGE / feature / "translations"
        more = catalogues.translation("messages", folder, languages=[language], fallback=True)
        more.add_fallback(found)
        found = more
    return found
