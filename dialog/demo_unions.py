"""The demo's unions: three, RS MBL where they meet the employer, who represents them, a meeting."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import Session, col, select

from dialog.meetings import agenda, planning, telling
from dialog.meetings.agenda import Line
from dialog.meetings.models import ItemKind
from dialog.meetings.planning import Plan
from dialog.organisation.audiences import Audience
from dialog.organisation.models import Unit
from dialog.simulate.rounds import Stage
from dialog.storage.clock import STOCKHOLM, today
from dialog.unions import keeping, mandating
from dialog.unions.keeping import Body
from dialog.unions.mandating import Notice
from dialog.unions.models import BodyKind, UnionBody

BODY: Final = "RS MBL"
UNIONS: Final = (  # invented; name, what it is called for short
    ("Vårdljungs fackförbund", "Vårdljung"),
    ("Läkarringen Björk", "Björk"),
    ("Tjänstemannalaget Asp", "Asp"),
)
FIRST_DAY: Final = timedelta(days=200)


def represent_all(stage: Stage, *, secretary: str, representatives: Sequence[str]) -> None:
    """Once: each of the representatives (addresses) for one of the unions, and their meeting."""
    with stage.session() as session:
        if session.exec(select(UnionBody).where(UnionBody.name == BODY)).first() is not None:
            return
        region = session.exec(select(Unit).where(col(Unit.depth) == 0)).one()
        said = Body(BODY, BodyKind.CENTRAL, region.id, secretary, 24, "Beslut RS 2026-00031")
        body = keeping.save_body(session, body=None, said=said)
        for (name, short), person in zip(UNIONS, representatives, strict=True):
            union = keeping.save_organisation(
                session, organisation=None, name=name, short_name=short
            )
            since = today() - FIRST_DAY
            notice = Notice(person, union.id, region.id, starts_on=since, notified_on=since)
            mandating.record(session, body=body, notice=notice, by=body.secretary_id)
        _meeting(session, body, by=body.secretary_id)
        session.commit()


def _meeting(session: Session, body: UnionBody, *, by: UUID) -> None:
    starts = datetime.combine(today() + timedelta(days=14), time(9), STOCKHOLM)
    plan = Plan(
        title="RS MBL om införandet",
        about="Vi går igenom vad som har hänt sedan införandet stoppades.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        place="Sessionssalen",
    )
    meeting = planning.create(session, by=by, plan=plan, body_id=body.id)
    line = Line("Föregående protokoll", ItemKind.INFORMATION, minutes=10)
    agenda.add(session, meeting=meeting, line=line, by=by)
    planning.choose_audience(session, meeting=meeting, audience=Audience(), bodies=[body.id])
    telling.invite(session, meeting=meeting, by=by)
