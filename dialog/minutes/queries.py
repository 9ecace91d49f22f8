"""Reads of minutes: their sections and versions, what is proposed, and who has attested."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from dialog.core import attested
from dialog.minutes.models import (
    Minutes,
    MinutesAddendum,
    MinutesAttestation,
    MinutesAttester,
    MinutesProposal,
    MinutesSection,
    MinutesStep,
    MinutesVersion,
    ProposalState,
)
from dialog.people.models import Account, Person


@dataclass(frozen=True)
class Attester:
    """Somebody who is to attest, and their attestation of the last version if they have."""

    person: Person
    attestation: MinutesAttestation | None
    gone: bool  # cannot sign in any more


def minutes_of(session: Session, *, about: str, about_id: UUID) -> Minutes | None:
    query = select(Minutes).where(Minutes.about == about, Minutes.about_id == about_id)
    return session.exec(query).first()


def sections_of(session: Session, *, minutes: Minutes) -> list[MinutesSection]:
    query = select(MinutesSection).where(MinutesSection.minutes_id == minutes.id)
    order = (col(MinutesSection.position), col(MinutesSection.id))
    return list(session.exec(query.order_by(*order)))


def section_of(session: Session, *, minutes: Minutes, section_id: UUID) -> MinutesSection | None:
    found = session.get(MinutesSection, section_id)
    return found if found is not None and found.minutes_id == minutes.id else None


def lines_of(session: Session, *, minutes: Minutes) -> list[dict[str, str]]:
    """The sections as a version keeps them."""
    return [
        {"id": str(each.id), "heading": each.heading, "outcome": each.outcome, "text": each.text}
        for each in sections_of(session, minutes=minutes)
    ]


def version_of(session: Session, *, minutes: Minutes, number: int = 0) -> MinutesVersion | None:
    """The version with that number, else the last one."""
    return session.get(MinutesVersion, (minutes.id, number or minutes.number))


def versions_of(session: Session, *, minutes: Minutes) -> list[tuple[MinutesVersion, str]]:
    """All versions that were sent round, the first first, with who sent them."""
    query = (
        select(MinutesVersion, Person.name)
        .join(Person, col(Person.id) == col(MinutesVersion.made_by))
        .where(MinutesVersion.minutes_id == minutes.id)
    )
    return list(session.exec(query.order_by(col(MinutesVersion.number))))


def is_whole(minutes: Minutes, version: MinutesVersion) -> bool:
    """Whether a version still is the text whose hash was kept."""
    return attested.digest(minutes.title, version.number, version.sections) == version.text_hash


def proposals_of(
    session: Session, *, minutes: Minutes
) -> list[tuple[MinutesProposal, str, MinutesSection]]:
    """What was proposed, the first first, by whom, and the section."""
    query = (
        select(MinutesProposal, Person.name, MinutesSection)
        .join(Person, col(Person.id) == col(MinutesProposal.author_id))
        .join(MinutesSection, col(MinutesSection.id) == col(MinutesProposal.section_id))
        .where(MinutesProposal.minutes_id == minutes.id)
    )
    return list(session.exec(query.order_by(col(MinutesProposal.made_at), col(MinutesProposal.id))))


def is_undecided(session: Session, *, minutes: Minutes) -> bool:
    query = select(MinutesProposal.id).where(
        MinutesProposal.minutes_id == minutes.id, MinutesProposal.state == ProposalState.OPEN
    )
    return session.exec(query.limit(1)).first() is not None


def attesters_of(session: Session, *, minutes: Minutes) -> list[Attester]:
    """Who is to attest, by name; not those in whose place somebody else came."""
    given = {
        row.person_id: row
        for row in session.exec(
            select(MinutesAttestation).where(
                MinutesAttestation.minutes_id == minutes.id,
                MinutesAttestation.number == minutes.number,
            )
        )
    }
    query = (
        select(Person, Account)
        .join(MinutesAttester, col(MinutesAttester.person_id) == col(Person.id))
        .join(Account, col(Account.person_id) == col(Person.id), isouter=True)
        .where(MinutesAttester.minutes_id == minutes.id, col(MinutesAttester.replaced_by).is_(None))
        .order_by(col(Person.name), col(Person.id))
    )
    return [
        Attester(
            person, given.get(person.id), not person.active or bool(account and account.closed)
        )
        for person, account in session.exec(query)
    ]


def addenda_of(session: Session, *, minutes: Minutes) -> list[tuple[MinutesAddendum, str]]:
    query = (
        select(MinutesAddendum, Person.name)
        .join(Person, col(Person.id) == col(MinutesAddendum.author_id))
        .where(MinutesAddendum.minutes_id == minutes.id)
    )
    return list(session.exec(query.order_by(col(MinutesAddendum.at), col(MinutesAddendum.id))))


def attests(session: Session, *, person_id: UUID) -> list[tuple[str, bool]]:
    """The title of each text that somebody is or was to attest, and whether they ever have."""
    done = sa.select(col(MinutesAttestation.minutes_id)).where(
        col(MinutesAttestation.person_id) == person_id
    )
    chosen = sa.select(col(MinutesAttester.minutes_id)).where(
        col(MinutesAttester.person_id) == person_id
    )
    query = sa.select(col(Minutes.title), col(Minutes.id).in_(done)).where(
        sa.or_(col(Minutes.id).in_(chosen), col(Minutes.id).in_(done))
    )
    rows = session.connection().execute(query.order_by(col(Minutes.title), col(Minutes.id)))
    return [(str(title), bool(has)) for title, has in rows]


def traces(session: Session, *, person_id: UUID) -> int:
    """In how many other rows somebody's name stands: what they wrote, chose, proposed, decided."""
    columns: tuple[Any, ...] = (
        col(Minutes.author_id),
        col(MinutesSection.changed_by),
        col(MinutesVersion.made_by),
        col(MinutesProposal.author_id),
        col(MinutesProposal.decided_by),
        col(MinutesAttester.added_by),
        col(MinutesAttester.replaced_by),
        col(MinutesAddendum.author_id),
        col(MinutesStep.person_id),
    )
    counts = (sa.select(sa.func.count()).where(column == person_id) for column in columns)
    return sum(int(session.connection().scalar(count) or 0) for count in counts)
