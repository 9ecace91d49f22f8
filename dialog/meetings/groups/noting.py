"""A group's note: saved as typed, nothing on top of what was not seen, and told to the minutes."""

from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.meetings.groups import working
from dialog.meetings.groups.models import MeetingGroup, MeetingGroupWork
from dialog.meetings.models import Meeting
from dialog.minutes.writing import checked

LONGEST: Final = 3_000


class OutdatedNoteError(RefusedError):
    """Somebody else in the group has saved since it was read; nothing was saved."""

    def __init__(self, group: MeetingGroup) -> None:
        super().__init__(
            _(
                "Någon annan i gruppen har skrivit sedan du såg texten, så din är inte sparad."
                " Båda texterna står här. Skriv ihop dem och spara igen."
            )
        )
        self.group = group


def save(
    session: Session, *, work: MeetingGroupWork, group: MeetingGroup, version: int, text: str
) -> MeetingGroup:
    """Keep the note if it still has `version`; the same once more is harmless. Writes no event.
    Raises OutdatedNoteError with the note as it is, RefusedError when the groups have finished.
    """
    text = checked(text, longest=LONGEST).strip()
    # Shared with other groups, and closed to whoever would finish them meanwhile.
    session.refresh(work, with_for_update={"read": True})
    if not work.open:
        raise RefusedError(_("Grupperna är avslutade. Det du skrev sist är inte sparat."))
    session.refresh(group, with_for_update=True)
    if group.note == text:
        return group
    if group.version != version:
        raise OutdatedNoteError(group)
    group.note, group.version = text, group.version + 1
    session.add(group)
    session.flush()
    return group


def text_of(session: Session, *, work: MeetingGroupWork) -> str:
    """All the groups' notes, in the markup of minutes; empty if nobody wrote."""
    noted = [group for group in working.groups_of(session, work=work) if group.note]
    parts = [_part(group) for group in noted]
    return "\n\n".join([_quoted(work.task), *parts]) if parts else ""


def _part(group: MeetingGroup) -> str:
    title = _("Grupp %(number)s", number=group.number)
    return f"**{title}**\n\n{group.note}"


def finished(session: Session, *, meeting: Meeting) -> dict[UUID | None, list[MeetingGroupWork]]:
    """What groups have done, by the item that it was for; the first first."""
    query = select(MeetingGroupWork).where(
        MeetingGroupWork.meeting_id == meeting.id, col(MeetingGroupWork.open).is_(False)
    )
    found: dict[UUID | None, list[MeetingGroupWork]] = {}
    for work in session.exec(query.order_by(col(MeetingGroupWork.began_at))):
        found.setdefault(work.item_id, []).append(work)
    return found


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())
