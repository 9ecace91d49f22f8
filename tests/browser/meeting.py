"""A meeting with an agenda, a proposed item, a form and people who are invited."""

from datetime import timedelta
from uuid import UUID

from sqlmodel import Session

from dialog.meetings import agenda, formats, telling
from dialog.meetings import planning as meeting_planning
from dialog.meetings.models import ItemKind, MeetingSeries
from dialog.organisation.audiences import Audience
from dialog.people.models import Person
from dialog.storage.clock import now


def plan_meeting(
    db: Session, *, secretary: Person, proposer: Person
) -> tuple[UUID, UUID, UUID, UUID]:
    """Gives the ids of the meeting, of its first item, of its series and of its form."""
    series = MeetingSeries(
        title="Ledningen möter Närhälsan", purpose="Att höra.", author_id=secretary.id
    )
    db.add(series)
    db.flush()
    starts = now() + timedelta(days=9)
    plan = meeting_planning.Plan(
        title="Dialogmöte om vårens arbete",
        about="Vi pratar om det som har varit svårt.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Aulan, Regionens hus",
        video_link="https://video.example.org/mote",
        capacity=40,
        guests=True,
        series_id=series.id,
    )
    made = meeting_planning.create(db, by=secretary.id, plan=plan)
    line = agenda.Line("Läget i verksamheten", minutes=20, responsible="Ordföranden")
    item = agenda.add(db, meeting=made, line=line, by=secretary.id)
    agenda.add(
        db,
        meeting=made,
        line=agenda.Line("Frågor till ledningen", ItemKind.DIALOGUE, minutes=60),
        by=secretary.id,
    )
    kept = formats.keep(
        db,
        meeting=made,
        by=secretary.id,
        title="Öppen dialog",
        follow_up="Svar inom en vecka",
    )
    wished = agenda.Line("Schemat", ItemKind.OTHER)
    agenda.add(db, meeting=made, line=wished, by=proposer.id, proposed=True)
    meeting_planning.choose_audience(db, meeting=made, audience=Audience(("E111", "E121")))
    telling.invite(db, meeting=made, by=secretary.id)
    db.commit()
    return made.id, item.id, series.id, kept.id
