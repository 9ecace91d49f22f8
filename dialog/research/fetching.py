"""Fetching a package, by people who are named in the application; each time is noted."""

from uuid import UUID

from sqlmodel import Session, select

from dialog.people.models import Person
from dialog.research import letters, steps
from dialog.research.models import DataApplication, DataExport, DataFetch, DataPackage
from dialog.research.states import HAS_DATA, Action
from dialog.storage.clock import today


def is_reader(session: Session, *, application: DataApplication, person_id: UUID) -> bool:
    """Whether the person is named as one who will see the data. Who made the application is not,
    unless they wrote themselves down.
    """
    email = session.get_one(Person, person_id).email
    readers = letters.readers_of(session, application=application)
    return any(reader.email == email for reader in readers)


def can_be_fetched(application: DataApplication) -> bool:
    until = application.fetch_until
    return application.state in HAS_DATA and until is not None and until >= today()


def fetch(session: Session, *, export: DataExport, by: UUID) -> bytes | None:
    """The package, with a note of who fetched it; None if it is there no more."""
    application = session.get_one(DataApplication, export.application_id)
    steps.hold(session, application=application)
    package = session.exec(select(DataPackage).where(DataPackage.export_id == export.id)).first()
    if package is None or not can_be_fetched(application):
        return None
    session.add(
        DataFetch(
            export_id=export.id,
            person_id=by,
            sha256=export.sha256,
            parameters=export.parameters,
        )
    )
    steps.take(session, application=application, action=Action.FETCH, by=by, reason=export.sha256)
    return package.content
