"""Going into groups, coming into one, and how it stands there."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.meetings import events, steps
from dialog.meetings.groups.models import (
    Dealing,
    MeetingGroup,
    MeetingGroupMember,
    MeetingGroupWork,
)
from dialog.meetings.live_models import EventKind
from dialog.meetings.models import AgendaItem, Meeting, MeetingState
from dialog.storage.clock import STOCKHOLM, now

MOST: Final = 30


@dataclass(frozen=True)
class Work:
    """What the groups do, for how long, and how many are in each."""

    row: MeetingGroupWork
    groups: Sequence[MeetingGroup]
    members: Counter[UUID]
    ends: datetime | None


def begin(
    session: Session,
    *,
    meeting: Meeting,
    item: AgendaItem | None,
    task: str,
    number: int,
    how: Dealing,
    minutes: int,
) -> MeetingGroupWork:
    """Go into so many groups; one task at a time. Raises RefusedError."""
    if has_identity_number(task):
        raise RefusedError(
            _("Det står ett personnummer i texten. Ta bort det: vi sparar inte sådana.")
        )
    steps.hold(session, meeting=meeting)
    if meeting.state is not MeetingState.LIVE:
        raise RefusedError(_("Grupper finns bara medan mötet pågår."))
    if open_row(session, meeting=meeting) is not None:
        raise RefusedError(_("Mötet är redan i grupper. Avsluta dem först."))
    row = MeetingGroupWork(
        meeting_id=meeting.id,
        item_id=item.id if item else None,
        task=task.strip(),
        how=how,
        minutes=minutes,
        began_at=now(),
    )
    session.add(row)
    session.flush()
    session.add_all(MeetingGroup(work_id=row.id, number=each + 1) for each in range(number))
    tell(session, row)
    return row


def join(
    session: Session, *, meeting: Meeting, person_id: UUID, group_id: UUID | None = None
) -> MeetingGroup:
    """Come into a group, or into another instead. Where people are dealt out, into one of the
    smallest, at random and once. Writes no event: two thousand come at once. Raises RefusedError.
    """
    steps.hold(session, meeting=meeting)
    work = open_work(session, meeting=meeting)
    if work is None:
        raise RefusedError(_("Mötet är inte i grupper nu."))
    member = session.get(MeetingGroupMember, (work.row.id, person_id))
    if work.row.how is Dealing.DEALT:
        group_id = member.group_id if member else _dealt(work)
    group = next((each for each in work.groups if each.id == group_id), None)
    if group is None:
        raise RefusedError(_("Välj en grupp."))
    if member is None:
        member = MeetingGroupMember(work_id=work.row.id, person_id=person_id, group_id=group.id)
    member.group_id = group.id
    session.add(member)
    session.flush()
    return group


def _dealt(work: Work) -> UUID:
    fewest = min(work.members[group.id] for group in work.groups)
    return secrets.choice([each.id for each in work.groups if work.members[each.id] == fewest])


def open_row(session: Session, *, meeting: Meeting) -> MeetingGroupWork | None:
    query = select(MeetingGroupWork).where(
        MeetingGroupWork.meeting_id == meeting.id, col(MeetingGroupWork.open)
    )
    return session.exec(query).first()


def open_work(session: Session, *, meeting: Meeting) -> Work | None:
    row = open_row(session, meeting=meeting)
    if row is None:
        return None
    counted = session.connection().execute(
        sa.select(col(MeetingGroupMember.group_id), sa.func.count())
        .where(col(MeetingGroupMember.work_id) == row.id)
        .group_by(col(MeetingGroupMember.group_id))
    )
    ends = row.began_at + timedelta(minutes=row.minutes) if row.minutes else None
    return Work(
        row=row,
        groups=groups_of(session, work=row),
        members=Counter({UUID(str(key)): number for key, number in counted}),
        ends=ends.astimezone(STOCKHOLM) if ends else None,
    )


def groups_of(session: Session, *, work: MeetingGroupWork) -> Sequence[MeetingGroup]:
    query = select(MeetingGroup).where(MeetingGroup.work_id == work.id)
    return session.exec(query.order_by(col(MeetingGroup.number))).all()


def group_of(
    session: Session, *, meeting: Meeting, group_id: UUID
) -> tuple[MeetingGroupWork, MeetingGroup] | None:
    group = session.get(MeetingGroup, group_id)
    work = session.get_one(MeetingGroupWork, group.work_id) if group else None
    return (work, group) if group and work and work.meeting_id == meeting.id else None


def own(session: Session, *, work: MeetingGroupWork, person_id: UUID) -> UUID | None:
    """The group that somebody is in."""
    row = session.get(MeetingGroupMember, (work.id, person_id))
    return row.group_id if row else None


def tell(session: Session, work: MeetingGroupWork) -> None:
    session.flush()
    events.tell(session, meeting_id=work.meeting_id, kind=EventKind.GROUPS, about=work.id)
