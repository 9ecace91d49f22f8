"""Claims: each party writes its own, for itself until it puts the words forward; those are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.matters import LOCAL, State
from dialog.minutes import writing
from dialog.negotiations import telling
from dialog.negotiations.models import MblClaim, MblClaimVersion, MblMatter
from dialog.negotiations.parties import Party
from dialog.people import steps
from dialog.storage.clock import now

LONGEST: Final = 20_000  # characters
WHILE: Final = LOCAL | {State.CENTRAL_REQUESTED}


class OutdatedError(RefusedError):
    """Somebody else of the party has saved the draft since it was read; nothing was saved."""

    def __init__(self, claim: MblClaim) -> None:
        super().__init__(
            _(
                "Någon annan hos er har sparat texten sedan du öppnade den, så din är inte sparad."
                " Båda står här. Skriv ihop dem och spara igen."
            )
        )
        self.claim = claim


@dataclass(frozen=True)
class Shown:
    """A claim as a reader may see it: the words put forward, the first first. The draft is there
    for its own party alone.
    """

    claim: MblClaim
    party: Party
    versions: Sequence[MblClaimVersion]
    own: bool

    @property
    def draft(self) -> str:
        """What the party has written and not put forward; empty for others."""
        last = self.versions[-1].text if self.versions else ""
        return self.claim.draft if self.own and self.claim.draft != last else ""


def claims_of(session: Session, *, parties: Sequence[Party], own: Party | None) -> list[Shown]:
    """Those of each party in its order, the oldest first; not what others have not put forward."""
    by_id = {each.row.id: each for each in parties}
    claims = session.exec(
        select(MblClaim)
        .where(col(MblClaim.party_id).in_(list(by_id)))
        .order_by(col(MblClaim.created_at), col(MblClaim.id))
    ).all()
    versions: dict[UUID, list[MblClaimVersion]] = {}
    query = select(MblClaimVersion).where(
        col(MblClaimVersion.claim_id).in_([each.id for each in claims])
    )
    for version in session.exec(query.order_by(col(MblClaimVersion.number))):
        versions.setdefault(version.claim_id, []).append(version)
    shown = [
        Shown(each, by_id[each.party_id], versions.get(each.id, ()), own=_is(own, each))
        for each in claims
    ]
    order = {each.row.id: at for at, each in enumerate(parties)}
    found = [each for each in shown if each.own or each.versions]
    return sorted(found, key=lambda each: order[each.party.row.id])


def _is(own: Party | None, claim: MblClaim) -> bool:
    return own is not None and own.row.id == claim.party_id


def own_claim(session: Session, *, party: Party, claim_id: UUID) -> MblClaim | None:
    """A claim of that very party; another's is not there."""
    claim = session.get(MblClaim, claim_id)
    return claim if claim is not None and claim.party_id == party.row.id else None


def write(session: Session, *, matter: MblMatter, party: Party, text: str) -> MblClaim:
    """A new draft; the same words sent twice are one. Raises RefusedError."""
    text = _clean(text)
    _check(session, matter)
    same = select(MblClaim).where(
        MblClaim.party_id == party.row.id,
        MblClaim.draft == text,
        col(MblClaim.dropped_at).is_(None),
    )
    known = session.exec(same).first()
    if known is not None:
        return known
    claim = MblClaim(party_id=party.row.id, draft=text)
    session.add(claim)
    session.flush()
    return claim


def save(session: Session, *, matter: MblMatter, claim: MblClaim, edition: int, text: str) -> None:
    """Keep the draft if it still has that edition; the same once more is harmless. Raises
    OutdatedError, RefusedError.
    """
    text = _clean(text)
    _check(session, matter)
    session.refresh(claim, with_for_update=True)
    if claim.dropped_at is not None:
        raise RefusedError(_("Yrkandet är återtaget. Skriv ett nytt."))
    if claim.draft == text:
        return
    if claim.edition != edition:
        raise OutdatedError(claim)
    claim.draft, claim.edition = text, claim.edition + 1
    session.add(claim)


def put_forward(
    session: Session, *, matter: MblMatter, party: Party, claim: MblClaim, edition: int
) -> None:
    """Show the draft to all parties if it still has that edition; what stood there before is kept.
    Twice is harmless. Raises RefusedError.
    """
    _check(session, matter)
    session.refresh(claim, with_for_update=True)
    last = session.get(MblClaimVersion, (claim.id, claim.number))
    if claim.dropped_at is not None or (last is not None and last.text == claim.draft):
        return
    if claim.edition != edition:
        raise RefusedError(
            _("Någon annan hos er har ändrat utkastet sedan du öppnade sidan. Läs det och lägg fram"
              " det igen.")
        )  # fmt: skip
    claim.number += 1
    session.add_all(
        [claim, MblClaimVersion(claim_id=claim.id, number=claim.number, text=claim.draft)]
    )
    session.flush()
    occasion = f"claim:{claim.id}:{claim.number}"
    telling.tell(session, matter=matter, of=party, occasion=occasion)


def drop(session: Session, *, matter: MblMatter, party: Party, claim: MblClaim) -> None:
    """The party does not want it any more; what was put forward is kept. Twice is harmless."""
    _check(session, matter)
    session.refresh(claim, with_for_update=True)
    claim.dropped_at = claim.dropped_at or now()
    session.add(claim)
    if claim.number:
        telling.tell(session, matter=matter, of=party, occasion=f"claim:{claim.id}:dropped")


def _check(session: Session, matter: MblMatter) -> None:
    steps.hold(session, matter)
    if matter.state not in WHILE:
        raise RefusedError(_("Ärendet är avslutat mellan parterna. Yrkanden kan inte ändras mer."))


def _clean(text: str) -> str:
    text = writing.checked(text, longest=LONGEST).strip()
    if not text:
        raise RefusedError(_("Skriv vad ni yrkar."))
    return text
