"""Publishing: from a round's opened answers to a release that never changes."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.disclosure.protection import Protection
from dialog.core.disclosure.rules import Progress, no_progress
from dialog.core.errors import RefusedError
from dialog.people.models import Person
from dialog.results.models import Release
from dialog.results.publishing import unpublished, writing
from dialog.results.publishing.material import Material, gather, protect
from dialog.surveys.models import Round
from dialog.surveys.opening import record
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import Action


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
    release = writing.draft(round_, material)
    release.rules = {**release.rules, **_signed(session, round_, by)}
    release.opening = [line.published() for line in record.of_round(session, round_=round_)]
    writing.write(session, release, material, protection)
    return release


def of_round(session: Session, *, round_id: UUID) -> Release | None:
    """The round's release, if it was published: the last one, if it was corrected."""
    return next(reversed(all_of_round(session, round_id=round_id)), None)


def all_of_round(session: Session, *, round_id: UUID) -> list[Release]:
    """The round's release and those that correct it, the first first."""
    return in_order(session.exec(select(Release).where(col(Release.round_id) == round_id)))


def in_order(releases: Iterable[Release]) -> list[Release]:
    """The releases of one round as each corrects the one before."""
    found = {one.corrects_id: one for one in releases}
    ordered: list[Release] = []
    while (following := found.get(ordered[-1].id if ordered else None)) is not None:
        ordered.append(following)
    return ordered


def _signed(session: Session, round_: Round, by: UUID) -> dict[str, str]:
    """Who approved the round, when, and who published it, as they were called then."""
    approved = steps.last(session, round_=round_, action=Action.APPROVE)
    approver = approved and approved.person_id and session.get(Person, approved.person_id)
    found = {"published_by": session.get_one(Person, by).name}
    if approved and approver:
        found |= {"approved_by": approver.name, "approved_at": approved.at.isoformat()}
    return found
