"""The guide for trustees, as a page for everybody: the file that stands in docs/ as well."""

from functools import cache
from pathlib import Path
from typing import Any

from flask import render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from dialog.people.signing_in import permitted
from dialog.web.i18n import language


@permitted("page.read")
def key_guide() -> Any:
    return render_template("surveys/trustees/guide.html", guide=_guide(language()))


@cache
def _guide(shown: str) -> Markup:
    text = Path(__file__).with_name(f"guide.{shown}.md").read_text("utf-8")
    page = MarkdownIt("commonmark", {"html": False}).render(text)
    # A command that is wider than a phone is scrolled, by keyboard too.
    return Markup(page.replace("<pre>", '<pre class="command" tabindex="0">'))  # noqa: S704 - our own
