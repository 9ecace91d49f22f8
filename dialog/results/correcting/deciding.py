"""Correcting a published result: proposed by one, decided by another, made by the worker."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.people.permissions import Actor, may
from dialog.results.correcting import recounting, remaking
from dialog.results.models import Correction, CorrectionState, Release
from dialog.results.publishing import releases
from dialog.storage import outbox
from dialog.storage.clock import now
from dialog.surveys import programmes
from dialog.surveys.models import Round
from dialog.surveys.rounds import publishing, steps
from dialog.surveys.rounds.publishing import Progress
from dialog.surveys.rounds.states import TRANSITIONS, Action, refusal

S = CorrectionState
UNDER_WAY: Final = frozenset({S.PROPOSED, S.APPROVED})


@dataclass(frozen=True)
class Proposal:
    """What is to be corrected, and why. See models.Correction."""

    reason: str
    reorganised: bool = False
    moved: Mapping[str, str] = field(default_factory=dict)
    withheld: Collection[str] = ()
    turned: Sequence[tuple[str, str]] = ()


def may_propose(session: Session, *, round_: Round, by: UUID | None) -> bool:
    """Of a review only the university's people: the questions that a correction is about are its
    own.
    """
    university = programmes.approved_university(session, round_=round_)
    return university is None or by in university


def require_correctable(session: Session, *, release: Release, by: UUID | None) -> Round:
    """The release's round. Raises RefusedError unless it is theirs to correct and the round's last
    release, nothing is under way, and the answers are still there. Reads only.
    """
    round_ = session.get_one(Round, release.round_id)
    if round_.state not in TRANSITIONS[Action.CORRECT].before:
        raise refusal(round_.state, Action.CORRECT)
    if not may_propose(session, round_=round_, by=by):
        raise RefusedError(
            _(
                "Omgången hör till en oberoende granskning, och frågorna är lärosätets. Därför"
                " föreslår lärosätets personer rättelser av resultatet."
            )
        )
    last = releases.of_round(session, round_id=round_.id)
    if last is None or last.id != release.id:
        raise RefusedError(_("Resultatet är redan rättat. Rätta det som gäller nu."))
    if under_way(session, release=release) is not None:
        raise RefusedError(_("En rättelse är redan föreslagen. Avgör den först."))
    recounting.require_answers(session, round_=round_, release=release)
    return round_


def under_way(session: Session, *, release: Release) -> Correction | None:
    """The proposal that is not decided or not made yet."""
    query = select(Correction).where(
        col(Correction.release_id) == release.id, col(Correction.state).in_(UNDER_WAY)
    )
    return session.exec(query).first()


def seen(
    session: Session, *, release: Release, actor: Actor
) -> list[tuple[Correction, Progress | None]]:
    """Proposals to correct a release, the latest first, for those who may see them; and how far the
    making of each is.
    """
    if not may(actor, "correction.see"):
        return []
    query = select(Correction).where(col(Correction.release_id) == release.id)
    found = session.exec(query.order_by(col(Correction.proposed_at).desc()))
    return [(one, progress(session, correction=one)) for one in found]


def undecided(session: Session, *, actor: Actor) -> list[tuple[Correction, str]]:
    """Proposals that wait for somebody to decide, or whose making has stopped, the oldest first,
    with the results' titles.
    """
    if not may(actor, "correction.see"):
        return []
    query = (
        select(Correction, Release.title)
        .join(Release, col(Release.id) == col(Correction.release_id))
        .where(col(Correction.state).in_(UNDER_WAY))
        .order_by(col(Correction.proposed_at))
    )
    return [
        (one, title)
        for one, title in session.exec(query)
        if one.state is S.PROPOSED or has_stopped(one, progress(session, correction=one))
    ]


def progress(session: Session, *, correction: Correction) -> Progress | None:
    """How far the making of a correction is; None where nothing is to be done."""
    return publishing.progress_of(session, duty=remaking.key(correction.id))


def has_stopped(correction: Correction, progress: Progress | None) -> bool:
    """Whether it was approved and is not being made any more, though it is not published."""
    return correction.state is S.APPROVED and (progress is None or progress.stuck)


def propose(session: Session, *, release: Release, by: UUID, proposal: Proposal) -> Correction:
    """Raises RefusedError where it cannot be corrected, or nothing would change."""
    steps.hold(session, round_=_round_of(session, release.id))
    require_correctable(session, release=release, by=by)
    if not (proposal.reorganised or proposal.withheld or proposal.turned):
        raise RefusedError(_("Välj vad som ska rättas."))
    if not proposal.reason.strip():
        raise RefusedError(_("Skriv varför resultatet rättas."))
    made = Correction(
        release_id=release.id,
        author_id=by,
        reason=proposal.reason,
        reorganised=proposal.reorganised,
        moved=dict(proposal.moved) if proposal.reorganised else {},
        withheld=sorted(proposal.withheld),
        turned=[list(turn) for turn in proposal.turned],
    )
    session.add(made)
    session.flush()
    return made


def withdraw(session: Session, *, correction: Correction, by: UUID) -> None:
    """Take one's own proposal back, also when it was approved but has got stuck."""
    if by != correction.author_id:
        raise RefusedError(_("Bara den som har föreslagit rättelsen kan ta tillbaka den."))
    _hold_idle(session, correction)
    _decide(session, correction, S.WITHDRAWN, by)


def decline(session: Session, *, correction: Correction, by: UUID, reason: str) -> None:
    """Say no to a proposal, with a reason, also when it was approved but has got stuck. By
    somebody else than who proposed it.
    """
    _require_other(correction, by)
    _hold_idle(session, correction)
    if not reason.strip():
        raise RefusedError(_("Skriv varför rättelsen inte ska göras."))
    correction.answer = reason.strip()
    _decide(session, correction, S.DECLINED, by)


def approve(session: Session, *, correction: Correction, by: UUID) -> None:
    """Have the corrected result made and published. By somebody else than who proposed it. Again,
    where the making has got stuck, it is begun anew. Raises RefusedError where the round was
    archived since. The caller commits.
    """
    _require_other(correction, by)
    steps.check(session, round_=_round_of(session, correction.release_id), action=Action.CORRECT)
    _hold(session, correction, UNDER_WAY)
    key, duty = remaking.key(correction.id), {"correction_id": str(correction.id)}
    if outbox.put_again(session, kind=remaking.KIND, key=key, payload=duty):
        _decide(session, correction, S.APPROVED, by)


def _round_of(session: Session, release_id: UUID) -> Round:
    return session.get_one(Round, session.get_one(Release, release_id).round_id)


def _require_other(correction: Correction, by: UUID) -> None:
    if by == correction.author_id:
        raise RefusedError(_("Den som har föreslagit rättelsen kan inte avgöra den. Be en annan."))


def _hold_idle(session: Session, correction: Correction) -> None:
    """Hold one that nobody has decided, or whose making has got stuck."""
    _hold(session, correction, UNDER_WAY)
    stopped = has_stopped(correction, progress(session, correction=correction))
    if correction.state is S.APPROVED and not stopped:
        raise RefusedError(_("Rättelsen granskas redan av programmet."))


def _hold(session: Session, correction: Correction, states: Collection[CorrectionState]) -> None:
    session.flush()
    session.refresh(correction, with_for_update=True)
    if correction.state not in states:
        raise IllegalTransitionError(_("Rättelsen är redan avgjord."))


def _decide(session: Session, correction: Correction, state: CorrectionState, by: UUID) -> None:
    correction.state = state
    correction.decided_by_id, correction.decided_at = by, now()
    session.add(correction)
    session.flush()
