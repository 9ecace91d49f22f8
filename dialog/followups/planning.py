"""Planning what is asked after meetings: a draft, filled in, and handed to an approver."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import IllegalTransitionError, RefusedError
from dialog.core.questionnaire import Questionnaire, Text, dump
from dialog.followups import steps
from dialog.followups.models import FollowUp, FollowUpHolder, PlanState
from dialog.followups.states import Action
from dialog.people.models import Person
from dialog.surveys.building import saving
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.rounds import choosing
from dialog.surveys.rounds.choosing import Place
from dialog.surveys.rounds.planning import K_DEFAULT, NO_SECRECY, one_line

INSTRUMENT: Final = "efter-motet"
# What those who answer read first, in place of the words to whoever plans.
ABOUT: Final = Text(
    sv="Var du inte med kan du ändå svara. Passar en fråga inte dig väljer du ”Vet ej / inte"
    " aktuellt”.",
    en="If you were not there you can still answer. Where a question does not fit you, choose"
    " “Don't know / not applicable”.",
)
PLANNED: Final = frozenset(
    {
        "sender",
        "message",
        "open_days",
        "remind_after",
        "list_days",
        "unopened_days",
        "rows_days",
        "secrecy_note",
        "assessment_number",
    }
)


def questions() -> Questionnaire:
    """The three questions as they are put now."""
    return all_instruments()[INSTRUMENT].model_copy(update={"description": ABOUT})


def create(session: Session, *, by: UUID, series_id: UUID | None) -> FollowUp:
    """A new draft, with the three questions; after one that was planned before for the same
    meetings it begins with what stood there.
    """
    before = _last(session, series_id=series_id)
    survey = saving.create(session, author_id=by, questionnaire=questions())
    saving.archive(session, survey=survey, archived=True)  # not among those that are built
    plan = FollowUp(
        series_id=series_id,
        author_id=by,
        survey_id=survey.id,
        k=K_DEFAULT,
        **(
            {name: getattr(before, name) for name in PLANNED}
            if before
            else {"secrecy_note": NO_SECRECY}
        ),
    )
    session.add(plan)
    session.flush()
    if before is not None:
        for each in holders_of(session, plan=before):
            values = each.model_dump() | {"followup_id": plan.id}
            session.add(FollowUpHolder(**values))
    steps.keep(session, plan=plan, action=steps.CREATE, by=by)
    return plan


def change(
    session: Session, *, plan: FollowUp, by: UUID, places: Sequence[Place], **values: Any
) -> None:
    """Write down the plan, by the names in PLANNED, and who is to hold keys. Raises RefusedError
    for people who cannot, and for a plan that is no draft.
    """
    steps.hold(session, plan=plan)
    if plan.state is not PlanState.DRAFT:
        raise IllegalTransitionError(
            _("Planen är låst sedan den lämnades till granskning. Gör en ny plan i stället.")
        )
    authors = steps.authors(session, plan=plan) | {by}
    choosing.check(session, places=places, authors=authors)
    for name, value in values.items():
        if name not in PLANNED:
            raise KeyError(name)
        setattr(plan, name, one_line(value) if name == "sender" else value)
    for former in holders_of(session, plan=plan):
        session.delete(former)
    session.flush()
    for number, place in enumerate(places, start=1):
        session.add(FollowUpHolder(followup_id=plan.id, place=number, **vars(place)))
    steps.keep(session, plan=plan, action=steps.CHANGE, by=by)


def submit(session: Session, *, plan: FollowUp, by: UUID) -> None:
    """Hand the plan to an approver. The questions are copied now: what is reviewed is what every
    round asks.
    """
    steps.check(session, plan=plan, action=Action.SUBMIT)
    lacking = missing(session, plan=plan)
    if lacking:
        raise RefusedError(_("Planen är inte färdig för granskning.") + " " + lacking[0])
    plan.questionnaire = dump(questions()).decode()
    steps.take(session, plan=plan, action=Action.SUBMIT, by=by)


def withdraw(session: Session, *, plan: FollowUp, by: UUID) -> None:
    """Take the plan back from review, to change it."""
    steps.take(session, plan=plan, action=Action.WITHDRAW, by=by)


def missing(session: Session, *, plan: FollowUp) -> list[str]:
    """What the plan lacks before it can be reviewed, and still when it is approved."""
    places = holders_of(session, plan=plan)
    people = {who for each in places for who in (each.person_id, each.deputy_id)}
    gone = session.exec(
        select(Person.name).where(col(Person.id).in_(people), col(Person.active).is_(False))
    ).first()
    lacks = {
        _("Skriv vem som står bakom frågorna."): not plan.sender,
        _("Skriv vad som gäller om sekretess."): not plan.secrecy_note,
        _("Skriv konsekvensbedömningens nummer."): not plan.assessment_number,
        _("Välj två eller tre nyckelhållare."): not places,
        _("%(name)s har slutat. Välj någon annan.", name=gone or ""): gone is not None,
    }
    return [str(sentence) for sentence, lacking in lacks.items() if lacking]


def holders_of(session: Session, *, plan: FollowUp) -> Sequence[FollowUpHolder]:
    """By place: the first lies next to the platform's own key."""
    query = select(FollowUpHolder).where(FollowUpHolder.followup_id == plan.id)
    return session.exec(query.order_by(col(FollowUpHolder.place))).all()


def _last(session: Session, *, series_id: UUID | None) -> FollowUp | None:
    query = select(FollowUp).where(col(FollowUp.series_id) == series_id)
    return session.exec(query.order_by(col(FollowUp.created_at).desc())).first()
