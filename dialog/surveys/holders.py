"""Who holds a round's keys: reads that several rooms need."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.surveys.key_models import CeremonyStep, Trustee
from dialog.surveys.models import KeyHolder, Round


def trustees_of(session: Session, *, round_id: UUID) -> Sequence[Trustee]:
    """The round's trustees by place: the first lies next to the platform, the last opens first."""
    query = select(Trustee).where(Trustee.round_id == round_id).order_by(col(Trustee.place))
    return session.exec(query).all()


def title(trustee: Trustee) -> str:
    """For example "Nyckelhållare 2 (skyddsombud)"."""
    words = _("Nyckelhållare %(place)s (%(what)s)", place=trustee.place, what=trustee.function)
    return str(words)


def functions(session: Session, *, round_: Round) -> tuple[str, ...]:
    """What the public is told of who holds keys, by place; empty if the platform alone does."""
    if round_.key_holder is not KeyHolder.TRUSTEES:
        return ()
    return tuple(each.function for each in trustees_of(session, round_id=round_.id))


def steps_of(session: Session, *, round_id: UUID) -> Sequence[CeremonyStep]:
    """What has happened at the opening, the first first."""
    query = select(CeremonyStep).where(CeremonyStep.round_id == round_id)
    return session.exec(query.order_by(col(CeremonyStep.place).desc())).all()


def turn(trustees: Sequence[Trustee], steps: Sequence[CeremonyStep]) -> Trustee | None:
    """Whose turn it is; None before the ballots were handed over and when all have opened."""
    place = steps[-1].place - 1 if steps else 0
    return next((each for each in trustees if each.place == place), None)


def is_lost(session: Session, *, round_: Round) -> bool:
    """Whether a key is lost that is still needed, as its holder says."""
    steps = steps_of(session, round_id=round_.id)
    opened = steps[-1].place if steps else len(trustees_of(session, round_id=round_.id)) + 1
    return any(
        each.lost_at is not None and each.place < opened
        for each in trustees_of(session, round_id=round_.id)
    )


def is_ready(trustee: Trustee) -> bool:
    """Whether there is a key, and both copies of it were shown to open a test ballot."""
    tested = trustee.own_tested_at is not None and trustee.deputy_tested_at is not None
    return bool(trustee.public_key) and tested
