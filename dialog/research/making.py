"""The worker's part: from an approved application to packages that can be fetched.

Everything is written in the transaction that marks the duty as done. Killed at any moment, the
duty's lease runs out and it is done again; the bytes come out the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.desk import Desk, Duty, Finish
from dialog.organisation import queries as organisation
from dialog.research import coded_rounds, letters, master_files, offers, steps
from dialog.research.models import (
    DataApplication,
    DataChoice,
    DataExport,
    DataPackage,
    Preparing,
    RoundData,
    State,
)
from dialog.research.packaging import Order, Packed, day_of, pack
from dialog.research.states import Action
from dialog.research.telling import Telling
from dialog.storage import outbox
from dialog.storage.clock import today
from dialog.surveys.models import Round
from dialog.surveys.rounds.states import Action as RoundAction
from dialog.surveys.rounds.steps import has_happened, last_time

KIND: Final = "research.package"
FETCHABLE: Final = timedelta(days=30)
GONE: Final = "Omgångens svar fanns inte kvar."


@dataclass(frozen=True)
class Part:
    """What one package is made from."""

    round_id: UUID
    order: Order
    report: dict[str, Any]
    master: bytes
    digest: str


def ask(session: Session, *, application: DataApplication) -> None:
    """Have the worker make the packages."""
    outbox.put(
        session,
        kind=KIND,
        key=f"{KIND}:{application.id}",
        payload={"application": str(application.id)},
    )


def make(desk: Desk, duty: Duty) -> Finish | None:
    """Make every package of an application."""
    application_id = UUID(str(duty.payload["application"]))
    with desk.reading() as session:
        application = session.get_one(DataApplication, application_id)
        if application.state is not State.APPROVED:
            return None
        parts = _parts(session, application)
    if any(not part.master for part in parts):
        return _failing(application_id)
    telling = Telling(desk, duty, DataApplication, application_id)
    made = []
    for number, part in enumerate(parts):
        telling.tell(number / len(parts))
        master = master_files.unpack(part.master)
        if set(part.order.variables) - set(master.names):  # the unit was disposed of meanwhile
            return _failing(application_id)
        made.append((part, pack(master, part.report, part.order, digest=part.digest)))
    return _finishing(application_id, made)


def _parts(session: Session, application: DataApplication) -> list[Part]:
    producer = next((node.name for node in organisation.nodes(session, deepest=0)), "Dialog")
    return [
        Part(
            round_.id,
            _order(session, application, round_, choice, producer),
            data.report,
            data.master if data.state is Preparing.READY else b"",
            data.digest,
        )
        for choice, round_, data in offers.chosen(session, application=application)
    ]


def _order(
    session: Session, application: DataApplication, round_: Round, choice: DataChoice, producer: str
) -> Order:
    assert application.approved_at is not None
    collected = None
    if has_happened(session, round_=round_, action=RoundAction.OPEN) and round_.closes_at:
        opened = last_time(session, round_=round_, action=RoundAction.OPEN)
        collected = (day_of(opened), day_of(round_.closes_at))
    return Order(
        number=application.number,
        purpose=application.title,
        principal=application.principal,
        producer=producer,
        title=round_.title,
        dated=day_of(application.approved_at),
        collected=collected,
        variables=tuple(choice.variables),
        language=application.language,
        questionnaire=round_.questionnaire.encode(),
    )


def _finishing(application_id: UUID, made: Sequence[tuple[Part, Packed]]) -> Finish:
    def finish(session: Session) -> None:
        application = session.get_one(DataApplication, application_id)
        steps.hold(session, application=application)
        if application.state is not State.APPROVED:
            return
        for part, packed in made:
            _keep(session, application, part, packed)
        application.progress = 100
        application.fetch_until = _until(session, application, [part for part, _packed in made])
        steps.take(session, application=application, action=Action.GENERATE, by=None)
        letters.ask_readers(session, application=application, letter=letters.Letter.READY)

    return finish


def _keep(session: Session, application: DataApplication, part: Part, packed: Packed) -> None:
    data = session.get_one(RoundData, part.round_id, with_for_update=True)
    if data.digest != part.digest:
        raise RefusedError(GONE)  # made anew meanwhile: the duty is tried again
    data.fixed = True
    export = DataExport(
        application_id=application.id,
        round_id=part.round_id,
        sha256=sha256(packed.content).hexdigest(),
        size=len(packed.content),
        parameters=packed.parameters,
    )
    session.add(data)
    session.add(export)
    session.flush()
    session.add(DataPackage(export_id=export.id, content=packed.content))


def _until(session: Session, application: DataApplication, parts: Sequence[Part]) -> Any:
    """The last day: thirty days, or less where the data must be gone before."""
    days = [today() + FETCHABLE, application.use_until]
    for part in parts:
        round_ = session.get_one(Round, part.round_id)
        days.append(round_.keep_rows_until)
        if coded_rounds.UNIT in part.order.variables:
            days.append(round_.keep_unit_until)
    return min(day for day in days if day is not None)


def _failing(application_id: UUID) -> Finish:
    def finish(session: Session) -> None:
        application = session.get_one(DataApplication, application_id)
        steps.hold(session, application=application)
        if application.state is State.APPROVED:
            steps.take(session, application=application, action=Action.FAIL, by=None, reason=GONE)
            letters.ask_author(session, application=application, letter=letters.Letter.UNMADE)

    return finish
