"""A matter is opened: by the employer's side, or by an organisation that asks for a negotiation."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating import events
from dialog.core.negotiating.matters import REQUEST, REQUEST_RECORDED, State
from dialog.core.negotiating.rules import Event, Paragraph
from dialog.minutes import writing
from dialog.negotiations import queries, telling
from dialog.negotiations.models import MblMatter, MblParty
from dialog.negotiations.parties import Party
from dialog.negotiations.steps import STEPS
from dialog.people import steps
from dialog.storage.clock import today
from dialog.unions.models import UnionBody, UnionOrganisation


@dataclass(frozen=True)
class Facts:
    """What is said of a matter."""

    title: str
    background: str = ""
    decision_on: date | None = None


def open_matter(
    session: Session,
    *,
    body: UnionBody,
    paragraph: Paragraph,
    facts: Facts,
    organisations: Collection[UUID],
    asked_by: UUID | None,
    day: date,
    by: UUID | None,
) -> MblMatter:
    """`asked_by` is an organisation, None the employer; `organisations` are the parties beside the
    employer; `day` is when the counterpart received the request. `by` is who wrote it down for the
    employer, None if an organisation did: then what it wrote is the request, and counts from today.
    Sent twice it is opened once. Raises RefusedError.
    """
    parties = set(organisations) | ({asked_by} if asked_by else set())
    if not parties:
        raise RefusedError(_("Välj minst en organisation som är part."))
    if (asked_by is None) is (paragraph is Paragraph.UNION_ASKS):
        raise RefusedError(
            _("Det som hör till 12 § tas upp av en organisation, det övriga av arbetsgivaren.")
        )  # fmt: skip
    if day > today():
        raise RefusedError(_("Dagen har inte kommit än. Skriv en dag som har varit."))
    if by is None and day < today():
        raise RefusedError(_("Det ni skriver är begäran. Den räknas från den dag ni skriver den."))
    informs = paragraph is Paragraph.INFORMED
    facts = checked(facts)
    steps.hold(session, body)
    known = _same(session, body=body, paragraph=paragraph, facts=facts, asked_by=asked_by, day=day)
    if known is not None:
        return known
    matter = MblMatter(
        **vars(facts),
        body_id=body.id,
        paragraph=paragraph,
        state=State.PREPARED if informs else State.REQUESTED,
    )
    session.add(matter)
    session.flush()
    rows = [MblParty(matter_id=matter.id, asked=asked_by is None)]
    rows += [
        MblParty(matter_id=matter.id, organisation_id=each, asked=each == asked_by)
        for each in sorted(parties)
    ]
    session.add_all(rows)
    session.flush()
    asker = next(each for each in rows if each.asked)
    if not informs:
        action = REQUEST_RECORDED if asked_by and by else REQUEST
        person = None if asked_by else by
        STEPS.keep(session, matter, action, by=person, party_id=asker.id, day=day)
        asked = Party(asker, session.get(UnionOrganisation, asked_by) if asked_by else None)
        telling.tell(session, matter=matter, of=asked, occasion=f"opened:{matter.id}")
    return matter


def _same(
    session: Session,
    *,
    body: UnionBody,
    paragraph: Paragraph,
    facts: Facts,
    asked_by: UUID | None,
    day: date,
) -> MblMatter | None:
    """One in which nothing has been done yet: the same form, sent twice."""
    asker = (col(MblParty.asked), col(MblParty.organisation_id).is_not_distinct_from(asked_by))
    query = select(MblMatter).where(
        col(MblMatter.id).in_(select(MblParty.matter_id).where(*asker)),
        MblMatter.body_id == body.id,
        MblMatter.paragraph == paragraph,
        MblMatter.title == facts.title,
        MblMatter.background == facts.background,
        col(MblMatter.state).in_([State.REQUESTED, State.PREPARED]),
    )
    found = {each.id: each for each in session.exec(query)}
    taken = queries.taken_in(session, matters=found)
    return next(
        (
            each
            for each in found.values()
            if events.happened(taken[each.id]).get(Event.REQUESTED, day) == day
        ),
        None,
    )


def checked(facts: Facts) -> Facts:
    """As it is kept. Raises RefusedError for what must not be."""
    return replace(
        facts, title=writing.checked(facts.title), background=writing.checked(facts.background)
    )
