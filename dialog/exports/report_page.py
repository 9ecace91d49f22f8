"""The report as a page that can be read without this program."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates" / "exports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render_page(report: Mapping[str, Any], *, name: str, language: str) -> bytes:
    """`name` is the file's; `language` sv or en."""

    def say(swedish: str, english: str) -> str:
        return english if language == "en" else swedish

    def share(value: float, digits: int = 1) -> str:
        text = f"{100 * value:.{digits}f}"
        return f"{text}%" if language == "en" else f"{text.replace('.', ',')} %"

    def number(value: float, digits: int = 3) -> str:
        text = f"{value:.{digits}f}" if isinstance(value, float) else f"{value:,}"
        if language == "en":
            return text
        return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")

    page = _TEMPLATES.get_template("anonymised.html").render(
        report, name=name, language=language, say=say, share=share, number=number
    )
    return page.encode()
