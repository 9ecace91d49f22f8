"""A meeting's agenda as tagged PDF/UA-1 by typst: to print, and to send with the invitation."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _

from dialog.core.meetings.boxes import beginnings
from dialog.documents.queries import Shown
from dialog.meetings import words
from dialog.meetings.models import AgendaItem, Meeting
from dialog.storage.clock import STOCKHOLM
from dialog.web import typesetting
from dialog.web.i18n import language

TEMPLATE: Final = Path(__file__).parent / "agenda.typ"


def pdf(
    meeting: Meeting, items: Sequence[AgendaItem], documents: Mapping[UUID, Sequence[Shown]]
) -> bytes:
    """The same bytes for the same agenda. Words go in as data, never as markup."""
    return typesetting.pdf(TEMPLATE, _data(meeting, items, documents))


def clocks(meeting: Meeting, items: Sequence[AgendaItem]) -> list[str]:
    """When each item begins, as a clock in Sweden shows it; empty where that is not known."""
    if meeting.starts_at is None:
        return ["" for _item in items]
    moments = beginnings(meeting.starts_at, [item.minutes for item in items])
    shape = "%H.%M" if language() == "sv" else "%H:%M"
    return [moment.astimezone(STOCKHOLM).strftime(shape) if moment else "" for moment in moments]


def _data(
    meeting: Meeting, items: Sequence[AgendaItem], documents: Mapping[UUID, Sequence[Shown]]
) -> dict[str, Any]:
    return {
        "language": language(),
        "title": meeting.title,
        "heading": _("Dagordning"),
        "facts": [
            line for line in (words.when(meeting), meeting.place, meeting.video_link) if line
        ],
        "about": meeting.about,
        "head": [_("Tid"), _("Punkt"), _("Slag"), _("Minuter"), _("Den som håller i punkten")],
        "items": [
            {
                "time": clock,
                "title": f"{number}. {item.title}",
                "about": item.about,
                "documents": [
                    _("Handling: %(name)s", name=each.version.name)
                    for each in documents.get(item.id, ())
                ],
                "kind": str(words.KIND_WORDS[item.kind]),
                "minutes": str(item.minutes or ""),
                "responsible": item.responsible,
            }
            for number, (item, clock) in enumerate(
                zip(items, clocks(meeting, items), strict=True), start=1
            )
        ],
    }
