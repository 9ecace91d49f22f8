"""What the authority writes to those who signed a letter, on paper: tagged PDF/UA-1 by typst."""

from datetime import date
from pathlib import Path
from typing import Final

from babel.dates import format_date

from dialog.minutes import markup
from dialog.web import typesetting

TEMPLATE: Final = Path(__file__).parent / "paper.typ"


def pdf(
    *, title: str, authority: str, on: date, about: str, to: str, handler: str, text: str
) -> bytes:
    """The same bytes for the same words. What was typed goes in as data, never as markup. An
    authority writes in Swedish.
    """
    return typesetting.pdf(
        TEMPLATE,
        {
            "language": "sv",
            "title": title,
            "facts": [
                [label, said]
                for label, said in (
                    ("Myndighet", authority),
                    ("Dag", format_date(on, "d MMMM y", locale="sv")),
                    ("Gäller", about),
                    ("Till", to),
                    ("Handläggare", handler),
                )
                if said
            ],
            "blocks": markup.blocks(text),
        },
    )
