"""What time brings: packages expire, masters go with the rows, and researchers are asked what
became of the data.
"""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.desk import Desk
from dialog.research import coded_rounds, letters, master_files, steps
from dialog.research.models import (
    DataApplication,
    DataExport,
    DataFetch,
    DataPackage,
    Outcome,
    RoundData,
    State,
)
from dialog.research.states import HAS_DATA, Action
from dialog.storage.clock import today
from dialog.storage.scrubbing import scrub
from dialog.surveys.models import Round

EVERY: Final = 30  # days between reminders
AT_MOST: Final = 12


def expire_due(desk: Desk) -> None:
    """Remove the packages whose last day has passed."""
    query = select(DataApplication.id).where(
        col(DataApplication.state).in_(HAS_DATA), col(DataApplication.fetch_until) < today()
    )
    with desk.reading() as session:
        due = session.exec(query).all()
    for application_id in due:
        with desk.writing() as session:
            application = session.get_one(DataApplication, application_id)
            steps.hold(session, application=application)
            if application.state in HAS_DATA and _has_passed(application.fetch_until):
                _remove_packages(session, application_id)
                steps.take(session, application=application, action=Action.EXPIRE, by=None)
            session.commit()
    if due:
        scrub(desk.engine, "data_package")


def _has_passed(day: Any) -> bool:
    return day is not None and day < today()


def _remove_packages(session: Session, application_id: UUID) -> None:
    exports = sa.select(col(DataExport.id)).where(col(DataExport.application_id) == application_id)
    session.connection().execute(
        sa.delete(DataPackage).where(col(DataPackage.export_id).in_(exports))
    )


def dispose_masters(desk: Desk) -> None:
    """The master follows the rows it was made of: without units when these are disposed of, empty
    when the rows are.
    """
    query = (
        select(RoundData.round_id)
        .join(Round, col(Round.id) == col(RoundData.round_id))
        .where(
            RoundData.master != b"",
            sa.or_(
                col(Round.keep_rows_until) < today(),
                sa.and_(
                    col(Round.keep_unit_until) < today(),
                    sa.not_(sa.func.coalesce(RoundData.report["without_unit"].as_boolean(), False)),
                ),
            ),
        )
    )
    with desk.reading() as session:
        due = session.exec(query).all()
    for round_id in due:
        with desk.writing() as session:
            data = session.get_one(RoundData, round_id, with_for_update=True)
            _dispose(data, session.get_one(Round, round_id))
            session.add(data)
            session.commit()
    if due:
        scrub(desk.engine, "round_data")


def _dispose(data: RoundData, round_: Round) -> None:
    if _has_passed(round_.keep_rows_until):
        data.master = b""
        data.report = {**data.report, "groups": []}
    elif _has_passed(round_.keep_unit_until) and data.master:
        kept = master_files.without(master_files.unpack(data.master), {coded_rounds.UNIT})
        data.master = master_files.pack(kept)
        place = data.report["quasi"].index(coded_rounds.UNIT)
        groups = [
            [[*words[:place], "", *words[place + 1 :]], n] for words, n in data.report["groups"]
        ]
        data.report = {**data.report, "groups": groups, "without_unit": True}


def ask_for_reports(desk: Desk) -> None:
    """Ask for the report, when the time for using the data is over, and again each month."""
    fetched = sa.select(col(DataExport.application_id)).join(
        DataFetch, col(DataFetch.export_id) == col(DataExport.id)
    )
    query = select(DataApplication).where(
        col(DataApplication.state).in_([State.FETCHED, State.EXPIRED]),
        col(DataApplication.use_until) < today(),
        col(DataApplication.id).in_(fetched),
    )
    with desk.reading() as session:
        due = [
            (each.id, number) for each in session.exec(query) if (number := _number(each)) < AT_MOST
        ]
    for application_id, number in due:
        with desk.writing() as session:
            application = session.get_one(DataApplication, application_id)
            letters.ask_author(
                session, application=application, letter=letters.Letter.REPORT, again=number
            )
            session.commit()


def _number(application: DataApplication) -> int:
    assert application.use_until is not None  # the query asked for it
    return (today() - application.use_until).days // EVERY


def report(
    session: Session, *, application: DataApplication, by: UUID, outcome: Outcome, note: str
) -> None:
    """Say where the data were archived, or by which decision they were disposed of. Whoever could
    still fetch them can no more.
    """
    steps.check(session, application=application, action=Action.REPORT)
    if outcome is Outcome.UNSAID:
        raise RefusedError(_("Välj vad som har hänt med uppgifterna."))
    application.outcome = outcome
    application.outcome_note = steps.reason_wanted(
        note, _("Skriv var uppgifterna är arkiverade, eller enligt vilket beslut de är gallrade.")
    )
    _remove_packages(session, application.id)
    steps.take(
        session,
        application=application,
        action=Action.REPORT,
        by=by,
        reason=application.outcome_note,
    )
