"""Making a corrected release in the background, like the first one: whole or not at all.

It is audited together with every release of the round before it. Where that cannot be published,
the reason is kept, and what is published stays as it is.
"""

import hashlib
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from sqlmodel import Session

from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.repair import BeyondRepairError
from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.questionnaire import dump
from dialog.core.written import csv_lines
from dialog.desk import Desk, Duty, Finish
from dialog.people.models import Person
from dialog.results.correcting import recounting
from dialog.results.models import Correction, CorrectionState, Release
from dialog.results.publishing import releases, writing
from dialog.results.publishing.making import teller
from dialog.results.publishing.material import Material, protect
from dialog.surveys.models import Round
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import Action

KIND: Final = "release.correct"
# Why a correction could not be published; words: correction_words.
GONE: Final = "gone"  # the answers are not there any more, or not the same
MOVED_SINCE: Final = "moved-since"  # a unit was closed after the proposal
BETRAYS: Final = "betrays"  # beside what was published, even the whole would give somebody away
SAME: Final = "same"  # nothing would be different
ARCHIVED: Final = "archived"  # the round was laid aside while it was made


def key(correction_id: UUID) -> str:
    """Of the duty to make it."""
    return f"correction:{correction_id}"


def make(desk: Desk, duty: Duty) -> Finish | None:
    """What the worker does."""
    correction_id = UUID(duty.payload["correction_id"])
    with desk.reading() as session:
        correction = session.get_one(Correction, correction_id)
        if correction.state is not CorrectionState.APPROVED:
            return None
        release = session.get_one(Release, correction.release_id)
        round_ = session.get_one(Round, release.round_id)
        before = releases.all_of_round(session, round_id=round_.id)
        try:
            material = recounting.gather(
                session, round_=round_, correction=correction, releases=before
            )
        except RefusedError as refused:
            is_moved = isinstance(refused, recounting.MovedSinceError)
            return _refusal(correction_id, MOVED_SINCE if is_moved else GONE)
        reorganised, digest = correction.reorganised, before[-1].digest
        round_id = round_.id
    try:
        protection = protect(material, progress=teller(desk, duty))
    except BeyondRepairError:
        return _refusal(correction_id, BETRAYS)
    if protection.whole_hidden:
        return _refusal(correction_id, BETRAYS)
    if not reorganised and _digest(protection, material) == digest:
        return _refusal(correction_id, SAME)

    def write(session: Session) -> None:
        try:  # the round is held before the correction, as where it is approved
            steps.check(session, round_=session.get_one(Round, round_id), action=Action.CORRECT)
        except IllegalTransitionError:
            _refuse(session, correction_id, ARCHIVED)
            return
        correction = session.get_one(Correction, correction_id, with_for_update=True)
        if correction.state is CorrectionState.APPROVED:
            publish(session, correction=correction, material=material, protection=protection)

    return write


def publish(
    session: Session, *, correction: Correction, material: Material, protection: Protection
) -> Release:
    """Write the corrected release beside the one it corrects. The caller commits."""
    last = session.get_one(Release, correction.release_id)
    round_ = session.get_one(Round, last.round_id)
    step = Action.CORRECT
    steps.take(
        session, round_=round_, action=step, by=correction.author_id, reason=correction.reason
    )
    made = writing.draft(round_, material)
    made.questionnaire = dump(material.questionnaire).decode()
    made.rules = _rules(last, material)
    made.opening = list(last.opening)
    made.corrects_id, made.moved = last.id, dict(material.moved)
    made.correction = _told(session, correction, material.withheld)
    writing.write(session, made, material, protection)
    correction.state, correction.made_id = CorrectionState.PUBLISHED, made.id
    session.add(correction)
    session.flush()
    return made


def _rules(last: Release, material: Material) -> dict[str, Any]:
    """Those of the release before. Result groups whose units are all closed are none any more."""
    seen = material.table.tree.position.keys() - set(material.unseen)
    groups = last.rules.get("result_groups", {})
    kept = {code: units for code, units in groups.items() if code in seen}
    return {**last.rules, "result_groups": kept}


def _told(session: Session, correction: Correction, withheld: Collection[str]) -> dict[str, Any]:
    """What the release says of its correction, with people as they are called today."""
    approver = session.get(Person, correction.decided_by_id)
    return {
        "reason": correction.reason,
        "reorganised": correction.reorganised,
        "withheld": list(withheld),
        "turned": list(correction.turned),
        "proposed_by": session.get_one(Person, correction.author_id).name,
        "approved_by": approver.name if approver else "",
    }


def _refusal(correction_id: UUID, why: str) -> Finish:
    return lambda session: _refuse(session, correction_id, why)


def _refuse(session: Session, correction_id: UUID, why: str) -> None:
    correction = session.get_one(Correction, correction_id, with_for_update=True)
    if correction.state is CorrectionState.APPROVED:
        correction.state, correction.answer = CorrectionState.REFUSED, why
        session.add(correction)


def _digest(protection: Protection, material: Material) -> str:
    digest = hashlib.sha256()
    for line in csv_lines(protection.groups(), material.questionnaire):
        digest.update(line)
    return digest.hexdigest()
