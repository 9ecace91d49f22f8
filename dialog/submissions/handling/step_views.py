"""Each step with a letter as a page: what it means, what has to be said, and a button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.core.submissions import HANDLED, TRANSITIONS, Action, State
from dialog.diary import queries as diary
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import now
from dialog.submissions import steps
from dialog.submissions.handling import asking, assigning, forwarding, joining, page, told, words
from dialog.submissions.handling.dispatch import AskByHandForm
from dialog.submissions.handling.forms import (
    AskForm,
    AssignForm,
    ForwardForm,
    JoinForm,
    NoteForm,
    ReasonForm,
)
from dialog.submissions.intake import entering
from dialog.submissions.models import Kind, Submission
from dialog.web.database import session
from dialog.web.forms import status, written

REGISTER, HANDLE = "submission.register", "submission.handle"


@dataclass(frozen=True)
class Step:
    """A step as a page: what its button says, what it means, what was done, who may."""

    actions: tuple[Action, ...]
    button: Any
    means: Any
    done: Any
    form: Callable[[Submission], Any]
    take: Callable[[Submission, Any], object]
    permissions: tuple[str, ...]
    kind: str = "primary"

    def possible(self, state: State) -> bool:
        return any(state in TRANSITIONS[action].before for action in self.actions)


def _assign_form(submission: Submission) -> AssignForm:
    handler = str(submission.handler_id or "")
    form = AssignForm(data={"handler": handler, "promised_on": submission.promised_on})
    form.offer(assigning.handlers(session()))
    if submission.state not in HANDLED:
        del form.reason
    return form


def _assign(submission: Submission, form: AssignForm) -> None:
    assigning.assign(session(), submission=submission, by=me(), **form.given())


def _ask_form(submission: Submission) -> AskForm:
    return AskByHandForm().to(submission) if submission.kind is Kind.MAIL else AskForm()


def _ask(submission: Submission, form: AskForm) -> None:
    steps.check(session(), submission=submission, action=Action.ASK_SUPPLEMENT)
    text = written(form.text)
    dispatch = form.dispatch() if isinstance(form, AskByHandForm) else None
    paper = page.set_paper(submission, title=words.QUESTION, text=text, dispatch=dispatch)
    asking.ask(
        session(), submission=page.existing(submission.id, HANDLE), by=me(),
        text=text, paper=paper, at=now(), dispatch=dispatch,
    )  # fmt: skip


def _close(submission: Submission, form: NoteForm) -> None:
    reason = written(form.reason).strip()
    told.take(session(), submission=submission, action=Action.CLOSE, by=me(), reason=reason)


def _join(submission: Submission, form: JoinForm) -> None:
    assert form.read is not None  # the form was validated
    reason = written(form.reason).strip()
    joining.join(session(), submission=submission, by=me(), number=form.read, reason=reason)


def _forward_form(submission: Submission) -> ForwardForm:
    form = ForwardForm()
    boards = diary.authorities(session())
    form.offer([each for each in boards if each.id != submission.authority_id])
    return form


def _forward(submission: Submission, form: ForwardForm) -> None:
    forwarding.forward(
        session(), submission=submission, by=me(), to=UUID(str(form.to.data)),
        reason=written(form.reason).strip(), at=now(),
    )  # fmt: skip


def _set_aside(submission: Submission, form: ReasonForm) -> None:
    entering.set_aside(
        session(), submission=submission, by=me(), reason=written(form.reason).strip()
    )


STEPS: Final[dict[str, Step]] = {
    "lagg-at-sidan": Step(
        (Action.SET_ASIDE,),
        _l("Lägg åt sidan"),
        _l(
            "För reklam, autosvar och annat som är av ringa betydelse och inte behöver diarieföras"
            " (OSL 5 kap. 1 §). Brevet finns kvar, med vem som lade det åt sidan och varför."
        ),
        _l("Brevet är lagt åt sidan."),
        lambda _submission: ReasonForm(), _set_aside, (REGISTER,),
    ),
    "tilldela": Step(
        (Action.ASSIGN, Action.REASSIGN),
        _l("Tilldela handläggare"),
        _l("Handläggaren ser skrivelsen och påminns innan den lovade dagen."),
        _l("Handläggaren har fått skrivelsen."),
        _assign_form, _assign, (REGISTER,),
    ),
    "komplettering": Step(
        (Action.ASK_SUPPLEMENT,),
        _l("Begär komplettering"),
        _l(
            "Det du skriver förs in i diariet och skickas till dem som har undertecknat. De svarar"
            " här."
        ),
        _l("Frågan är skickad och införd i diariet."),
        _ask_form, _ask, (HANDLE,),
    ),
    "avsluta": Step(
        (Action.CLOSE,),
        _l("Avsluta ärendet"),
        _l("Svaret är skickat, och inget mer ska göras."),
        _l("Ärendet är avslutat."),
        lambda _submission: NoteForm(), _close, (HANDLE, REGISTER),
    ),
    "for-till": Step(
        (Action.JOIN,),
        _l("För till ett annat ärende"),
        _l(
            "Skrivelsen besvaras i det andra ärendet. De som har undertecknat ser svaret där. Det"
            " kan inte ångras."
        ),
        _l("Skrivelsen besvaras i det andra ärendet."),
        lambda _submission: JoinForm(), _join, (HANDLE, REGISTER), "danger",
    ),
    "lamna-over": Step(
        (Action.FORWARD,),
        _l("Lämna över till en annan myndighet"),
        _l(
            "Skrivelsen kommer in till den andra myndigheten och får ett nummer där. De som har"
            " undertecknat får veta det. Det kan inte ångras."
        ),
        _l("Skrivelsen är överlämnad."),
        _forward_form, _forward, (HANDLE, REGISTER), "danger",
    ),
}  # fmt: skip


@permitted("submission.incoming")
def step(submission_id: UUID, slug: str) -> Any:
    chosen = STEPS.get(slug) or abort(404)
    found = page.existing(submission_id, *chosen.permissions)
    form, problem = chosen.form(found), ""
    impossible = not chosen.possible(found.state)
    if "print" in request.form and isinstance(form, AskByHandForm) and form.text.validate(form):
        return page.to_print(found, title=words.QUESTION, text=written(form.text))
    if impossible:
        problem = steps.refusal(found.state, chosen.actions[0]).sentence
    elif form.validate_on_submit():
        try:
            chosen.take(found, form)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(chosen.done), "info")
            return redirect(url_for("submissions.letter", submission_id=submission_id))
    shown = {"step": chosen, "form": form, "problem": problem, "impossible": impossible}
    body = render_template("handling/step.html", **shown, **page.facts(found))
    return body, 422 if problem else status(form)
