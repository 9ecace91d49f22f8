"""What a round of a review needs of the university: that it is in the plan, and says so itself."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.core.review import Lack, ReviewPlan, lacks
from dialog.storage.clock import STOCKHOLM
from dialog.surveys import programmes
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import KeyHolder, Round, RoundState, Survey
from dialog.surveys.rounds import steps
from dialog.surveys.rounds.states import Action

CONFIRM: Final = "confirm-questions"  # a step: the university says that the questions are its own


def plan_of(session: Session, *, round_: Round) -> ReviewPlan | None:
    """What the rules of a review look at; None for a round of no review."""
    if round_.programme_id is None:
        return None
    trustees = trustees_of(session, round_id=round_.id)
    kept = [day for day in (round_.keep_rows_until, round_.keep_unit_until) if day is not None]
    return ReviewPlan(
        university=programmes.university(session, programme_id=round_.programme_id),
        author=session.get_one(Survey, round_.survey_id).author_id,
        keys=tuple((each.person_id, each.deputy_id) for each in trustees)
        if round_.key_holder is KeyHolder.TRUSTEES
        else (),
        sub_study=round_.sub_study,
        released_from=round_.released_from,
        closes_on=round_.closes_at.astimezone(STOCKHOLM).date() if round_.closes_at else None,
        kept_until=min(kept, default=None),
    )


def lacking(session: Session, *, round_: Round) -> Iterator[tuple[str, str]]:
    """(part of the plan, sentence) of what must be mended before review."""
    plan = plan_of(session, round_=round_)
    for lack in lacks(plan) if plan is not None else ():
        yield _said(lack)


def _said(lack: Lack) -> tuple[str, str]:
    part, sentence = {
        Lack.SUB_STUDY: ("review", _("Välj vilken delstudie omgången hör till.")),
        Lack.UNIVERSITY: (
            "review",
            _("Ingen är utsedd för lärosätet. Be en administratör skriva in dess personer."),
        ),
        Lack.AUTHOR: (
            "questionnaire",
            _(
                "I en oberoende granskning bestämmer lärosätet frågorna. Enkäten ska vara skriven"
                " av någon av dess personer."
            ),
        ),
        Lack.KEY: (
            "keys",
            _(
                "I en oberoende granskning håller lärosätet en nyckel. Välj en plats där både"
                " nyckelhållaren och ersättaren är dess personer."
            ),
        ),
        Lack.DAY: ("review", _("Skriv den första dag då något resultat får publiceras.")),
        Lack.DAY_TOO_EARLY: (
            "review",
            _("Dagen då resultat får publiceras ska vara efter att omgången har stängt."),
        ),
        Lack.NOT_KEPT: (
            "retention",
            _("Svaren och deras enhet behöver finnas kvar den dag då resultat får publiceras."),
        ),
    }[lack]
    return part, str(sentence)


def confirm(session: Session, *, round_: Round, by: UUID) -> None:
    """Somebody of the university has read the questions that approval freezes. Said again, nothing
    changes. Raises RefusedError, also for anybody else.
    """
    steps.hold(session, round_=round_)
    if not is_university(session, round_=round_, person_id=by):
        raise RefusedError(_("Bara lärosätets personer kan bekräfta frågorna."))
    if round_.state is not RoundState.REVIEW:
        raise RefusedError(_("Frågorna bekräftas när omgången är lämnad till granskning."))
    if not is_confirmed(session, round_=round_):
        steps.keep(session, round_=round_, action=CONFIRM, by=by)


def is_university(session: Session, *, round_: Round, person_id: UUID) -> bool:
    """Whether somebody is of the university, as it is named now."""
    if round_.programme_id is None:
        return False
    return person_id in programmes.university(session, programme_id=round_.programme_id)


def is_confirmed(session: Session, *, round_: Round) -> bool:
    """Whether the questions were confirmed as they stand: since the plan was last handed in, by
    somebody who still is of the university.
    """
    said = steps.last(session, round_=round_, action=CONFIRM)
    handed_in = steps.last(session, round_=round_, action=Action.SUBMIT)
    if said is None or said.person_id is None or handed_in is None or said.at < handed_in.at:
        return False
    return is_university(session, round_=round_, person_id=said.person_id)


def unready(session: Session, *, round_: Round) -> Iterator[str]:
    """What the university must do itself before the round can be approved."""
    if round_.programme_id is not None and not is_confirmed(session, round_=round_):
        yield str(_("Lärosätet har inte bekräftat att frågorna är dess egna."))


def has_part(session: Session, *, round_: Round, person_id: UUID) -> bool:
    """Whether somebody is of the university or has named its people: they do not approve."""
    if round_.programme_id is None:
        return False
    return is_university(session, round_=round_, person_id=person_id) or (
        person_id in programmes.named_by(session, programme_id=round_.programme_id)
    )
