"""Reads of what is asked after meetings: which plan counts, and what was made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.followups.models import FollowUp, MeetingFollowUp, PlanState
from dialog.meetings import queries as meetings_queries
from dialog.meetings.models import (
    Meeting,
    MeetingFormat,
    MeetingInvitation,
    MeetingPost,
    MeetingState,
)
from dialog.meetings.models import MeetingSeries as Series
from dialog.people.permissions import People
from dialog.results.models import Release
from dialog.results.queries import is_current
from dialog.surveys.models import Round

HELD: Final = (MeetingState.ENDED, MeetingState.DOCUMENTED, MeetingState.CLOSED)
BEGUN: Final = (MeetingState.LIVE, *HELD)


@dataclass(frozen=True)
class Asked:
    """What was made for a meeting: its row, its round, and the release as it stands."""

    row: MeetingFollowUp
    round_: Round
    release: Release | None


def plan_for(session: Session, *, meeting: Meeting) -> FollowUp | None:
    """The approved plan that a meeting's round is made from: its series' own, else the one for all
    that have none.
    """
    wanted: list[UUID | None] = [meeting.series_id, None] if meeting.series_id else [None]
    for series_id in wanted:
        query = select(FollowUp).where(
            col(FollowUp.series_id) == series_id, FollowUp.state == PlanState.APPROVED
        )
        found = session.exec(query.order_by(col(FollowUp.approved_at).desc())).first()
        if found is not None:
            return found
    return None


def plans(session: Session) -> list[tuple[FollowUp, str]]:
    """Every plan that has not ended, with its series (empty: all others); those in force first."""
    order = sa.case({PlanState.REVIEW: 0, PlanState.APPROVED: 1}, value=FollowUp.state, else_=2)
    query = (
        select(FollowUp, Series.title)
        .join(Series, col(Series.id) == col(FollowUp.series_id), isouter=True)
        .where(FollowUp.state != PlanState.ENDED)
        .order_by(order, col(Series.title), col(FollowUp.id))
    )
    return [(plan, title or "") for plan, title in session.exec(query)]


def waiting(session: Session) -> list[tuple[FollowUp, str]]:
    """Plans that wait for an approver, with their series (empty: all others)."""
    query = (
        select(FollowUp, Series.title)
        .join(Series, col(Series.id) == col(FollowUp.series_id), isouter=True)
        .where(FollowUp.state == PlanState.REVIEW)
        .order_by(col(Series.title), col(FollowUp.id))
    )
    return [(plan, title or "") for plan, title in session.exec(query)]


def asked_after(session: Session, *, meetings: Collection[UUID]) -> Mapping[UUID, Asked]:
    """What was made for each of these meetings, where anything was."""
    query = (
        select(MeetingFollowUp, Round, Release)
        .join(Round, col(Round.id) == col(MeetingFollowUp.round_id))
        .join(Release, sa.and_(col(Release.round_id) == col(Round.id), is_current()), isouter=True)
        .where(col(MeetingFollowUp.meeting_id).in_(meetings))
    )
    return {row.meeting_id: Asked(row, round_, made) for row, round_, made in session.exec(query)}


def meetings_of_series(session: Session, *, series_id: UUID) -> Sequence[Meeting]:
    """Those that are under way or over, in the order in which they were held."""
    return _held(session, col(Meeting.series_id) == series_id)


def meetings_of_form(session: Session, *, family: UUID) -> Sequence[Meeting]:
    """The same, of those that had any version of a form."""
    versions = sa.select(col(MeetingFormat.id)).where(col(MeetingFormat.family) == family)
    return _held(session, col(Meeting.format_id).in_(versions))


def versions_of(session: Session, *, family: UUID) -> Mapping[UUID, int]:
    """The number of each version of a form by its id."""
    query = select(MeetingFormat.id, MeetingFormat.version).where(MeetingFormat.family == family)
    return dict(session.exec(query).all())


def _held(session: Session, of: sa.ColumnElement[bool]) -> Sequence[Meeting]:
    query = select(Meeting).where(of, col(Meeting.state).in_(BEGUN), col(Meeting.body_id).is_(None))
    return session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))).all()


def people_of_meeting(
    session: Session, *, meeting: Meeting, series: Series | None, among: UUID | None
) -> People:
    """The same of one meeting; nobody as who represents a union, for these are not asked."""
    people = meetings_queries.people_of(session, meeting=meeting, among=among)
    seen = people.coming if series is not None and series.shows_after else frozenset()
    return replace(people, coming=seen, representing=frozenset())


def people_of_series(session: Session, *, series: Series, among: UUID) -> People:
    """Whether somebody runs any meeting of the series; or was asked to come to one, where the
    series lets those see.
    """
    of = sa.select(col(Meeting.id)).where(col(Meeting.series_id) == series.id)
    post = select(MeetingPost.person_id).where(
        MeetingPost.person_id == among, col(MeetingPost.meeting_id).in_(of)
    )
    asked = select(MeetingInvitation.person_id).where(
        MeetingInvitation.person_id == among,
        col(MeetingInvitation.meeting_id).in_(of),
        col(MeetingInvitation.withdrawn).is_(False),
        col(MeetingInvitation.body_id).is_(None),
    )
    return People(
        frozenset(session.exec(post.limit(1))),
        frozenset(session.exec(asked.limit(1)) if series.shows_after else ()),
    )
