"""Forms of meetings: an agenda that is kept, in versions, and used again."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.meetings import agenda
from dialog.meetings.models import Meeting, MeetingFormat


def keep(
    session: Session,
    *,
    meeting: Meeting,
    by: UUID,
    title: str,
    description: str = "",
    follow_up: str = "",
) -> MeetingFormat:
    """Keep the meeting's agenda as a form: the next version of the one it began from, if any."""
    before = session.get(MeetingFormat, meeting.format_id) if meeting.format_id else None
    made = MeetingFormat(
        title=title,
        description=description,
        follow_up=follow_up,
        agenda=agenda.lines_of(session, meeting=meeting),
        author_id=by,
    )
    if before is not None:
        made.family = before.family
        made.version = _last_version(session, before.family) + 1
    session.add(made)
    session.flush()
    meeting.format_id = made.id
    session.add(meeting)
    return made


def latest(session: Session) -> list[MeetingFormat]:
    """The newest version of each form, by title."""
    newest = (
        sa.select(col(MeetingFormat.family), sa.func.max(col(MeetingFormat.version)).label("last"))
        .group_by(col(MeetingFormat.family))
        .subquery()
    )
    query = (
        select(MeetingFormat)
        .join(
            newest,
            sa.and_(
                newest.c.family == col(MeetingFormat.family),
                newest.c.last == col(MeetingFormat.version),
            ),
        )
        .order_by(col(MeetingFormat.title), col(MeetingFormat.id))
    )
    return list(session.exec(query))


def versions(session: Session, *, family: UUID) -> list[MeetingFormat]:
    """All versions of a form, the newest first."""
    query = select(MeetingFormat).where(MeetingFormat.family == family)
    return list(session.exec(query.order_by(col(MeetingFormat.version).desc())))


def used_in(session: Session, *, family: UUID) -> list[tuple[Meeting, int]]:
    """Meetings that had a version of the form, with its number, the latest first."""
    query = (
        select(Meeting, MeetingFormat.version)
        .join(MeetingFormat, col(MeetingFormat.id) == col(Meeting.format_id))
        .where(MeetingFormat.family == family)
        .order_by(col(Meeting.starts_at).desc(), col(Meeting.id))
    )
    return [(meeting, version) for meeting, version in session.exec(query)]


def _last_version(session: Session, family: UUID) -> int:
    query = sa.select(sa.func.max(col(MeetingFormat.version))).where(
        col(MeetingFormat.family) == family
    )
    return int(session.connection().scalar(query) or 0)
