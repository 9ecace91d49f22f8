"""Making a release in the background: asked for on a page, audited and written by the worker.

Nothing is written before everything is audited, and then all of it in one transaction with the
round's step to "released". Cut off at any moment, it is simply begun again when its lease has run
out, and gives the same bytes.
"""

from uuid import UUID

from sqlmodel import Session

from dialog.core.disclosure.rules import Progress
from dialog.core.errors import RefusedError
from dialog.desk import Desk, Duty, Finish, PostponedError, TakenOverError
from dialog.results.publishing import releases
from dialog.results.publishing.material import gather, protect
from dialog.storage import outbox
from dialog.storage.clock import now
from dialog.surveys.models import Round
from dialog.surveys.rounds import publishing, steps


def ask(session: Session, *, round_: Round, by: UUID) -> None:
    """Have the result of a round made. Asked again, nothing changes, unless it had got stuck.

    Raises IllegalTransitionError unless the answers are opened and RefusedError if fewer than k
    answered. The caller commits.
    """
    steps.hold(session, round_=round_)
    if releases.of_round(session, round_id=round_.id) is not None:
        return
    releases.require_publishable(session, round_=round_)
    duty = {"round_id": str(round_.id), "by": str(by)}
    key = publishing.key(round_.id)
    outbox.put_again(session, kind=publishing.KIND, key=key, payload=duty)


def make(desk: Desk, duty: Duty) -> Finish | None:
    """What the worker does. Between two questions it does what else is due, and prolongs its
    lease; told to stop, it leaves off, and begins anew another time.
    """
    round_id, by = UUID(duty.payload["round_id"]), UUID(duty.payload["by"])
    with desk.reading() as session:
        round_ = session.get_one(Round, round_id)
        if releases.of_round(session, round_id=round_id) is not None:
            return None
        if steps.is_under_embargo(round_):  # `ask` has refused: nothing is counted before its day
            raise RefusedError(steps.embargo_sentence(round_))
        material = gather(session, round_=round_)

    protection = protect(material, progress=teller(desk, duty))

    def write(session: Session) -> None:
        round_ = session.get_one(Round, round_id)
        releases.write(session, round_=round_, by=by, material=material, protection=protection)

    return write


def teller(desk: Desk, duty: Duty) -> Progress:
    """What is called between two questions."""

    def tell(done: int, of: int) -> None:
        if desk.stopping.is_set():
            raise PostponedError(now())
        with desk.writing() as session:
            if not duty.renew(session):
                raise TakenOverError
            row = session.get_one(outbox.OutboxRow, duty.id)
            row.payload = {**duty.payload, "done": done, "of": of}
            session.add(row)
            session.commit()
        desk.meanwhile()

    return tell
