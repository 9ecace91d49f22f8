"""Who can hold a round's keys, and what the keys lack before the round can go on."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.people.models import Person, Role, RoleGrant
from dialog.surveys.holders import is_ready, title, trustees_of
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.rounds.authors import authors

FEWEST: Final = 2
MOST: Final = 3


def eligible(session: Session) -> Sequence[Person]:
    """Who can be chosen: whom an administrator has given the role, by name."""
    name_key = Person.__table__.c.name_key  # type: ignore[attr-defined]  # added by SQLAlchemy
    query = (
        select(Person)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(RoleGrant.role == Role.TRUSTEE, Person.active)
        .order_by(name_key, col(Person.email))
    )
    return session.exec(query).all()


def lacking(session: Session, *, round_: Round) -> Iterator[str]:
    """What must be mended before review: that there are trustees, and that they may be."""
    if round_.key_holder is not KeyHolder.TRUSTEES:
        return
    trustees = trustees_of(session, round_id=round_.id)
    if len(trustees) < FEWEST:
        yield _("Välj två eller tre nyckelhållare.")
    people = {who for each in trustees for who in (each.person_id, each.deputy_id)}
    if people & authors(session, round_=round_):
        yield author_sentence()
    gone = session.exec(
        select(Person.name).where(col(Person.id).in_(people), col(Person.active).is_(False))
    ).first()
    if gone is not None:
        yield _(
            "%(name)s har slutat. Välj någon annan som nyckelhållare eller ersättare.", name=gone
        )


def unready(session: Session, *, round_: Round) -> Iterator[str]:
    """What the trustees themselves must do before the round can be approved."""
    if round_.key_holder is not KeyHolder.TRUSTEES:
        return
    for each in trustees_of(session, round_id=round_.id):
        if is_ready(each):
            continue
        if not each.public_key:
            yield _("%(who)s: nyckeln är inte gjord.", who=title(each))
            continue
        if each.own_tested_at is None:
            yield _("%(who)s: den egna kopian är inte provad.", who=title(each))
        if each.deputy_tested_at is None:
            yield _("%(who)s: ersättaren har inte provat sin kopia.", who=title(each))


def holds_a_key(session: Session, *, round_: Round, person_id: UUID) -> bool:
    """Whether somebody is a trustee of the round, or a deputy."""
    return any(
        person_id in (each.person_id, each.deputy_id)
        for each in trustees_of(session, round_id=round_.id)
    )


def author_sentence() -> str:
    return str(
        _(
            "Den som har arbetat med omgången eller enkäten kan inte hålla en nyckel till den."
            " Välj någon annan."
        )
    )
