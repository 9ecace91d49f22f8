"""Sending the text round: each time a version with its hash, which then never changes."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core import attested
from dialog.core.errors import RefusedError
from dialog.minutes import queries, steps, telling, writing
from dialog.minutes.models import Minutes, MinutesState, MinutesVersion
from dialog.minutes.places import Line
from dialog.minutes.states import Action


def circulate(
    session: Session, *, minutes: Minutes, lines: Sequence[Line], by: UUID, reason: str = ""
) -> MinutesVersion:
    """Send the text to its attesters and readers. After an objection it is a new version, which
    everybody attests anew, and `reason` says what was changed. Raises RefusedError.
    """
    steps.check(session, minutes=minutes, action=Action.CIRCULATE)
    if minutes.state is MinutesState.OBJECTED and not reason.strip():
        raise RefusedError(_("Skriv vad du har ändrat efter invändningen, eller varför inget."))
    attesters = queries.attesters_of(session, minutes=minutes)
    if not attesters:
        raise RefusedError(_("Välj först vilka som ska justera."))
    if any(each.gone for each in attesters):
        raise RefusedError(_("En justerare har slutat. Välj någon annan i stället."))
    writing.bring_in(session, minutes=minutes, lines=lines, by=by)
    reason = writing.checked(reason)
    version = new_version(session, minutes=minutes, by=by)
    steps.take(session, minutes=minutes, action=Action.CIRCULATE, by=by, reason=reason)
    telling.ask(session, minutes=minutes, people=[each.person.id for each in attesters])
    return version


def new_version(session: Session, *, minutes: Minutes, by: UUID) -> MinutesVersion:
    """Keep the sections as they are as the next version; earlier attestations count no more."""
    number = minutes.number + 1
    sections = queries.lines_of(session, minutes=minutes)
    version = MinutesVersion(
        minutes_id=minutes.id,
        number=number,
        sections=sections,
        text_hash=attested.digest(minutes.title, number, sections),
        made_by=by,
    )
    session.add(version)
    minutes.number = number
    session.add(minutes)
    session.flush()
    return version
