"""Bounced mail: reports that the mail server left in a folder, put beside whom they concern."""

from pathlib import Path

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from dialog.desk import Desk
from dialog.people.models import Person
from dialog.storage.delivery_reports import Failure, failures
from dialog.surveys.models import Invitation, Round
from dialog.surveys.rounds.states import RUNNING

log = structlog.get_logger()
FOLDER = "bounces"
OTHER = "other"  # where mail that is no report is put, for a person to look at


def read_reports(desk: Desk) -> None:
    """Read every report in the folder. A file is removed when what it says has been committed;
    reading one twice changes nothing.
    """
    folder = desk.settings.mail / FOLDER
    if not folder.is_dir():
        return
    for path in sorted(folder.glob("*.eml")):
        found = failures(path.read_bytes())
        if found is None:
            _put_aside(path)
            continue
        with desk.writing() as session:
            for failure in found:
                note(session, failure=failure)
            session.commit()
        path.unlink(missing_ok=True)


def note(session: Session, *, failure: Failure) -> None:
    """Write that mail does not reach this address, on the person and on invitations in use."""
    person_id = session.exec(select(Person.id).where(Person.email == failure.address)).first()
    if person_id is None:
        return
    connection = session.connection()
    connection.execute(
        sa.update(Person).where(col(Person.id) == person_id).values(mail_problem=failure.status)
    )
    running = select(Round.id).where(col(Round.state).in_(RUNNING))
    connection.execute(
        sa.update(Invitation)
        .where(col(Invitation.person_id) == person_id, col(Invitation.round_id).in_(running))
        .values(mail_problem=failure.status)
    )


def _put_aside(path: Path) -> None:
    log.warning("mail in the folder of bounces is no delivery report")
    aside = path.parent / OTHER
    aside.mkdir(exist_ok=True, mode=0o700)
    path.rename(aside / path.name)
