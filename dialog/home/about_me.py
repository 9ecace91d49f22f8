"""Everything that the staff application holds about one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core.levels import Level
from dialog.documents import queries as documents
from dialog.followups.models import FollowUp, FollowUpHolder, FollowUpStep
from dialog.meetings.floor.models import MeetingSpeech
from dialog.meetings.groups.models import MeetingGroupMember
from dialog.meetings.live_models import MeetingPass, MeetingQuestion
from dialog.meetings.models import (
    AgendaItem,
    Answer,
    CalendarFeed,
    Meeting,
    MeetingFormat,
    MeetingInvitation,
    MeetingPost,
    MeetingSeries,
    MeetingStep,
)
from dialog.minutes.queries import attests, traces
from dialog.negotiations.models import (
    MblAcknowledgement,
    MblReservation,
    MblSending,
    MblStep,
)
from dialog.organisation.models import RosterDraft, Unit
from dialog.organisation.queries import posts_of
from dialog.people import sessions
from dialog.people.models import Account, Person, RoleGrant, SignIn
from dialog.people.queries import grants_of
from dialog.requests import queries as requests
from dialog.research.models import (
    ApplicationStep,
    DataApplication,
    DataFetch,
    DataReader,
    RoundData,
)
from dialog.results.models import Correction
from dialog.retention import queries as retention
from dialog.reviewing.models import TextDecision
from dialog.submissions import queries as submissions
from dialog.surveys.key_models import CeremonyStep, Trustee
from dialog.surveys.models import Invitation, Round, RoundStep, Survey
from dialog.surveys.programme_models import Programme, ProgrammePerson, ReviewPerson
from dialog.unions import queries as unions
from dialog.unions.models import MandateStep


@dataclass(frozen=True)
class Invited:
    """One invitation: to what, as whom, and whether an answer was sent."""

    title: str
    unit: str
    level: str
    answered: bool
    mail_problem: bool
    kept_until: date | None


@dataclass(frozen=True)
class HeldKey:
    """A place as a trustee, or as a deputy, in a round."""

    title: str
    function: str
    is_deputy: bool


@dataclass(frozen=True)
class AskedTo:
    """A meeting that one is or was asked to come to, and what one answered."""

    title: str
    answer: Answer
    needs: bool
    came: bool


@dataclass(frozen=True)
class AboutMe:
    person: Person
    has_password: bool
    link_until: datetime | None
    posts: Sequence[tuple[Unit, Level]]
    grants: Sequence[tuple[RoleGrant, str | None]]
    granted: int  # roles that this person gave to others
    sessions: Sequence[SignIn]
    invitations: Sequence[Invited]
    surveys: int  # written
    rounds: int  # planned
    drafts: int  # imports of the organisation, previewed and not confirmed
    steps: int  # decisions about rounds: who, when and why
    corrections: int  # of results, proposed or decided on
    reviews: int  # decisions about free texts, as long as the originals are kept
    keys: Sequence[HeldKey]
    programmes: Sequence[str]  # reviews that name one as the university's
    review_rounds: Sequence[str]  # rounds of one, as they were approved
    named_for: int  # people whom one named for a university, and reviews that one made
    prepared: int  # rounds made ready for researchers
    applications: Sequence[str]  # titles of those one made
    named: Sequence[str]  # and of those that name one as a reader, by one's address
    application_steps: int  # what one did with applications: who, when and why
    fetches: int  # packages fetched
    openings: int  # steps taken at the opening of a round, as trustee or deputy
    meetings: Sequence[AskedTo]
    posts_in_meetings: Sequence[str]  # titles of meetings that one runs
    proposed_items: int  # of agendas
    has_feed: bool  # a secret address of one's calendar
    attests: Sequence[tuple[str, bool]]  # minutes that one is to attest, and whether one has
    minutes: int  # what one did with minutes
    letters: int  # to the authority: written by name, handled, steps with them, and batches
    requests: int  # others', to read documents: handled, and steps taken with them
    disposals: int  # decisions of retention recorded, lists made, confirmed or withdrawn
    documents: int  # versions handed in, and documents taken away
    questions: int  # put to meetings by name
    passes: int  # to vote with in meetings; how one voted is not known
    speeches: int  # on speakers' lists of meetings
    groups: int  # that one is in, in meetings that go on
    in_hand: int  # questions that one has in hand as a moderator
    mandates: Sequence[unions.Held]  # one's own
    secretary_of: Sequence[str]  # bodies of unions and the employer
    negotiations: int  # steps taken for the employer, and what one sent
    acknowledged: int  # documents under a reservation that one has read
    mandate_steps: int  # what one did with mandates, others' and one's own
    planned_meetings: int  # meetings, series and forms that one has made, and steps one took
    followups: int  # what one did with plans for questions after meetings
    holds_after: int  # places in such plans, for keys that rounds to come will have


def about(session: Session, *, person: Person) -> AboutMe:
    """Ask every table that has a column for a person."""
    account = session.get(Account, person.id)
    return AboutMe(
        person=person,
        has_password=bool(account and account.password_hash),
        link_until=account.link_expires if account else None,
        posts=posts_of(session, person_id=person.id),
        grants=grants_of(session, person_id=person.id),
        granted=_count(session, col(RoleGrant.granted_by) == person.id),
        sessions=sessions.of_person(session, person_id=person.id),
        invitations=_invitations(session, person.id),
        surveys=_count(session, col(Survey.author_id) == person.id),
        rounds=_count(session, col(Round.author_id) == person.id),
        drafts=_count(session, col(RosterDraft.person_id) == person.id),
        steps=_count(session, col(RoundStep.person_id) == person.id),
        corrections=_count(
            session,
            sa.or_(
                col(Correction.author_id) == person.id, col(Correction.decided_by_id) == person.id
            ),
        ),
        reviews=_count(session, col(TextDecision.decided_by) == person.id),
        keys=_keys(session, person.id),
        programmes=session.exec(
            select(Programme.name)
            .join(ProgrammePerson, col(ProgrammePerson.programme_id) == col(Programme.id))
            .where(ProgrammePerson.person_id == person.id)
            .order_by(col(Programme.name))
        ).all(),
        review_rounds=session.exec(
            select(Round.title)
            .join(ReviewPerson, col(ReviewPerson.round_id) == col(Round.id))
            .where(ReviewPerson.person_id == person.id)
            .order_by(col(Round.title))
        ).all(),
        named_for=_count(session, col(ProgrammePerson.added_by) == person.id)
        + _count(session, col(Programme.author_id) == person.id),
        prepared=_count(session, col(RoundData.author_id) == person.id),
        applications=_titles(session, col(DataApplication.author_id) == person.id),
        named=_titles(
            session,
            col(DataApplication.id).in_(
                sa.select(col(DataReader.application_id)).where(
                    col(DataReader.email) == person.email
                )
            ),
            # A draft is its author's alone, and may name whom it likes.
            col(DataApplication.number) != "",
        ),
        application_steps=_count(session, col(ApplicationStep.person_id) == person.id),
        fetches=_count(session, col(DataFetch.person_id) == person.id),
        openings=_count(session, col(CeremonyStep.person_id) == person.id),
        meetings=_asked_to(session, person.id),
        posts_in_meetings=session.exec(
            select(Meeting.title)
            .join(MeetingPost, col(MeetingPost.meeting_id) == col(Meeting.id))
            .where(MeetingPost.person_id == person.id)
            .distinct()
            .order_by(col(Meeting.title))
        ).all(),
        proposed_items=_count(session, col(AgendaItem.proposer_id) == person.id),
        has_feed=session.get(CalendarFeed, person.id) is not None,
        attests=attests(session, person_id=person.id),
        minutes=traces(session, person_id=person.id),
        letters=submissions.traces(session, person_id=person.id),
        requests=requests.traces(session, person_id=person.id),
        disposals=retention.traces(session, person_id=person.id),
        documents=documents.traces(session, person_id=person.id),
        questions=_count(session, col(MeetingQuestion.asker_id) == person.id),
        passes=_count(session, col(MeetingPass.person_id) == person.id),
        speeches=_count(session, col(MeetingSpeech.person_id) == person.id),
        groups=_count(session, col(MeetingGroupMember.person_id) == person.id),
        in_hand=_count(session, col(MeetingQuestion.claimed_by) == person.id),
        mandates=unions.of_person(session, person_id=person.id),
        secretary_of=[
            each.name for each in unions.kept_by(session, person_id=person.id, all_=False)
        ],
        negotiations=sum(
            _count(session, column == person.id)
            for column in (
                col(MblStep.person_id),
                col(MblSending.person_id),
                col(MblReservation.person_id),
            )
        ),
        acknowledged=_count(session, col(MblAcknowledgement.person_id) == person.id),
        mandate_steps=_count(session, col(MandateStep.by_id) == person.id),
        planned_meetings=sum(
            _count(session, column == person.id)
            for column in (
                col(Meeting.author_id),
                col(MeetingSeries.author_id),
                col(MeetingFormat.author_id),
                col(MeetingStep.person_id),
            )
        ),
        followups=sum(
            _count(session, column == person.id)
            for column in (
                col(FollowUp.author_id),
                col(FollowUp.approver_id),
                col(FollowUpStep.person_id),
            )
        ),
        holds_after=_count(
            session,
            sa.or_(
                col(FollowUpHolder.person_id) == person.id,
                col(FollowUpHolder.deputy_id) == person.id,
            ),
        ),
    )


def _asked_to(session: Session, person_id: UUID) -> list[AskedTo]:
    query = (
        select(MeetingInvitation, Meeting.title)
        .join(Meeting, col(Meeting.id) == col(MeetingInvitation.meeting_id))
        .where(MeetingInvitation.person_id == person_id)
        .order_by(col(Meeting.title), col(Meeting.id))
    )
    return [
        AskedTo(title, row.answer, bool(row.needs or row.needs_words), row.came_at is not None)
        for row, title in session.exec(query)
    ]


def _count(session: Session, condition: sa.ColumnElement[bool]) -> int:
    return session.exec(select(sa.func.count()).where(condition)).one()


def _titles(session: Session, *where: sa.ColumnElement[bool]) -> list[str]:
    query = select(DataApplication.title).where(*where).order_by(col(DataApplication.title))
    return list(session.exec(query))


def _keys(session: Session, person_id: UUID) -> list[HeldKey]:
    rows = session.connection().execute(
        sa.select(col(Round.title), col(Trustee.function), col(Trustee.deputy_id) == person_id)
        .join(Round, col(Round.id) == col(Trustee.round_id))
        .where(sa.or_(col(Trustee.person_id) == person_id, col(Trustee.deputy_id) == person_id))
        .order_by(col(Round.title))
    )
    return [HeldKey(title, function, bool(deputy)) for title, function, deputy in rows]


def _invitations(session: Session, person_id: UUID) -> list[Invited]:
    rows = session.connection().execute(
        sa.select(
            col(Round.title),
            col(Unit.name),
            col(Invitation.level),
            col(Invitation.issued),
            col(Invitation.mail_problem) != "",
            col(Round.keep_list_until),
        )
        .join(Round, col(Round.id) == col(Invitation.round_id))
        .join(Unit, col(Unit.id) == col(Invitation.unit_id))
        .where(col(Invitation.person_id) == person_id)
        .order_by(col(Round.closes_at).desc(), col(Round.title))
    )
    return [
        Invited(title, unit, level, bool(answered), bool(problem), until)
        for title, unit, level, answered, problem, until in rows
    ]
