"""Questions that belong together stand under one heading, in all views and in the minutes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.meetings import events, steps
from dialog.meetings.live import questions
from dialog.meetings.live.questions import Asked
from dialog.meetings.live_models import EventKind, QuestionState
from dialog.meetings.models import Meeting

LONGEST: Final = 80


@dataclass(frozen=True)
class Group:
    """Questions under a heading, or (last, with an empty heading) under none."""

    heading: str
    asked: list[Asked]


def grouped(asked: Sequence[Asked]) -> list[Group]:
    """The order is kept: a group stands where its first question stood."""
    found: dict[str, list[Asked]] = {}
    for each in asked:
        found.setdefault(each.row.theme, []).append(each)
    without = found.pop("", [])
    groups = [Group(heading, under) for heading, under in found.items()]
    return [*groups, Group("", without)] if without else groups


def headings(asked: Sequence[Asked]) -> list[str]:
    return sorted({each.row.theme for each in asked if each.row.theme}, key=str.casefold)


def movable(asked: Sequence[Asked]) -> list[Asked]:
    """Those that can be put under a heading: all that were not merged into another."""
    return [each for each in asked if each.row.state is not QuestionState.MERGED]


def put_under(
    session: Session, *, meeting: Meeting, heading: str, chosen: Collection[UUID]
) -> None:
    """Put the chosen questions under a heading, an empty one: under none. A heading that differs
    from another only in its case is that one. Raises RefusedError.
    """
    heading = " ".join(heading.split())
    if len(heading) > LONGEST:
        raise RefusedError(_("Rubriken får vara högst %(number)s tecken.", number=LONGEST))
    if has_identity_number(heading):
        raise RefusedError(
            _("Det står ett personnummer i texten. Ta bort det: vi sparar inte sådana.")
        )
    steps.hold(session, meeting=meeting)
    asked = questions.all_of(session, meeting=meeting)
    known = {each.casefold(): each for each in headings(asked)}
    for each in movable(asked):
        if each.row.id in chosen:
            session.refresh(each.row, with_for_update=True)
            each.row.theme = known.get(heading.casefold(), heading)
            session.add(each.row)
    events.tell(session, meeting_id=meeting.id, kind=EventKind.QUESTION)
