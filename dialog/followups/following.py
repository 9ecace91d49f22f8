"""What the worker does after meetings: each one's round a step further, when its time has come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.desk import Desk
from dialog.followups import making, queries
from dialog.followups.models import FollowUp, MeetingFollowUp, Outcome
from dialog.followups.queries import BEGUN, HELD
from dialog.meetings import steps as meeting_steps
from dialog.meetings.models import Meeting, MeetingState
from dialog.meetings.states import Action
from dialog.results.publishing import making as results
from dialog.storage.clock import now
from dialog.surveys.models import Round, RoundState
from dialog.surveys.rounds import key_holders, publishing, reconciling

DATED: Final = (MeetingState.SCHEDULED, MeetingState.INVITED, MeetingState.LIVE)
MOVING: Final = (RoundState.DRAFT, RoundState.APPROVED, RoundState.OPENED)
LONGEST: Final = 500  # of why a round was called off
WITHIN: Final = timedelta(days=7)  # after the meeting; later nobody remembers it


def follow_due(desk: Desk) -> None:
    """Look at every meeting that has something to be done. Each is a transaction of its own, and
    what was done already is not done again.
    """
    with desk.reading() as session:
        new = session.exec(
            select(Meeting.id)
            .join(MeetingFollowUp, col(MeetingFollowUp.meeting_id) == col(Meeting.id), isouter=True)
            .where(
                Meeting.asks_after,
                col(Meeting.state).in_(DATED),
                col(MeetingFollowUp.meeting_id).is_(None),
            )
        ).all()
        moving = session.exec(
            select(MeetingFollowUp.meeting_id)
            .join(Round, col(Round.id) == col(MeetingFollowUp.round_id))
            .where(col(Round.state).in_(MOVING))
        ).all()
    for meeting_id in new:
        _try(desk, meeting_id, _begin)
    for meeting_id in moving:
        _try(desk, meeting_id, _go_on)


Work = Callable[[Session, Meeting, Desk], None]


def _try(desk: Desk, meeting_id: UUID, work: Work) -> None:
    """Do it while nobody else changes the meeting; what hinders it is kept, for its pages."""
    with desk.writing() as session:
        meeting = session.get_one(Meeting, meeting_id)
        meeting_steps.hold(session, meeting=meeting)
        try:
            work(session, meeting, desk)
        except RefusedError as refused:
            session.rollback()
            _note(session, meeting_id, refused.sentence)
        session.commit()


def _note(session: Session, meeting_id: UUID, sentence: str) -> None:
    row = session.get(MeetingFollowUp, meeting_id)
    if row is not None and row.problem != sentence:
        row.problem = sentence
        session.add(row)


def _begin(session: Session, meeting: Meeting, _desk: Desk) -> None:
    """Make the draft of a meeting that has a day, where there is an approved plan."""
    plan = queries.plan_for(session, meeting=meeting)
    known = session.get(MeetingFollowUp, meeting.id)
    if plan is not None and known is None and meeting.state in DATED and meeting.asks_after:
        making.make(session, meeting=meeting, plan=plan)


def _go_on(session: Session, meeting: Meeting, desk: Desk) -> None:
    row = session.get_one(MeetingFollowUp, meeting.id)
    round_ = session.get_one(Round, row.round_id)
    if round_.state is RoundState.OPENED:
        _publish(session, row, round_)
        return
    if round_.state is RoundState.DRAFT and not _is_wanted(session, meeting, row):
        _drop(session, row, round_, desk)
        return
    if round_.state is RoundState.DRAFT and meeting.state in BEGUN:
        _approve(session, meeting, row, round_, desk)
    if round_.state is RoundState.APPROVED and meeting.state in HELD:
        if round_.closes_at is None or round_.closes_at <= now():
            _give_up(session, row, round_, Outcome.LATE, desk)
            return
        if _is_late(session, meeting):
            _abandon(session, row, round_, desk)
            return
        making.open_(session, meeting=meeting, round_=round_, settings=desk.settings)
        row.problem = ""
        session.add(row)


def _is_wanted(session: Session, meeting: Meeting, row: MeetingFollowUp) -> bool:
    """Whether the draft is still what would be made for the meeting. Once it has begun, the plan
    that was approved when it did is what counts.
    """
    if meeting.state in BEGUN:
        return True
    if not meeting.asks_after or meeting.state is MeetingState.CANCELLED:
        return False
    plan = queries.plan_for(session, meeting=meeting)
    return plan is not None and plan.id == row.followup_id


def _approve(
    session: Session, meeting: Meeting, row: MeetingFollowUp, round_: Round, desk: Desk
) -> None:
    plan = session.get_one(FollowUp, row.followup_id)
    if len(making.people_of(session, meeting=meeting)) < making.fewest(plan):
        _give_up(session, row, round_, Outcome.FEW_ASKED, desk)
        return
    late, unready = _is_late(session, meeting), any(key_holders.unready(session, round_=round_))
    if late and unready:
        _give_up(session, row, round_, Outcome.NO_KEYS, desk)
    elif late:
        _abandon(session, row, round_, desk)
    if late or unready:
        return
    making.approve(session, meeting=meeting, plan=plan, round_=round_, settings=desk.settings)
    row.problem = ""
    session.add(row)


def _is_late(session: Session, meeting: Meeting) -> bool:
    ended = meeting_steps.last_time(session, meeting=meeting, action=Action.END)
    return ended is not None and ended + WITHIN < now()


def _publish(session: Session, row: MeetingFollowUp, round_: Round) -> None:
    """Have the result made, as the plan says; what has got stuck is for people to look at."""
    if publishing.progress(session, round_id=round_.id) is None:
        plan = session.get_one(FollowUp, row.followup_id)
        results.ask(session, round_=round_, by=plan.author_id)


def _give_up(
    session: Session, row: MeetingFollowUp, round_: Round, outcome: Outcome, desk: Desk
) -> None:
    row.outcome, row.problem = outcome, ""
    session.add(row)
    _cancel(session, round_, desk, _REASONS[outcome]())


def _abandon(session: Session, row: MeetingFollowUp, round_: Round, desk: Desk) -> None:
    """Stop trying: the round says what hindered it to the end."""
    why = _("Frågorna kunde inte ställas inom en vecka efter mötet.")
    reason, row.problem = f"{why} {row.problem}".strip()[:LONGEST], ""
    session.add(row)
    _cancel(session, round_, desk, reason)


def _drop(session: Session, row: MeetingFollowUp, round_: Round, desk: Desk) -> None:
    """Forget a draft that is not wanted: should it be wanted again, another is made."""
    session.delete(row)
    session.flush()
    _cancel(session, round_, desk, _("Mötet eller planen har ändrats."))


def _cancel(session: Session, round_: Round, desk: Desk, reason: str) -> None:
    reconciling.cancel(session, round_=round_, by=None, reason=reason, settings=desk.settings)


_REASONS: Final[dict[Outcome, Callable[[], str]]] = {
    Outcome.FEW_ASKED: lambda: str(_("För få var kallade till mötet.")),
    Outcome.NO_KEYS: lambda: str(_("Nycklarna var inte klara en vecka efter mötet.")),
    Outcome.LATE: lambda: str(_("Mötet avslutades när svarstiden redan hade gått ut.")),
}
