"""Making a round ready for sealed answers: its keys, the length of its ballots, its manifest."""

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core import answers, questionnaire
from dialog.core.ballots import manifest, sealing
from dialog.core.errors import RefusedError
from dialog.settings import Settings
from dialog.surveys import client_script, keys
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import KeyHolder, Round


def prepare(session: Session, *, round_: Round, settings: Settings) -> None:
    """Make the keys and the manifest of `round_`, whose questionnaire is frozen. The caller
    commits. Doing it again changes nothing. The platform's layer is the innermost; around it lie
    those of the trustees, in the order of their places.

    Raises RefusedError if the answers can get too long or a trustee has no key, and LostKeyError
    if there is a manifest but its keys are gone.
    """
    if round_.manifest:
        keys.ballot_key(settings, round_id=round_.id)
        keys.token_key(settings, round_id=round_.id)
        return
    form = questionnaire.load(round_.questionnaire)
    length = answers.longest(form)
    if length > sealing.MAX_LENGTH:
        raise RefusedError(
            _(
                "Svaren kan bli för långa för att krypteras lika stora (%(length)s av högst"
                " %(most)s byte). Ta bort fritextfrågor eller gör dem kortare.",
                length=length,
                most=sealing.MAX_LENGTH,
            )
        )
    around = _around(session, round_)
    keys.make(settings, round_id=round_.id)
    ballot = keys.ballot_key(settings, round_id=round_.id)
    token = keys.token_key(settings, round_id=round_.id)
    round_.length = length
    round_.script = client_script.keep(settings)
    round_.manifest = manifest.dump(
        manifest.Manifest(
            round_id=round_.id,
            token_key=manifest.spki(token.public_key()),
            holders=(sealing.public_bytes(ballot.public_key()), *around),
            questionnaire=questionnaire.digest(form),
            script=round_.script,
            k=round_.k,
            length=length,
            box=settings.box_url,
            languages=form.languages,
        )
    )
    session.add(round_)


def _around(session: Session, round_: Round) -> tuple[bytes, ...]:
    """The trustees' keys, the one next to the platform's first."""
    if round_.key_holder is not KeyHolder.TRUSTEES:
        return ()
    trustees = trustees_of(session, round_id=round_.id)
    if not trustees or not all(each.public_key for each in trustees):
        raise RefusedError(
            _("Alla nyckelhållare har inte gjort sin nyckel. Omgången kan inte öppna.")
        )
    return tuple(each.public_key for each in trustees)
