"""Applying: a draft that is filled in part by part, then handed in and registered."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.review import DataAccess
from dialog.research import entitlement, letters, making, steps
from dialog.research.completeness import missing
from dialog.research.models import (
    ApplicationStep,
    DataApplication,
    DataChoice,
    DataReader,
    Preparing,
    RoundData,
    State,
)
from dialog.research.states import Action
from dialog.storage.clock import now, today
from dialog.surveys.models import Round

FIELDS: Final = frozenset(
    {
        "title",
        "language",
        "principal",
        "signatory",
        "signatory_function",
        "signed_on",
        "purpose",
        "ethics",
        "ethics_number",
        "ethics_on",
        "ethics_reasons",
        "use_until",
        "accepted",
    }
)


def create(
    session: Session, *, author_id: UUID, title: str, rounds: Collection[UUID]
) -> DataApplication:
    """A new draft about these rounds."""
    application = DataApplication(author_id=author_id, title=" ".join(title.split()))
    session.add(application)
    session.flush()
    choose_rounds(session, application=application, rounds=rounds)
    steps.keep(session, application=application, action=steps.CREATE, by=author_id)
    return application


def change(session: Session, *, application: DataApplication, **values: Any) -> None:
    """Write down parts of the draft, by their names in FIELDS."""
    _hold_draft(session, application)
    for name, value in values.items():
        if name not in FIELDS:
            raise KeyError(name)
        setattr(application, name, value)
    session.add(application)
    session.flush()


def choose_rounds(
    session: Session, *, application: DataApplication, rounds: Collection[UUID]
) -> None:
    """The application is about these rounds. What was chosen of a round that stays is kept."""
    _hold_draft(session, application)
    known = {choice.round_id: choice for choice in choices_of(session, application=application)}
    query = (
        select(Round)
        .join(RoundData, col(RoundData.round_id) == col(Round.id))
        .where(col(Round.id).in_(list(rounds)), RoundData.state == Preparing.READY)
    )
    ready = {
        round_.id
        for round_ in session.exec(query)
        if entitlement.is_open_to(session, round_=round_, person_id=application.author_id)
    }
    for round_id in ready - set(known):
        session.add(DataChoice(application_id=application.id, round_id=round_id))
    for round_id in set(known) - ready:
        session.delete(known[round_id])
    session.flush()


def choose_variables(
    session: Session, *, application: DataApplication, round_id: UUID, names: Sequence[str]
) -> None:
    _hold_draft(session, application)
    choice = session.get_one(DataChoice, (application.id, round_id))
    choice.variables = list(names)
    session.add(choice)
    session.flush()


def name_readers(
    session: Session, *, application: DataApplication, people: Mapping[str, str]
) -> None:
    """Who will see the data: name by address, in this order."""
    _hold_draft(session, application)
    session.connection().execute(
        sa.delete(DataReader).where(col(DataReader.application_id) == application.id)
    )
    for place, (email, name) in enumerate(people.items()):
        session.add(DataReader(application_id=application.id, place=place, name=name, email=email))
    session.flush()


def choices_of(session: Session, *, application: DataApplication) -> list[DataChoice]:
    query = select(DataChoice).where(DataChoice.application_id == application.id)
    return list(session.exec(query.order_by(col(DataChoice.round_id))))


def _hold_draft(session: Session, application: DataApplication) -> None:
    steps.hold(session, application=application)
    if application.state is not State.DRAFT:
        raise IllegalTransitionError(_("Bara ett utkast kan ändras."))


def submit(session: Session, *, application: DataApplication, by: UUID) -> None:
    """Hand the application in: it arrives and is registered, and approvers are told. A
    university's of its own review asks nobody: the package is made at once. Raises RefusedError
    with what is missing.
    """
    steps.check(session, application=application, action=Action.SUBMIT)
    lacking = missing(session, application=application, lock=True)
    if lacking:
        raise RefusedError(" ".join(each.sentence for each in lacking))
    if not application.number:  # one that was sent back keeps its number
        application.number, application.arrived_at = _next_number(session), now()
    steps.take(session, application=application, action=Action.SUBMIT, by=by)
    if entitlement.of_application(session, application=application) is DataAccess.FOLLOWS:
        application.approved_at = now()
        steps.take(session, application=application, action=Action.FOLLOW, by=None)
        making.ask(session, application=application)
        return
    letters.ask_approvers(
        session, application=application, since=_times(session, application, Action.SUBMIT)
    )


def _next_number(session: Session) -> str:
    """The next number of the year's series, such as F 2026-7. Two at once get different ones: the
    first holds the row until it has committed.
    """
    year, connection = today().year, session.connection()
    connection.execute(
        sa.text(
            "INSERT INTO application_series (year, last) VALUES (:year, 0)"
            " ON CONFLICT (year) DO NOTHING"
        ),
        {"year": year},
    )
    last = connection.execute(
        sa.text("UPDATE application_series SET last = last + 1 WHERE year = :year RETURNING last"),
        {"year": year},
    ).scalar_one()
    return f"F {year}-{last}"


def _times(session: Session, application: DataApplication, action: Action) -> int:
    query = select(sa.func.count()).where(
        col(ApplicationStep.application_id) == application.id,
        col(ApplicationStep.action) == action.value,
    )
    return session.exec(query).one()


def withdraw(session: Session, *, application: DataApplication, by: UUID, reason: str = "") -> None:
    """The applicant wants it no more. A registered application stays in the register."""
    steps.take(
        session, application=application, action=Action.WITHDRAW, by=by, reason=reason.strip()
    )
