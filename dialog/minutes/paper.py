"""Minutes on paper with their attestations, as tagged PDF/UA-1 by typst."""

from pathlib import Path
from typing import Any, Final

from flask_babel import gettext as _

from dialog.core import attested
from dialog.minutes import markup, words
from dialog.minutes.page import Shown
from dialog.web import typesetting
from dialog.web.i18n import language, moment

TEMPLATE: Final = Path(__file__).parent / "minutes.typ"


def pdf(shown: Shown) -> bytes:
    """The same bytes for the same minutes. What was typed goes in as data, never as markup."""
    return typesetting.pdf(TEMPLATE, _data(shown))


def _data(shown: Shown) -> dict[str, Any]:
    return {
        "language": language(),
        "title": shown.minutes.title,
        "kind": _("Minnesanteckningar"),
        "standing": words.standing(shown.minutes),
        "sections": [
            {
                "heading": each["heading"],
                "outcome": each["outcome"],
                "blocks": markup.blocks(each["text"] or _("Inget antecknat.")),
            }
            for each in shown.sections
        ],
        "attested_title": _("Justering"),
        "attested_note": _("Avtryck av texten (SHA-256): %(hash)s", hash=shown.text_hash)
        if shown.text_hash
        else "",
        "attested_head": [_("Justerare"), _("Tid"), _("Avtryck")],
        "attested": [
            [
                each.person.name,
                moment(each.attestation.at) if each.attestation else _("Inte justerat"),
                attested.short(each.attestation.text_hash) if each.attestation else "–",
            ]
            for each in shown.attesters
        ],
        "addenda_title": _("Tillägg"),
        "addenda": [
            {"by": f"{name}, {moment(each.at)}", "blocks": markup.blocks(each.text)}
            for each, name in shown.addenda
        ],
    }
