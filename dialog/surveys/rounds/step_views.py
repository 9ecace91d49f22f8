"""Taking a step with a round: a page that says what it means, and a button that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.people.signing_in import actor, permit, permitted
from dialog.surveys.models import Round
from dialog.surveys.rounds import approving, inviting, planning, reconciling, steps, university
from dialog.surveys.rounds import page as round_page
from dialog.surveys.rounds.states import TRANSITIONS, Action, refusal
from dialog.surveys.rounds.step_forms import (
    CancelForm,
    CloseForm,
    ExtendForm,
    GiveUpForm,
    PauseForm,
    SendBackForm,
    StepForm,
)
from dialog.surveys.rounds.views import open_round
from dialog.web.database import session


@dataclass(frozen=True)
class Step:
    """A step as a page: what it is called, what its button says, what was done, who may."""

    action: Action
    title: Any
    button: Any
    done: Any
    take: Callable[..., None]
    form: type[StepForm] = StepForm
    permission: str = "round.run"
    kind: str = "primary"


def _approve(session_: Any, *, round_: Round, by: UUID) -> None:
    approving.approve(session_, round_=round_, by=by, settings=round_page.settings())


def _start(session_: Any, *, round_: Round, by: UUID) -> None:
    inviting.start(session_, round_=round_, by=by, settings=round_page.settings())


def _resume(session_: Any, *, round_: Round, by: UUID) -> None:
    reconciling.resume(session_, round_=round_, by=by, settings=round_page.settings())


def _cancel(session_: Any, *, round_: Round, by: UUID, reason: str) -> None:
    reconciling.cancel(
        session_, round_=round_, by=by, reason=reason, settings=round_page.settings()
    )


STEPS: Final[dict[str, Step]] = {
    "lamna-till-granskning": Step(
        Action.SUBMIT,
        _l("Lämna till granskning"),
        _l("Lämna till granskning"),
        _l("Omgången är lämnad till granskning."),
        planning.submit,
        permission="round.submit",
    ),
    "ta-tillbaka": Step(
        Action.WITHDRAW,
        _l("Ta tillbaka från granskning"),
        _l("Ta tillbaka omgången"),
        _l("Omgången är ett utkast igen."),
        planning.withdraw,
        permission="round.submit",
    ),
    "skicka-tillbaka": Step(
        Action.SEND_BACK,
        _l("Skicka tillbaka för ändring"),
        _l("Skicka tillbaka omgången"),
        _l("Omgången är skickad tillbaka med din kommentar."),
        approving.send_back,
        SendBackForm,
        permission="round.approve",
    ),
    "godkann": Step(
        Action.APPROVE,
        _l("Godkänn omgången"),
        _l("Godkänn omgången"),
        _l("Omgången är godkänd och kan öppnas."),
        _approve,
        permission="round.approve",
    ),
    "oppna": Step(
        Action.OPEN,
        _l("Öppna omgången"),
        _l("Öppna omgången nu"),
        _l("Omgången är öppen."),
        _start,
    ),
    "pausa": Step(
        Action.PAUSE,
        _l("Pausa omgången"),
        _l("Pausa omgången"),
        _l("Omgången är pausad."),
        steps.pause,
        PauseForm,
    ),
    "fortsatt": Step(
        Action.RESUME,
        _l("Fortsätt efter pausen"),
        _l("Låt omgången fortsätta"),
        _l("Omgången är öppen igen."),
        _resume,
    ),
    "forlang": Step(
        Action.EXTEND,
        _l("Förläng svarstiden"),
        _l("Förläng svarstiden"),
        _l("Svarstiden är förlängd."),
        steps.extend,
        ExtendForm,
    ),
    "stang": Step(
        Action.CLOSE,
        _l("Stäng omgången"),
        _l("Stäng omgången för gott"),
        _l("Omgången är stängd."),
        steps.close,
        CloseForm,
        kind="danger",
    ),
    "avbryt": Step(
        Action.CANCEL,
        _l("Avbryt omgången"),
        _l("Avbryt omgången för gott"),
        _l("Omgången är avbruten."),
        _cancel,
        CancelForm,
        permission="round.plan",
        kind="danger",
    ),
    "avsluta-ooppnad": Step(
        Action.END,
        _l("Avsluta utan att svaren öppnas"),
        _l("Avsluta omgången för gott"),
        _l("Omgången är avslutad. Svaren raderas utan att ha lästs."),
        steps.give_up,
        GiveUpForm,
        permission="round.approve",
        kind="danger",
    ),
    "arkivera": Step(
        Action.ARCHIVE,
        _l("Arkivera omgången"),
        _l("Arkivera omgången"),
        _l("Omgången är arkiverad."),
        steps.archive,
    ),
}


@permitted("round.see")
def round_review(round_id: UUID) -> Any:
    """Everything that approval freezes, on one page."""
    return render_template("surveys/rounds/review.html", **round_page.facts(open_round(round_id)))


@permitted("round.confirm")
def confirm_questions(round_id: UUID) -> Any:
    """Somebody of the university says that the questions are its own; for others there is no such
    page.
    """
    subject, who = open_round(round_id), actor().person_id
    if who is None or not university.is_university(session(), round_=subject, person_id=who):
        abort(404)
    university.confirm(session(), round_=subject, by=who)
    flash(_("Tack. Frågorna är bekräftade."), "info")
    return redirect(url_for("surveys.round_review", round_id=round_id))


@permitted("round.see")
def round_step(round_id: UUID, slug: str) -> Any:
    step = STEPS.get(slug) or abort(404)
    subject = open_round(round_id)
    permit(step.permission, subject)
    form, problem = step.form(subject), ""
    impossible = subject.state not in TRANSITIONS[step.action].before
    if not impossible and form.validate_on_submit():
        try:
            step.take(session(), round_=subject, by=actor().person_id, **form.given())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(step.done), "info")
            return redirect(url_for("surveys.round", round_id=round_id))
    if impossible:
        problem = refusal(subject.state, step.action).sentence
    page = render_template(
        "surveys/rounds/step.html",
        step=step,
        form=form,
        problem=problem,
        impossible=impossible,
        **round_page.plan(subject),
    )
    return page, 422 if problem or form.errors else 200
