"""Batches: files of several scanned letters, kept for a week until they are cut up and taken
in.

A batch is not taken in yet, so it is nobody's but the registrar's who handed it in. Its file is a
document of it, and goes with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.documents.kinds import Kind
from dialog.core.errors import RefusedError
from dialog.desk import Desk
from dialog.diary.models import DiaryAuthority
from dialog.documents import forgetting, keeping
from dialog.documents import queries as documents
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.people.steps import hold
from dialog.storage.clock import now
from dialog.submissions import receipts
from dialog.submissions.intake import entering
from dialog.submissions.intake.entering import KnownError
from dialog.submissions.intake.models import LetterBatch
from dialog.submissions.intake.reading import Came
from dialog.submissions.models import Submission

ABOUT: Final = "letter-batch"
PAGES: Final = 100  # of a batch
KEPT: Final = timedelta(days=7)  # whoever handed it in on a Friday has the week after


@dataclass(frozen=True)
class Waiting:
    """A batch with its file, and when it is gone."""

    batch: LetterBatch
    shown: Shown

    @property
    def until(self) -> datetime:
        return self.batch.at + KEPT


class GoneError(RefusedError):
    """It was taken in, thrown away, or its time has passed."""

    def __init__(self) -> None:
        super().__init__(_("Bunten finns inte kvar. Är den mottagen står breven här."))


def keep(
    session: Session, *, taken: Taken, authority_id: UUID, arrived_on: date, by: UUID
) -> LetterBatch:
    """Have it wait; the one that waits already, from now on, where the registrar has handed in the
    same. Raises RefusedError, where it was taken in before too.
    """
    entering.require_new(session, sha256=taken.given_sha256, authority_id=authority_id)
    _check(taken)
    for each in waiting(session, person_id=by):
        if (each.batch.given_sha256, each.batch.authority_id) == (taken.given_sha256, authority_id):
            each.batch.arrived_on, each.batch.at = arrived_on, now()
            session.add(each.batch)
            return each.batch
    batch = LetterBatch(
        person_id=by, authority_id=authority_id, arrived_on=arrived_on,
        given_sha256=taken.given_sha256,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    keeping.add(session, about=ABOUT, about_id=batch.id, taken=taken, by=by)
    return batch


def _check(taken: Taken) -> None:
    if taken.kind is not Kind.PDF or taken.pages < 2:  # noqa: PLR2004 - one page is no batch
        raise RefusedError(
            _("En bunt är en PDF med flera sidor. Ta bort krysset om filen är ett brev.")
        )
    if taken.pages > PAGES:
        raise RefusedError(
            _(
                "Bunten har %(pages)s sidor. Skanna den i flera filer, med högst %(most)s sidor i"
                " varje.",
                pages=taken.pages,
                most=PAGES,
            )
        )


def waiting(session: Session, *, person_id: UUID) -> list[Waiting]:
    """Those of a registrar, the first handed in first."""
    query = select(LetterBatch).where(LetterBatch.person_id == person_id)
    found = session.exec(query.order_by(col(LetterBatch.at))).all()
    return _with_files(session, found)


def existing(session: Session, *, batch_id: UUID) -> Waiting:
    """Raises GoneError."""
    batch = session.get(LetterBatch, batch_id)
    found = _with_files(session, [batch] if batch else [])
    if not found:
        raise GoneError
    return found[0]


def _with_files(session: Session, found: Sequence[LetterBatch]) -> list[Waiting]:
    """But for what was forgotten since it was found."""
    files = documents.documents_of(session, about=ABOUT, about_ids=[each.id for each in found])
    return [Waiting(each, files[each.id][0]) for each in found if each.id in files]


def take_in(
    session: Session, *, batch_id: UUID, came: Sequence[Came], by: UUID
) -> list[Submission]:
    """All of its letters, and the batch is gone. Raises GoneError where it was taken in meanwhile;
    RefusedError, and then nothing may be committed.
    """
    batch = _held(session, batch_id)
    hold(session, session.get_one(DiaryAuthority, batch.authority_id))  # who handed in the same
    board, arrived_on = batch.authority_id, batch.arrived_on
    entering.require_new(session, sha256=batch.given_sha256, authority_id=board)
    _require_new(session, came, authority_id=board)
    made = [
        entering.take_in(session, came=each, authority_id=board, arrived_on=arrived_on, by=by)
        for each in came
    ]
    _forget(session, batch)
    return made


def _require_new(session: Session, came: Sequence[Came], *, authority_id: UUID) -> None:
    """Of each letter, before one is written. Raises KnownError."""
    if alike := entering.alike(came):
        first, second = (place + 1 for place in alike)
        raise KnownError(
            _(
                "Brev %(first)s och brev %(second)s är exakt lika. Hoppa över sidorna i det ena.",
                first=first,
                second=second,
            )
        )
    for number, each in enumerate(came, 1):
        before = entering.known(session, sha256=each.given_sha256, authority_id=authority_id)
        if before is not None:
            raise KnownError(
                _(
                    "Brev %(number)s är redan mottaget, med nummer %(before)s. Hoppa över sidorna"
                    " i det.",
                    number=number,
                    before=receipts.number_of(before),
                )
            )


def throw_away(session: Session, *, batch_id: UUID) -> None:
    """It is not to be taken in. Raises GoneError."""
    _forget(session, _held(session, batch_id))


def forget_due(desk: Desk) -> None:
    """Those whose time has passed. Done by two workers at once, one finds nothing left."""
    with desk.writing() as session:
        query = select(LetterBatch).where(col(LetterBatch.at) < now() - KEPT)
        for batch in session.exec(query.with_for_update(skip_locked=True)).all():
            _forget(session, batch)
        session.commit()


def _held(session: Session, batch_id: UUID) -> LetterBatch:
    query = select(LetterBatch).where(LetterBatch.id == batch_id)
    held = session.exec(
        query.with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if held is None:
        raise GoneError
    return held


def _forget(session: Session, batch: LetterBatch) -> None:
    forgetting.forget_all(session, about=ABOUT, about_id=batch.id)
    session.delete(batch)
    session.flush()
