"""Attesting: who is chosen to, their signatures over the text's hash, and objections."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core import attested
from dialog.core.errors import RefusedError
from dialog.minutes import queries, steps, telling, writing
from dialog.minutes.models import Minutes, MinutesAttestation, MinutesAttester, MinutesState
from dialog.minutes.queries import Attester
from dialog.minutes.states import OPEN, WRITTEN, Action, refusal
from dialog.people.keys import secret_file
from dialog.people.models import Account, Person
from dialog.storage.clock import now


def attestation_key(folder: Path) -> bytes:
    """The key of the signatures, from DIALOG_KEYS."""
    return secret_file(folder / "attestation")


def choose(session: Session, *, minutes: Minutes, person_id: UUID, by: UUID) -> None:
    """Choose somebody as an attester; twice is harmless."""
    _hold_open(session, minutes)
    _able(session, person_id)
    row = session.get(MinutesAttester, (minutes.id, person_id))
    if row is None:
        row = MinutesAttester(minutes_id=minutes.id, person_id=person_id, added_by=by)
    elif row.replaced_by is None:
        return
    row.replaced_by, row.replaced_why, row.added_by, row.added_at = None, "", by, now()
    session.add(row)
    session.flush()
    if minutes.state is MinutesState.CIRCULATED:
        telling.ask(session, minutes=minutes, people=[person_id])


def unchoose(session: Session, *, minutes: Minutes, person_id: UUID) -> None:
    """Take somebody off the list while the text is being written."""
    _hold_open(session, minutes)
    if minutes.state not in WRITTEN:
        raise refusal(minutes.state, Action.WRITE)
    row = session.get(MinutesAttester, (minutes.id, person_id))
    if row is not None:
        session.delete(row)
        session.flush()


def replace(
    session: Session, *, minutes: Minutes, gone: Attester, chosen: UUID, reason: str, by: UUID
) -> None:
    """Somebody else attests in the place of one who has left, or whose mandate has ended (`gone`);
    why is kept. Raises RefusedError.
    """
    reason = writing.checked(reason).strip()
    if not reason:
        raise RefusedError(_("Skriv varför någon annan justerar."))
    _hold_open(session, minutes)
    row = session.get(MinutesAttester, (minutes.id, gone.person.id))
    if row is None or row.replaced_by is not None:
        raise RefusedError(_("Personen är inte justerare."))
    if not gone.gone:
        raise RefusedError(_("Bara den som inte kan justera längre byts ut."))
    if chosen in {each.person.id for each in queries.attesters_of(session, minutes=minutes)}:
        raise RefusedError(_("Den du valde är redan justerare."))
    row.replaced_by, row.replaced_why = chosen, reason
    session.add(row)
    steps.keep(session, minutes=minutes, action=steps.REPLACE, by=by, reason=reason)
    choose(session, minutes=minutes, person_id=chosen, by=by)


def attest(
    session: Session,
    *,
    minutes: Minutes,
    person_id: UUID,
    number: int,
    key: bytes,
    locked: Callable[[Session, UUID], None],
) -> bool:
    """Sign version `number`, the one that was read. The last of the attesters locks the text, and
    `locked` is told; True if so. Raises RefusedError.
    """
    session.refresh(minutes, with_for_update=True)
    mine = session.get(MinutesAttestation, (minutes.id, number, person_id))
    if mine is not None and number == minutes.number:
        return minutes.state is MinutesState.LOCKED  # sent twice
    steps.check(session, minutes=minutes, action=Action.ATTEST)
    if person_id not in {each.person.id for each in queries.attesters_of(session, minutes=minutes)}:
        raise RefusedError(_("Du är inte vald att justera."))
    version = queries.version_of(session, minutes=minutes)
    if version is None or version.number != number:
        raise RefusedError(
            _("Texten har ändrats sedan du öppnade sidan. Läs den nya versionen innan du justerar.")
        )
    if not queries.is_whole(minutes, version):
        raise RefusedError(_("Texten stämmer inte med sitt avtryck och kan inte justeras."))
    if queries.is_undecided(session, minutes=minutes):
        raise RefusedError(
            _(
                "Det finns ändringsförslag som inte är avgjorda. Vänta med att justera tills de är"
                " det."
            )
        )
    at = now()
    session.add(
        MinutesAttestation(
            minutes_id=minutes.id,
            number=number,
            person_id=person_id,
            text_hash=version.text_hash,
            at=at,
            signature=attested.signature(
                key, text_hash=version.text_hash, what=minutes.id, who=person_id, at=at
            ),
        )
    )
    steps.take(session, minutes=minutes, action=Action.ATTEST, by=person_id)
    if not all(each.attestation for each in queries.attesters_of(session, minutes=minutes)):
        return False
    steps.take(session, minutes=minutes, action=Action.COMPLETE, by=None)
    steps.take(session, minutes=minutes, action=Action.LOCK, by=None)
    locked(session, minutes.about_id)
    return True


def object_(session: Session, *, minutes: Minutes, person_id: UUID, reason: str) -> None:
    """Send the text back with a reason. Attestations count no more when it is sent round again."""
    reason = writing.checked(reason).strip()
    if not reason:
        raise RefusedError(_("Skriv vad du invänder mot."))
    steps.take(session, minutes=minutes, action=Action.OBJECT, by=person_id, reason=reason)


def _hold_open(session: Session, minutes: Minutes) -> None:
    session.flush()
    session.refresh(minutes, with_for_update=True)
    if minutes.state not in OPEN:
        raise refusal(minutes.state, Action.WRITE)


def _able(session: Session, person_id: UUID) -> None:
    person, account = session.get(Person, person_id), session.get(Account, person_id)
    if person is None or not person.active or (account is not None and account.closed):
        raise RefusedError(_("Personen finns inte, eller har inget öppet konto."))
