"""The times that go for a body: the law's, a local agreement's, and the authority's own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.agreements import Times, under
from dialog.core.negotiating.backwards import Lead
from dialog.core.negotiating.rules import RULES, Event, Paragraph, Rules
from dialog.minutes import writing
from dialog.negotiations.models import MblAgreement, MblMatter
from dialog.unions.models import UnionBody

Agreements = Mapping[UUID, Sequence[MblAgreement]]


def agree(session: Session, *, body: UnionBody, said: Mapping[str, Any]) -> MblAgreement:
    """Keep other times from a day on; `said` are columns of MblAgreement. Raises RefusedError."""
    made = MblAgreement(**{**said, "name": writing.checked(said["name"])}, body_id=body.id)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise RefusedError(_("Tider från den dagen finns redan. Välj en annan dag.")) from None
    return made


def agreements_of(session: Session, *, bodies: Collection[UUID]) -> Agreements:
    """All of each body, the latest first."""
    found: dict[UUID, list[MblAgreement]] = {}
    query = (
        select(MblAgreement)
        .where(col(MblAgreement.body_id).in_(list(bodies)))
        .order_by(col(MblAgreement.from_day).desc())
    )
    for each in session.exec(query) if bodies else ():
        found.setdefault(each.body_id, []).append(each)
    return found


def agreement_on(agreements: Sequence[MblAgreement], day: date) -> MblAgreement | None:
    return next((each for each in agreements if each.from_day <= day), None)


def rules_under(paragraph: Paragraph, agreement: MblAgreement | None) -> Rules:
    rules = RULES[paragraph]
    if agreement is None:
        return rules
    times = Times(agreement.meet_weeks, agreement.central_days, agreement.central_weeks)
    return under(rules, times, source=agreement.name)


def rules_for(matter: MblMatter, happened: Mapping[Event, date], agreements: Agreements) -> Rules:
    """Those of the day on which the negotiation was asked for: they do not change under way."""
    asked = happened.get(Event.REQUESTED, matter.created_at.date())
    return rules_under(matter.paragraph, agreement_on(agreements.get(matter.body_id, ()), asked))


def lead_under(agreement: MblAgreement | None) -> Lead:
    if agreement is None:
        return Lead()
    return Lead(
        documents=agreement.documents_days,
        attestation=agreement.attestation_days,
        call=agreement.call_days,
    )
