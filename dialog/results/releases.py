"""Publishing: from a round's opened answers to a release that never changes."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.disclosure.policy import LEVELS, Place, Policy, Tables
from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.rules import Progress, no_progress
from dialog.core.errors import RefusedError
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Questionnaire, load
from dialog.core.tabulation import Table, tabulate
from dialog.core.written import csv_lines
from dialog.people.models import Person
from dialog.results import answers, spreads, unpublished
from dialog.results.models import Release, ReleaseGroup
from dialog.results.rows import as_row
from dialog.surveys.models import Access, Round
from dialog.surveys.opening import record
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import Action

ROWS_AT_A_TIME = 500


@dataclass(frozen=True)
class Material:
    """What a release is made from, apart from any database."""

    table: Table
    questionnaire: Questionnaire
    policy: Policy
    tables: Tables
    places: Mapping[str, Place]

    @property
    def total(self) -> int:
        return int(self.table.n[self.table.tree.roots].sum())


def publish(
    session: Session, *, round_: Round, by: UUID, progress: Progress = no_progress
) -> Release:
    """Publish the result of a round whose answers are opened, and take the round to "released".

    A round is published once: asked again, the release there is comes back unchanged. The caller
    commits; before that nothing can be seen. Raises IllegalTransitionError in any other state and
    RefusedError if fewer than k answered.
    """
    if (found := of_round(session, round_id=round_.id)) is not None:
        return found
    require_publishable(session, round_=round_)
    material = gather(session, round_=round_)
    protection = protect(material, progress=progress)
    return write(session, round_=round_, by=by, material=material, protection=protection)


def require_publishable(session: Session, *, round_: Round) -> None:
    """Raises IllegalTransitionError unless the answers are opened, RefusedError if too few are."""
    steps.check(session, round_=round_, action=Action.RELEASE)
    if unpublished.answers(session, round_id=round_.id) < round_.k:
        raise RefusedError(
            _("Färre än %(k)s har svarat. Därför kan inget resultat publiceras.", k=round_.k)
        )


def gather(session: Session, *, round_: Round) -> Material:
    """All counts of a round's answers."""
    questionnaire = load(round_.questionnaire)
    ground = answers.ground(session, round_=round_)
    table = tabulate(
        answers.responses(session, round_=round_, codes=ground.codes),
        questionnaire=questionnaire,
        tree=ground.tree,
        levels=LEVELS,
    )
    policy = Policy(round_.k, round_.k_sensitive)
    return Material(table, questionnaire, policy, _tables(round_), ground.places)


def protect(material: Material, *, progress: Progress = no_progress) -> Protection:
    """Everything protected and audited, which takes minutes where there are thousands of units."""
    return Protection(
        material.table,
        questionnaire=material.questionnaire,
        policy=material.policy,
        places=material.places,
        tables=material.tables,
        progress=progress,
    )


def write(
    session: Session, *, round_: Round, by: UUID, material: Material, protection: Protection
) -> Release:
    """Write what was protected, and take the round to "released". Published by somebody else in
    the meantime, that release comes back.
    """
    steps.hold(session, round_=round_)
    if (found := of_round(session, round_id=round_.id)) is not None:
        return found
    steps.release(session, round_=round_, by=by)
    release = _release(session, round_, material.total, by)
    release.opening = [line.published() for line in record.of_round(session, round_=round_)]
    release.audit = protection.record.as_json()
    groups = protection.groups()
    whole = next(groups)
    release.spreads = spreads.publishable(
        material.table, questionnaire=material.questionnaire, policy=material.policy, whole=whole
    )
    session.add(release)
    session.flush()
    release.digest = _write(session, release, material.questionnaire, chain([whole], groups))
    session.add(release)
    session.flush()
    return release


def of_round(session: Session, *, round_id: UUID) -> Release | None:
    """The round's release, if it was published."""
    return session.exec(select(Release).where(col(Release.round_id) == round_id)).first()


def _release(session: Session, round_: Round, total: int, by: UUID) -> Release:
    return Release(
        round_id=round_.id,
        title=round_.title,
        sender=round_.sender,
        questionnaire=round_.questionnaire,
        responses=total,
        invited=round_.invited if round_.access is Access.INVITED else 0,
        answered_until=round_.closes_at,
        k=round_.k,
        k_sensitive=round_.k_sensitive,
        rules={
            "units": _tables(round_).units,
            "levels": _tables(round_).levels,
            "access": round_.access.value,
            **_signed(session, round_, by),
        },
        digest="",
    )


def _signed(session: Session, round_: Round, by: UUID) -> dict[str, str]:
    """Who approved the round, when, and who published it, as they were called then."""
    approved = steps.last(session, round_=round_, action=Action.APPROVE)
    approver = approved and approved.person_id and session.get(Person, approved.person_id)
    found = {"published_by": session.get_one(Person, by).name}
    if approved and approver:
        found |= {"approved_by": approver.name, "approved_at": approved.at.isoformat()}
    return found


def _tables(round_: Round) -> Tables:
    return Tables(
        units=bool(round_.tables.get("units", True)), levels=bool(round_.tables.get("levels", True))
    )


def _write(
    session: Session,
    release: Release,
    questionnaire: Questionnaire,
    groups: Iterable[PublishedGroup],
) -> str:
    """Write the groups a few at a time; gives the SHA-256 of release.csv, in hex."""
    digest = hashlib.sha256()
    waiting: list[dict[str, object]] = []

    def kept() -> Iterator[PublishedGroup]:
        for position, group in enumerate(groups):
            row = as_row(group, release_id=release.id, position=position)
            waiting.append({"id": uuid4(), **row})
            yield group
            if len(waiting) >= ROWS_AT_A_TIME:
                _flush(session, waiting)

    for line in csv_lines(kept(), questionnaire):
        digest.update(line)
    _flush(session, waiting)
    return digest.hexdigest()


def _flush(session: Session, waiting: list[dict[str, object]]) -> None:
    if waiting:
        session.connection().execute(sa.insert(ReleaseGroup), waiting)
        waiting.clear()
