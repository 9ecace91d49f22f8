"""Publishing: from a round's opened answers to a release that never changes."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.disclosure.policy import LEVELS, Policy, Tables
from dialog.core.disclosure.protection import Protection
from dialog.core.errors import RefusedError
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Questionnaire, load
from dialog.core.tabulation import tabulate
from dialog.core.written import csv_lines
from dialog.results import answers, spreads
from dialog.results.models import Release, ReleaseGroup
from dialog.results.rows import as_row
from dialog.surveys.models import Access, Round
from dialog.surveys.opening import record
from dialog.surveys.rounds import steps

ROWS_AT_A_TIME = 500
# Units up to which the ranges of hidden values are audited while the page waits. For a region of
# 3,000 that takes a quarter of an hour; `dialog protect` does it, and the record says which it was.
VALUES_UP_TO = 150


def publish(session: Session, *, round_: Round, by: UUID) -> Release:
    """Publish the result of a round whose answers are opened, and take the round to "released".

    A round is published once: asked again, the release there is comes back unchanged. The caller
    commits; before that nothing can be seen. Raises IllegalTransitionError in any other state and
    RefusedError if fewer than k answered.
    """
    steps.hold(session, round_=round_)
    if (found := of_round(session, round_id=round_.id)) is not None:
        return found
    steps.release(session, round_=round_, by=by)
    questionnaire = load(round_.questionnaire)
    ground = answers.ground(session, round_=round_)
    table = tabulate(
        answers.responses(session, round_=round_, codes=ground.codes),
        questionnaire=questionnaire,
        tree=ground.tree,
        levels=LEVELS,
    )
    total = int(table.n[table.tree.roots].sum())
    if total < round_.k:
        raise RefusedError(
            _("Färre än %(k)s har svarat. Därför kan inget resultat publiceras.", k=round_.k)
        )
    policy = Policy(round_.k, round_.k_sensitive)
    protection = Protection(
        table,
        questionnaire=questionnaire,
        policy=policy,
        places=ground.places,
        tables=_tables(round_),
        values=len(ground.places) <= VALUES_UP_TO,
    )
    release = _release(round_, total)
    release.opening = [line.published() for line in record.of_round(session, round_=round_)]
    release.audit = protection.record.as_json()
    groups = protection.groups()
    whole = next(groups)
    release.spreads = spreads.publishable(
        table, questionnaire=questionnaire, policy=policy, whole=whole
    )
    session.add(release)
    session.flush()
    release.digest = _write(session, release, questionnaire, chain([whole], groups))
    session.add(release)
    session.flush()
    return release


def of_round(session: Session, *, round_id: UUID) -> Release | None:
    """The round's release, if it was published."""
    return session.exec(select(Release).where(col(Release.round_id) == round_id)).first()


def _release(round_: Round, total: int) -> Release:
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
        },
        digest="",
    )


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
