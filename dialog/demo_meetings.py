"""The demo's meetings: a series with one that is invited to and one without a date."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session, select

from dialog.meetings import agenda, formats, planning, telling
from dialog.meetings.agenda import Line
from dialog.meetings.models import ItemKind, Meeting, MeetingSeries
from dialog.meetings.planning import Plan
from dialog.organisation.audiences import Audience
from dialog.organisation.queries import posts_of
from dialog.simulate.rounds import Stage
from dialog.storage.clock import STOCKHOLM, today

SERIES: Final = "Ledningen möter medarbetarna"
LINES: Final = (
    Line("Läget efter införandet", minutes=15, responsible="Regiondirektören"),
    Line(
        "Vad gör det svårt att säga ifrån?",
        ItemKind.DIALOGUE,
        "Först i par, sedan alla tillsammans.",
        45,
        "Mötesledaren",
    ),
    Line("Frågor till ledningen", ItemKind.DIALOGUE, minutes=30),
    Line("Vad vi lovar varandra", ItemKind.DECISION, minutes=15, responsible="Ordföranden"),
)


def plan_meetings(stage: Stage, *, secretary: UUID, employee: UUID) -> None:
    """Plan them once, and invite those of the employee's unit."""
    with stage.session() as session:
        known = session.exec(select(MeetingSeries).where(MeetingSeries.title == SERIES)).first()
        if known is not None:
            return
        series = MeetingSeries(
            title=SERIES,
            purpose="Att ledningen hör direkt vad som hände när journalsystemet infördes.",
            author_id=secretary,
        )
        session.add(series)
        session.flush()
        meeting = _invited_to(session, series, secretary=secretary, employee=employee)
        plan = Plan(title="Uppföljning, dag bestäms senare", series_id=series.id)
        kept = formats.latest(session)[0]
        planning.create(session, by=secretary, plan=plan, format_=kept)
        session.add(meeting)
        session.commit()


def _invited_to(
    session: Session, series: MeetingSeries, *, secretary: UUID, employee: UUID
) -> Meeting:
    starts = datetime.combine(today() + timedelta(days=9), time(13), STOCKHOLM)
    plan = Plan(
        title="Dialogmöte om hur det går att säga ifrån",
        about="Vi pratar om vad som gör det lätt och svårt att säga vad man tycker.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Stora salen",
        video_link="https://video.example.org/dialogmote",
        capacity=60,
        series_id=series.id,
    )
    meeting = planning.create(session, by=secretary, plan=plan)
    for line in LINES:
        agenda.add(session, meeting=meeting, line=line, by=secretary)
    formats.keep(
        session,
        meeting=meeting,
        by=secretary,
        title="Öppen dialog",
        description="När ledningen ska lyssna.",
        follow_up="Frågorna besvaras skriftligt inom en vecka.",
    )
    units = tuple(unit.code for unit, _level in posts_of(session, person_id=employee))
    planning.choose_audience(session, meeting=meeting, audience=Audience(units=units))
    telling.invite(session, meeting=meeting, by=secretary)
    return meeting
