"""What is said of a matter is changed by the employer: its own words, never another's, and each
change is kept with what stood before and told to every party.
"""

from collections.abc import Collection, Iterator
from typing import Final
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import ADDED, JOINED, LOCAL, REWORDED, State
from dialog.minutes import writing
from dialog.negotiations import telling
from dialog.negotiations.models import MblMatter, MblParty, MblStep
from dialog.negotiations.opening import Facts, checked
from dialog.negotiations.parties import Party
from dialog.negotiations.steps import STEPS, hold_open
from dialog.storage.clock import today
from dialog.unions.models import UnionOrganisation
from dialog.web.i18n import day

JOINING: Final = LOCAL | {State.PREPARED}  # while organisations can become parties


def change(session: Session, *, matter: MblMatter, employer: Party, facts: Facts, by: UUID) -> None:
    """Other words, or another day for the decision; of what another party asked for the day alone.
    The same once more is harmless. Raises RefusedError when the matter is over.
    """
    hold_open(session, matter)
    said = {name: value for name, value in vars(checked(facts)).items()
            if employer.row.asked or name == "decision_on"}  # fmt: skip
    with force_locale("sv"):
        before = "\n".join(_before(matter, said))
    for name, value in said.items():
        setattr(matter, name, value)
    session.add(matter)
    if before and matter.state is not State.PREPARED:  # nobody else has seen that
        _keep(session, matter, REWORDED, of=employer, by=by, words=before)


def _before(matter: MblMatter, said: dict[str, object]) -> Iterator[str]:
    """What stood there of what is going to be other."""
    if said.get("title", matter.title) != matter.title:
        yield _("Rubrik förut: %(words)s", words=matter.title)
    if said.get("background", matter.background) != matter.background:
        yield _("Bakgrund förut: %(words)s", words=matter.background or _("ingen"))
    if said["decision_on"] != matter.decision_on:
        planned = day(matter.decision_on) if matter.decision_on else _("ingen dag")
        yield _("Beslut var tänkt till: %(day)s", day=planned)


def add(session: Session, *, matter: MblMatter, employer: Party, words: str, by: UUID) -> None:
    """The employer's own words beside those of who asked; the same once more is harmless. Raises
    RefusedError.
    """
    words = writing.checked(words).strip()
    hold_open(session, matter)
    same = select(MblStep.id).where(
        MblStep.matter_id == matter.id, MblStep.action == ADDED, MblStep.reason == words
    )
    if words and session.exec(same).first() is None:
        _keep(session, matter, ADDED, of=employer, by=by, words=words)


def add_parties(
    session: Session, *, matter: MblMatter, employer: Party, organisations: Collection[UUID],
    by: UUID,
) -> None:  # fmt: skip
    """More organisations are parties from now on; those that are stay. Raises RefusedError."""
    hold_open(session, matter)
    there = set(
        session.exec(select(MblParty.organisation_id).where(MblParty.matter_id == matter.id))
    )
    new = sorted(set(organisations) - there)
    if new and matter.state not in JOINING:
        raise RefusedError(_("Ärendet är avslutat lokalt. Det går inte att lägga till parter."))
    session.add_all([MblParty(matter_id=matter.id, organisation_id=each) for each in new])
    session.flush()
    if new and matter.state is not State.PREPARED:
        query = select(UnionOrganisation.name).where(col(UnionOrganisation.id).in_(new))
        names = ", ".join(session.exec(query.order_by(UnionOrganisation.name)))
        _keep(session, matter, JOINED, of=employer, by=by, words=names)


def _keep(
    session: Session, matter: MblMatter, action: str, *, of: Party, by: UUID, words: str
) -> None:
    step = STEPS.keep(session, matter, action, by=by, party_id=of.row.id, day=today(), reason=words)
    telling.tell(session, matter=matter, of=of, occasion=f"step:{step.id}")
