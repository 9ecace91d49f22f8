"""What goes for a body from a day on: the times and paragraphs of the law, or of an agreement, and
what the authority wants itself.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.negotiating.agreements import REPLACEABLE, USUAL, Times, under
from dialog.core.negotiating.backwards import Lead
from dialog.core.negotiating.matters import BEGINNINGS
from dialog.core.negotiating.rules import RULES, Event, Paragraph, Rules
from dialog.minutes import writing
from dialog.negotiations.models import MblAgreement, MblMatter, MblStep
from dialog.people import steps
from dialog.storage.clock import STOCKHOLM, today
from dialog.unions.models import BodyKind, UnionBody

Agreements = Mapping[UUID, Sequence[MblAgreement]]
# The column that says whether samverkan under an agreement goes instead of a paragraph.
COLUMNS: Final = {paragraph: f"replaces_{paragraph}" for paragraph in REPLACEABLE}


def agree(session: Session, *, body: UnionBody, said: Mapping[str, Any]) -> MblAgreement:
    """Keep what goes from a day on; `said` are columns of MblAgreement. Raises RefusedError."""
    made = MblAgreement(**{**said, "name": writing.checked(said["name"])}, body_id=body.id)
    steps.hold(session, body)  # a matter that is opened meanwhile waits
    if replaced(made) and body.kind is not BodyKind.COOPERATION:
        raise RefusedError(_("Bara i en samverkansgrupp kan ett avtal gå i stället för lagen."))
    _check_turns_nothing(session, made)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise RefusedError(_("Tider från den dagen finns redan. Välj en annan dag.")) from None
    return made


def replaced(agreement: MblAgreement | None) -> tuple[Paragraph, ...]:
    """The paragraphs that samverkan under it goes instead of."""
    return tuple(
        each for each, column in COLUMNS.items() if agreement and getattr(agreement, column)
    )


def _check_turns_nothing(session: Session, made: MblAgreement) -> None:
    """What is under way changes neither its times nor its order by what is said afterwards: no
    matter is there from the days for which this would go, up to the next agreement.
    """
    said = agreements_of(session, bodies=[made.body_id]).get(made.body_id, ())
    before = agreement_on(said, made.from_day)
    other = [each for each in Paragraph if rules_under(each, made) != rules_under(each, before)]
    until = min((each.from_day for each in said if each.from_day > made.from_day), default=date.max)
    of_body = select(MblMatter.id).where(
        MblMatter.body_id == made.body_id, col(MblMatter.paragraph).in_(other)
    )
    begun = select(MblStep.id).where(
        col(MblStep.matter_id).in_(of_body),
        col(MblStep.action).in_(BEGINNINGS),
        col(MblStep.day) >= made.from_day,
        col(MblStep.day) < until,
    )
    told = of_body.where(
        MblMatter.paragraph == Paragraph.INFORMED,
        col(MblMatter.created_at) >= _midnight(made.from_day),
        col(MblMatter.created_at) < _midnight(until),
    )
    if session.exec(select(sa.or_(begun.exists(), told.exists()))).one():
        raise RefusedError(
            _("I gruppen finns redan ärenden från den dagen, och de byter varken tider eller"
              " ordning. Välj en senare dag.")
        )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), STOCKHOLM)


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


def current(session: Session, *, body: UnionBody) -> MblAgreement | None:
    """What goes for a body today; None: the law, as it is usual."""
    return agreement_on(agreements_of(session, bodies=[body.id]).get(body.id, ()), today())


def rules_under(paragraph: Paragraph, agreement: MblAgreement | None) -> Rules:
    rules = RULES[paragraph]
    if agreement is None:
        return rules
    times = Times(agreement.meet_weeks, agreement.central_days, agreement.central_weeks)
    samverkan = paragraph in replaced(agreement)
    return under(rules, times, source=agreement.name, samverkan=samverkan)


def all_rules(agreement: MblAgreement | None) -> Mapping[Paragraph, Rules]:
    return {each: rules_under(each, agreement) for each in Paragraph}


def rules_for(matter: MblMatter, happened: Mapping[Event, date], agreements: Agreements) -> Rules:
    """Those of the day on which the negotiation was asked for, or the matter raised in the group:
    they do not change under way.
    """
    asked = happened.get(Event.REQUESTED, matter.created_at.astimezone(STOCKHOLM).date())
    return rules_under(matter.paragraph, agreement_on(agreements.get(matter.body_id, ()), asked))


def usual() -> dict[str, int]:
    """What goes without an agreement, as columns of MblAgreement."""
    return {**vars(USUAL), **{f"{what}_days": days for what, days in vars(Lead()).items()}}


def lead_under(agreement: MblAgreement | None) -> Lead:
    if agreement is None:
        return Lead()
    return Lead(
        documents=agreement.documents_days,
        attestation=agreement.attestation_days,
        call=agreement.call_days,
    )
