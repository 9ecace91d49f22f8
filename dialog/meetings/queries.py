"""Reads of meetings: lists, who runs them, and who is asked to come."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.meetings.models import (
    Meeting,
    MeetingInvitation,
    MeetingPost,
    MeetingSeries,
    MeetingState,
    Post,
)
from dialog.people.models import Person, Role, RoleGrant
from dialog.people.permissions import Actor, People, may
from dialog.unions.models import UnionBody

PAGE: Final = 20


@dataclass(frozen=True)
class Page:
    meetings: list[Meeting]
    page: int
    last: int


def page_of_meetings(
    session: Session, *, states: Collection[MeetingState], page: int, of: sa.ColumnElement[bool]
) -> Page:
    """Meetings in some states, those without a date first and then by date; `of` says which, see
    `concerns` and `is_seen_by`.
    """
    query = sa.select(Meeting).where(col(Meeting.state).in_(states), of)
    number = session.connection().scalar(sa.select(sa.func.count()).select_from(query.subquery()))
    last = max(1, -(-int(number or 0) // PAGE))
    page = min(max(1, page), last)
    over = MeetingState.CLOSED in states and MeetingState.INVITED not in states
    moment = col(Meeting.starts_at).desc() if over else col(Meeting.starts_at).asc()
    order = (col(Meeting.starts_at).is_not(None), moment, col(Meeting.id))
    found = session.exec(query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE))  # type: ignore[call-overload]  # a plain select
    return Page(list(found.scalars()), page, last)


def coming(session: Session, *, person_id: UUID) -> list[Meeting]:
    """What somebody's calendar holds: all they are asked to or have a post in, with a date."""
    query = (
        select(Meeting)
        .where(concerns(person_id, acting_in=sa.true()), col(Meeting.starts_at).is_not(None))
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return list(session.exec(query))


def people_of(session: Session, *, meeting: Meeting, among: UUID | None = None) -> People:
    """Who runs the meeting; and, once the invitation was sent, who is asked to come; `among` them
    only one, where two thousand are not to be read for each that looks.
    """
    posts = session.exec(
        select(MeetingPost.person_id).where(MeetingPost.meeting_id == meeting.id)
    ).all()
    keeps = session.get_one(UnionBody, meeting.body_id).secretary_id if meeting.body_id else None
    running = frozenset(filter(None, (*posts, meeting.author_id, keeps)))
    if meeting.body_id and meeting.author_id != keeps:
        running -= {meeting.author_id}  # who has left the body; negotiators run it by their role
    query = select(MeetingInvitation.person_id, MeetingInvitation.body_id).where(
        MeetingInvitation.meeting_id == meeting.id, col(MeetingInvitation.withdrawn).is_(False)
    )
    if among is not None:
        query = query.where(MeetingInvitation.person_id == among)
    asked = session.exec(query).all()
    return People(
        running=running,
        coming=frozenset(person for person, body in asked if body is None),
        representing=frozenset((person, body) for person, body in asked if body is not None),
        of_body=meeting.body_id,
    )


def invitation_of(session: Session, *, meeting: Meeting, actor: Actor) -> MeetingInvitation | None:
    """Whether somebody is asked to come, as who they are now."""
    row = session.get(MeetingInvitation, (meeting.id, actor.person_id))
    if row is None or row.withdrawn or row.body_id not in {None, actor.acting_in}:
        return None
    return row


def posts_of(session: Session, *, meeting: Meeting) -> list[tuple[Post, Person]]:
    query = (
        select(MeetingPost.post, Person)
        .join(Person, col(Person.id) == col(MeetingPost.person_id))
        .where(MeetingPost.meeting_id == meeting.id)
        .order_by(col(MeetingPost.post), col(Person.name))
    )
    return [(Post(post), person) for post, person in session.exec(query)]


def invited(session: Session, *, meeting: Meeting) -> list[tuple[MeetingInvitation, Person]]:
    """Everybody who is asked to come, by name."""
    query = (
        select(MeetingInvitation, Person)
        .join(Person, col(Person.id) == col(MeetingInvitation.person_id))
        .where(
            MeetingInvitation.meeting_id == meeting.id, col(MeetingInvitation.withdrawn).is_(False)
        )
        .order_by(sa.literal_column("person.name_key"), col(Person.id))
    )
    return [(row, person) for row, person in session.exec(query)]


def series(session: Session) -> list[MeetingSeries]:
    return list(session.exec(select(MeetingSeries).order_by(col(MeetingSeries.title))))


def meetings_of(session: Session, *, series_id: UUID, actor: Actor) -> list[Meeting]:
    """Those of a series that somebody may see."""
    query = select(Meeting).where(Meeting.series_id == series_id, is_seen_by(actor))
    return list(session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))))


def next_of(session: Session, *, meeting: Meeting) -> Meeting | None:
    """The meeting that follows in the series: the first that has not begun. After a body's meeting
    comes one of the same body, and after others none of a body.
    """
    if meeting.series_id is None:
        return None
    waiting = (MeetingState.UNDATED, MeetingState.SCHEDULED, MeetingState.INVITED,
               MeetingState.POSTPONED)  # fmt: skip
    query = (
        select(Meeting)
        .where(Meeting.series_id == meeting.series_id, Meeting.id != meeting.id)
        .where(col(Meeting.body_id).is_not_distinct_from(meeting.body_id))
        .where(col(Meeting.state).in_(waiting))
        .order_by(col(Meeting.starts_at).is_(None), col(Meeting.starts_at), col(Meeting.id))
    )
    return session.exec(query).first()


def concerns(person_id: UUID, *, acting_in: UUID | sa.True_ | None) -> sa.ColumnElement[bool]:
    """Whether a meeting gives somebody a post, is of a body whose secretary they are, or asks them
    to come: as an employee, or as who represents in the body in which they are now `acting_in`
    (True: in any).
    """
    row = MeetingInvitation
    as_whom = (
        acting_in
        if isinstance(acting_in, sa.True_)
        else sa.or_(col(row.body_id).is_(None), col(row.body_id) == acting_in)
    )
    asked = sa.select(col(row.meeting_id)).where(
        col(row.person_id) == person_id, col(row.withdrawn).is_(False), as_whom
    )
    posts = sa.select(col(MeetingPost.meeting_id)).where(col(MeetingPost.person_id) == person_id)
    negotiates = sa.select(col(RoleGrant.person_id)).where(
        col(RoleGrant.person_id) == person_id, col(RoleGrant.role) == Role.NEGOTIATOR
    )
    has_left = sa.and_(  # a body's meeting that they wrote, see `people_of`
        col(Meeting.body_id).is_not(None),
        col(Meeting.author_id) == person_id,
        ~negotiates.exists(),
    )
    own_bodies = sa.select(col(UnionBody.id)).where(col(UnionBody.secretary_id) == person_id)
    return sa.or_(
        col(Meeting.id).in_(asked),
        sa.and_(col(Meeting.id).in_(posts), ~has_left),
        col(Meeting.body_id).in_(own_bodies),
    )


def is_seen_by(actor: Actor) -> sa.ColumnElement[bool]:
    """The meetings that somebody may see: for secretaries all but those with unions, which are
    seen by the employer's negotiators, the body's secretary, and who is asked or has a post.
    """
    assert actor.person_id is not None
    seen = [concerns(actor.person_id, acting_in=actor.acting_in)]
    if may(actor, "meeting.run"):
        seen.append(col(Meeting.body_id).is_(None))
    if may(actor, "body.keep"):
        seen.append(col(Meeting.body_id).is_not(None))
    return sa.or_(*seen)


def not_now(session: Session, *, actor: Actor) -> frozenset[UUID]:
    """Meetings to which somebody is asked as who represents a union, where they do not act now."""
    row = MeetingInvitation
    query = select(row.meeting_id).where(
        row.person_id == actor.person_id,
        col(row.body_id).is_not(None),
        col(row.body_id).is_distinct_from(actor.acting_in),
    )
    return frozenset(session.exec(query))


def private_for(
    session: Session, *, person_id: UUID, meetings: Collection[Meeting]
) -> frozenset[UUID]:
    """Those of the meetings whose names tell others that somebody represents a union."""
    asked = session.exec(
        select(MeetingInvitation.meeting_id).where(
            MeetingInvitation.person_id == person_id, col(MeetingInvitation.body_id).is_not(None)
        )
    )
    return frozenset([*asked, *(each.id for each in meetings if each.body_id is not None)])
