"""Writing a release and what is published of each of its groups, in one transaction."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session

from dialog.core.disclosure.protection import Protection
from dialog.core.published import PublishedGroup
from dialog.core.questionnaire import Questionnaire
from dialog.core.written import csv_lines
from dialog.results import spreads
from dialog.results.models import Release, ReleaseGroup
from dialog.results.publishing.material import Material
from dialog.results.rows import as_row
from dialog.surveys.models import Access, Round

ROWS_AT_A_TIME = 500


def draft(round_: Round, material: Material) -> Release:
    """A release that says what the round decides of it."""
    return Release(
        round_id=round_.id,
        title=round_.title,
        sender=round_.sender,
        questionnaire=round_.questionnaire,
        responses=material.total,
        invited=round_.invited if round_.access is Access.INVITED else 0,
        answered_until=round_.closes_at,
        k=round_.k,
        k_sensitive=round_.k_sensitive,
        rules={
            "units": material.tables.units,
            "levels": material.tables.levels,
            "access": round_.access.value,
            "result_groups": {group.code: list(group.units) for group in material.groups},
        },
        digest="",
    )


def write(session: Session, release: Release, material: Material, protection: Protection) -> None:
    """Write what was protected."""
    release.audit = protection.record.as_json()
    groups = protection.groups()
    whole = next(groups)
    release.spreads = spreads.publishable(
        material.table, questionnaire=material.questionnaire, policy=material.policy, whole=whole
    )
    session.add(release)
    session.flush()
    everything = chain([whole], groups)
    few = {code for code, place in material.places.items() if 0 < place.invited < release.k}
    release.digest = write_groups(session, release, material.questionnaire, everything, few)
    session.add(release)
    session.flush()


def write_groups(
    session: Session,
    release: Release,
    questionnaire: Questionnaire,
    groups: Iterable[PublishedGroup],
    few: Collection[str] = (),
) -> str:
    """Write the groups a few at a time; gives the SHA-256 of release.csv, in hex. `few` are codes
    of units where fewer than k were asked.
    """
    digest = hashlib.sha256()
    waiting: list[dict[str, object]] = []

    def kept() -> Iterator[PublishedGroup]:
        for position, group in enumerate(groups):
            row = as_row(group, release_id=release.id, position=position)
            waiting.append({"id": uuid4(), "few_asked": group.unit in few, **row})
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
