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
from dialog.people.models import Person
from dialog.people.permissions import People

PAGE: Final = 20


@dataclass(frozen=True)
class Page:
    meetings: list[Meeting]
    page: int
    last: int


def page_of_meetings(
    session: Session, *, states: Collection[MeetingState], page: int, of: UUID | None
) -> Page:
    """Meetings in some states, those without a date first and then by date; `of` somebody: that
    they are asked to come to or have a post in.
    """
    query = sa.select(Meeting).where(col(Meeting.state).in_(states))
    if of is not None:
        query = query.where(concerns(of))
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
        .where(concerns(person_id), col(Meeting.starts_at).is_not(None))
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
    query = select(MeetingInvitation.person_id).where(
        MeetingInvitation.meeting_id == meeting.id, col(MeetingInvitation.withdrawn).is_(False)
    )
    if among is not None:
        query = query.where(MeetingInvitation.person_id == among)
    asked = session.exec(query).all()
    return People(frozenset([*posts, meeting.author_id]), frozenset(asked))


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


def meetings_of(session: Session, *, series_id: UUID) -> list[Meeting]:
    query = select(Meeting).where(Meeting.series_id == series_id)
    return list(session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))))


def next_of(session: Session, *, meeting: Meeting) -> Meeting | None:
    """The meeting that follows in the series: the first that has not begun."""
    if meeting.series_id is None:
        return None
    waiting = (MeetingState.UNDATED, MeetingState.SCHEDULED, MeetingState.INVITED,
               MeetingState.POSTPONED)  # fmt: skip
    query = (
        select(Meeting)
        .where(Meeting.series_id == meeting.series_id, Meeting.id != meeting.id)
        .where(col(Meeting.state).in_(waiting))
        .order_by(col(Meeting.starts_at).is_(None), col(Meeting.starts_at), col(Meeting.id))
    )
    return session.exec(query).first()


def concerns(person_id: UUID) -> sa.ColumnElement[bool]:
    """Whether a meeting asks somebody to come, or gives them a post."""
    asked = sa.select(col(MeetingInvitation.meeting_id)).where(
        col(MeetingInvitation.person_id) == person_id, col(MeetingInvitation.withdrawn).is_(False)
    )
    posts = sa.select(col(MeetingPost.meeting_id)).where(col(MeetingPost.person_id) == person_id)
    return sa.or_(col(Meeting.id).in_(asked), col(Meeting.id).in_(posts))
