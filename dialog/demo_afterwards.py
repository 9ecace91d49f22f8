"""The demo's questions after meetings: a plan, meetings that were held, and what was answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session, select

from dialog.desk import Desk
from dialog.followups import approving, following
from dialog.followups import planning as plans
from dialog.followups.models import FollowUp, MeetingFollowUp
from dialog.meetings import formats, planning, steps, telling
from dialog.meetings.models import Meeting, MeetingFormat, MeetingSeries, MeetingState
from dialog.meetings.planning import Plan
from dialog.meetings.states import Action
from dialog.organisation import audiences
from dialog.organisation.audiences import Audience
from dialog.organisation.queries import nodes
from dialog.simulate import driving, rounds, trustees
from dialog.simulate.rounds import Stage
from dialog.storage.clock import STOCKHOLM, today
from dialog.surveys.models import Round, RoundState
from dialog.surveys.opening import exchange
from dialog.surveys.rounds.planning import K_DEFAULT

TRUSTEES: Final = 2
MOST_INVITED: Final = 60
OVER: Final = (RoundState.RELEASED, RoundState.UNOPENED)


@dataclass(frozen=True)
class Held:
    """A meeting so many days ago, and how many of those invited answered after it."""

    title: str
    days_ago: int
    answers: int


HELD: Final = (
    Held("Dialogmöte om införandet", 63, 16),
    Held("Dialogmöte om utbildningen", 42, 14),
    Held("Dialogmöte om stödet på kvällar och helger", 28, 7),  # too few: a gap
    Held("Dialogmöte om hur beslut fattas", 14, 18),
)


def ask_after(
    stage: Stage,
    *,
    series: str,
    secretary: UUID,
    approver: UUID,
    say: Callable[[str], None],
    ended: Callable[[], bool],
) -> None:
    """Hold the meetings, let invented people answer over HTTP, and have the answers opened by
    invented trustees. Cut off, it goes on where it was.
    """
    found = _plan(stage, series=series, secretary=secretary, approver=approver)
    desk = Desk(stage.engine, stage.settings)
    places = _units(stage)
    for number, held in enumerate(HELD):
        _hold(stage, desk, held, series_id=found, secretary=secretary,
              unit=places[number % len(places)])  # fmt: skip
    say("  Those invited to four meetings answer three questions …")
    asked = [(held, _round_of(stage, held.title)) for held in HELD]
    for held, round_id in asked:
        if _state(stage, round_id) is RoundState.OPEN:
            _answered(stage, round_id, held)
            rounds.close(stage, round_id=round_id, by=secretary)
    for _held, round_id in asked:
        if _state(stage, round_id) is RoundState.CLOSED:
            _opened(stage, round_id, ended)
    for _held, round_id in asked:
        rounds.wait_for(stage, round_id=round_id, states=OVER, ended=ended)


def _plan(stage: Stage, *, series: str, secretary: UUID, approver: UUID) -> UUID:
    """The approved plan of the series; gives the series."""
    with stage.session() as session:
        of = session.exec(select(MeetingSeries).where(MeetingSeries.title == series)).one()
        of.asks_after = of.shows_after = True
        session.add(of)
        if session.exec(select(FollowUp).where(FollowUp.series_id == of.id)).first() is None:
            plan = plans.create(session, by=secretary, series_id=of.id)
            plans.change(
                session,
                plan=plan,
                by=secretary,
                places=trustees.places(session, number=TRUSTEES),
                sender="Regiondirektören",
                message="Tack för mötet. Svaren hjälper oss att göra nästa bättre.",
                assessment_number="RS 2026-00417",
            )
            plans.submit(session, plan=plan, by=secretary)
            approving.approve(session, plan=plan, by=approver)
        session.commit()
        return of.id


def _units(stage: Stage) -> Sequence[str]:
    """Codes of units that are large enough to be asked, and small enough for a room."""
    with stage.session() as session:
        return [
            node.code
            for node in nodes(session)
            if 2 * K_DEFAULT + 4
            <= audiences.count(session, audience=Audience((node.code,)))
            <= MOST_INVITED
        ]


def _hold(
    stage: Stage, desk: Desk, held: Held, *, series_id: UUID, secretary: UUID, unit: str
) -> None:
    """Plan the meeting, have its keys made, hold it, and let the questions be put."""
    with stage.session() as session:
        known = session.exec(select(Meeting.id).where(Meeting.title == held.title)).first()
        if known is None:
            known = _planned(session, held, series_id=series_id, secretary=secretary, unit=unit)
            session.commit()
    following.follow_due(desk)
    with stage.session() as session:
        meeting = session.get_one(Meeting, known)
        if meeting.state is MeetingState.INVITED:
            row = session.get_one(MeetingFollowUp, meeting.id)
            round_ = session.get_one(Round, row.round_id)
            trustees.make_keys(session, round_=round_, settings=stage.settings)
            for action in (Action.BEGIN, Action.END):
                steps.take(session, meeting=meeting, action=action, by=secretary)
        session.commit()
    following.follow_due(desk)
    with stage.session() as session:
        round_ = session.get_one(Round, session.get_one(MeetingFollowUp, known).round_id)
        if round_.state is RoundState.OPEN:
            exchange.announce(round_, stage.settings)  # else the ballot box hears of it by and by


def _planned(session: Session, held: Held, *, series_id: UUID, secretary: UUID, unit: str) -> UUID:
    day = today() - timedelta(days=held.days_ago)
    starts = datetime.combine(day, time(13), STOCKHOLM)
    plan = Plan(
        title=held.title,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Stora salen",
        series_id=series_id,
        asks_after=True,
    )
    form: MeetingFormat | None = next(iter(formats.latest(session)), None)
    meeting = planning.create(session, by=secretary, plan=plan, format_=form)
    planning.choose_audience(session, meeting=meeting, audience=Audience((unit,)))
    telling.invite(session, meeting=meeting, by=secretary)
    return meeting.id


def _round_of(stage: Stage, title: str) -> UUID:
    with stage.session() as session:
        return session.exec(
            select(MeetingFollowUp.round_id).join(Meeting).where(Meeting.title == title)
        ).one()


def _state(stage: Stage, round_id: UUID) -> RoundState:
    with stage.session() as session:
        return session.get_one(Round, round_id).state


def _answered(stage: Stage, round_id: UUID, held: Held) -> None:
    lacking = max(0, held.answers - rounds.answered(stage, round_id=round_id))
    planned = rounds.visitors(stage, round_id=round_id, responses=lacking, seed=held.days_ago)
    driving.drive(planned, base_url=stage.settings.base_url, round_id=str(round_id))


def _opened(stage: Stage, round_id: UUID, ended: Callable[[], bool]) -> None:
    """Have the trustees open, where enough have answered; the workers do what follows."""
    with stage.session() as session:
        k = session.get_one(Round, round_id).k
    if rounds.answered(stage, round_id=round_id) >= k and not ended():
        for _record in rounds.open_layers(stage, round_id=round_id):
            pass
