"""Writing the text: sections prefilled, saved as typed, nothing on top of what was not seen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.core.attested import plain
from dialog.core.errors import RefusedError
from dialog.core.identity_numbers import has_identity_number
from dialog.minutes import queries, steps
from dialog.minutes.models import Minutes, MinutesSection
from dialog.minutes.places import Line
from dialog.minutes.states import Action
from dialog.storage.clock import now

LONGEST: Final = 50_000  # characters of a section
HEADING: Final = 200


class OutdatedError(RefusedError):
    """Somebody else has saved the section since it was read; nothing was saved."""

    def __init__(self, section: MinutesSection) -> None:
        super().__init__(
            _(
                "Någon annan har sparat det här avsnittet sedan du öppnade det, så din text är inte"
                " sparad. Båda texterna står här. Skriv ihop dem och spara igen."
            )
        )
        self.section = section


def checked(text: str, *, longest: int = LONGEST) -> str:
    """The text as it is kept. Raises RefusedError if it must not be kept."""
    text = plain(text)
    if has_identity_number(text):
        raise RefusedError(
            _("Texten innehåller något som liknar ett personnummer. Ta bort det och spara igen.")
        )
    if len(text) > longest:
        raise RefusedError(
            _("Texten är för lång: högst %(number)s tecken får plats.", number=longest)
        )
    return text


def begin(
    session: Session, *, about: str, about_id: UUID, title: str, lines: Sequence[Line], by: UUID
) -> Minutes:
    """The minutes of a thing: those there are, else new ones with a section for each line."""
    found = queries.minutes_of(session, about=about, about_id=about_id)
    if found is not None:
        return found
    minutes = Minutes(about=about, about_id=about_id, title=title, author_id=by)
    try:
        with session.begin_nested():
            session.add(minutes)
    except IntegrityError:  # somebody else began at the same moment
        found = queries.minutes_of(session, about=about, about_id=about_id)
        if found is None:
            raise
        return found
    bring_in(session, minutes=minutes, lines=lines, by=by)
    steps.keep(session, minutes=minutes, action=steps.BEGIN, by=by)
    return minutes


def bring_in(session: Session, *, minutes: Minutes, lines: Sequence[Line], by: UUID) -> None:
    """Add sections for lines that have none yet, and note what became of the others."""
    steps.check(session, minutes=minutes, action=Action.WRITE)
    there = queries.sections_of(session, minutes=minutes)
    known = {section.source_id: section for section in there if section.source_id}
    position = max((section.position for section in there), default=0)
    for line in lines:
        if line.source_id in known:
            known[line.source_id].outcome = line.outcome
            session.add(known[line.source_id])
        elif line.source_id is not None or not there:
            for part in _parts(line):
                position += 1
                session.add(
                    MinutesSection(
                        **vars(part), minutes_id=minutes.id, position=position, changed_by=by
                    )
                )
    session.flush()


def _parts(line: Line) -> list[Line]:
    """The line, and after it what of its text does not fit into one section."""
    text, *rest = pieces(line.text)
    return [replace(line, text=text), *(Line(line.heading, each) for each in rest)]


def pieces(text: str, *, longest: int = LONGEST) -> list[str]:
    """The text in pieces of at most `longest` characters, cut between paragraphs if possible."""
    if len(text) <= longest:
        return [text]
    cut = text.rfind("\n\n", 1, longest)
    at = cut if cut > 0 else longest
    return [text[:at], *pieces(text[at:].lstrip("\n"), longest=longest)]


def add_section(session: Session, *, minutes: Minutes, heading: str, by: UUID) -> MinutesSection:
    steps.check(session, minutes=minutes, action=Action.WRITE)
    last = sa.select(sa.func.max(col(MinutesSection.position))).where(
        col(MinutesSection.minutes_id) == minutes.id
    )
    section = MinutesSection(
        minutes_id=minutes.id,
        position=int(session.connection().scalar(last) or 0) + 1,
        heading=checked(heading, longest=HEADING),
        changed_by=by,
    )
    session.add(section)
    session.flush()
    return section


def save(
    session: Session,
    *,
    minutes: Minutes,
    section_id: UUID,
    version: int,
    heading: str,
    text: str,
    by: UUID,
) -> MinutesSection:
    """Keep the section if it still has `version`. The same once more is harmless. Raises
    OutdatedError with the section as it is, IllegalTransitionError when nobody writes any more.
    """
    text, heading = checked(text), checked(heading, longest=HEADING).strip()
    if not heading:
        raise RefusedError(_("Skriv en rubrik."))
    steps.check(session, minutes=minutes, action=Action.WRITE)
    section = session.exec(
        select(MinutesSection)
        .where(MinutesSection.id == section_id, MinutesSection.minutes_id == minutes.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if (section.heading, section.text) == (heading, text):
        return section
    if section.version != version:
        raise OutdatedError(section)
    put(session, section=section, heading=heading, text=text, by=by)
    return section


def put(session: Session, *, section: MinutesSection, heading: str, text: str, by: UUID) -> None:
    """Write in a section whose minutes are held."""
    section.heading, section.text = heading, text
    section.version += 1
    section.changed_by, section.changed_at = by, now()
    session.add(section)
    session.flush()


def put_below(
    session: Session, *, minutes: Minutes, section: MinutesSection, text: str, by: UUID
) -> None:
    """Write below what stands in a section that is held; what does not fit there goes into new
    sections with its heading, last.
    """
    below = f"{section.text}\n\n{text}".strip()
    if len(below) <= LONGEST:
        put(session, section=section, heading=section.heading, text=below, by=by)
        return
    for piece in pieces(text):
        added = add_section(session, minutes=minutes, heading=section.heading, by=by)
        put(session, section=added, heading=added.heading, text=piece, by=by)
