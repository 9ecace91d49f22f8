"""Whatever is typed can be set: a sign that no typeface has stands with its name."""

from typing import Any

import pypdfium2
import pytest

from dialog.minutes import markup
from dialog.submissions import papers
from dialog.web import typesetting


def text_of(title: str, body: str) -> str:
    data: dict[str, Any] = {
        "language": "sv", "kind": "Skrivelse", "title": title, "facts": [("Till", "RS")],
        "blocks": markup.blocks(body), "signed_title": "", "signed": [], "files_title": "",
        "files": [], "note": "",
    }  # fmt: skip
    pdf = pypdfium2.PdfDocument(papers.letter(data))
    found = pdf[0].get_textpage().get_text_bounded()
    pdf.close()
    return " ".join(found.split())


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Tack 👍🏽 och 🏳️‍🌈 och ✅", "[thumbs up sign]"),
        ("Ring 世界", "[cjk unified ideograph-4e16]"),
        ("Ett \x07 kontrolltecken, ett \uffff", "[u+ffff]"),
        ("Pilar → och ½, Ωμέγα, Ельцин, „”", "→ och ½, Ωμέγα, Ельцин"),
        ("ཨོཾ་མ་ཎི", "[tibetan letter ma]"),
    ],
)
def test_what_no_typeface_has_is_named_and_all_else_stays(typed: str, stands: str) -> None:
    assert stands in text_of("Rubrik 😀", f"Vi säger: {typed}. Slut på åäö.")
    assert "Slut på åäö." in text_of("Rubrik", typed + " Slut på åäö.")


def test_what_is_wrong_with_a_template_is_no_sign() -> None:
    with pytest.raises(RuntimeError, match="No such file"):
        typesetting.pdf(papers.TEMPLATE.with_name("finns-inte.typ"), {})
