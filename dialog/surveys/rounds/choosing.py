"""Choosing who holds a round's keys: the platform alone, or two or three trustees besides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col

from dialog.core.errors import RefusedError
from dialog.surveys.holders import trustees_of
from dialog.surveys.key_models import KeyTest, Trustee
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.rounds import planning
from dialog.surveys.rounds.authors import authors
from dialog.surveys.rounds.key_holders import FEWEST, MOST, author_sentence, eligible


@dataclass(frozen=True)
class Place:
    """A key to be held: the function that the public is told, who holds it, and who else could."""

    function: str
    person_id: UUID
    deputy_id: UUID


def choose(
    session: Session,
    *,
    round_: Round,
    by: UUID,
    key_holder: KeyHolder,
    places: Sequence[Place],
    standing: UUID | None = None,
) -> None:
    """Write down who holds the keys of a draft, the first place next to the platform. A key that
    was made for a place stays as long as its holder does. `standing`: see planning.change. Raises
    RefusedError.
    """
    planning.change(session, round_=round_, by=by, standing=standing, key_holder=key_holder)
    wanted = list(places) if key_holder is KeyHolder.TRUSTEES else []
    if key_holder is KeyHolder.TRUSTEES:
        check(session, places=wanted, authors=authors(session, round_=round_))
    chosen = {each.place: each for each in trustees_of(session, round_id=round_.id)}
    for number, place in enumerate(wanted, start=1):
        former = chosen.pop(number, None)
        if former is not None and former.person_id != place.person_id:
            _remove(session, former)
            former = None
        _write(session, former, place, round_id=round_.id, number=number)
    for former in chosen.values():
        _remove(session, former)


def check(session: Session, *, places: Sequence[Place], authors: Collection[UUID]) -> None:
    """Raises RefusedError unless these people can hold keys to what `authors` have planned."""
    if not FEWEST <= len(places) <= MOST:
        raise RefusedError(_("Välj två eller tre nyckelhållare."))
    people = [who for place in places for who in (place.person_id, place.deputy_id)]
    if len(set(people)) < len(people):
        raise RefusedError(
            _("Varje person kan ha en plats. Välj olika nyckelhållare och ersättare.")
        )
    if len({place.function.casefold() for place in places}) < len(places):
        raise RefusedError(_("Skriv olika funktioner, så att de går att skilja åt."))
    if not set(people) <= {person.id for person in eligible(session)}:
        raise RefusedError(
            _("Välj bland dem som har rollen nyckelhållare. En administratör ger rollen.")
        )
    if set(people) & set(authors):
        raise RefusedError(author_sentence())


def _write(
    session: Session, former: Trustee | None, place: Place, *, round_id: UUID, number: int
) -> None:
    trustee = former or Trustee(
        round_id=round_id,
        place=number,
        function="",
        person_id=place.person_id,
        deputy_id=place.deputy_id,
    )
    trustee.function = planning.one_line(place.function)
    if trustee.deputy_id != place.deputy_id:
        trustee.deputy_id, trustee.deputy_tested_at = place.deputy_id, None
    session.add(trustee)
    session.flush()


def _remove(session: Session, trustee: Trustee) -> None:
    session.connection().execute(sa.delete(KeyTest).where(col(KeyTest.trustee_id) == trustee.id))
    session.delete(trustee)
    session.flush()
