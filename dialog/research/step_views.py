"""Taking a step with an application: a page that says what it means, and a button that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.people.signing_in import me, permit, permitted
from dialog.research import applying, deciding, ending
from dialog.research import page as pages
from dialog.research.conditions import PARAGRAPHS
from dialog.research.states import TRANSITIONS, Action, refusal
from dialog.research.step_forms import (
    DiaryForm,
    RefuseForm,
    ReportForm,
    SendBackForm,
    StepForm,
    WithdrawForm,
)
from dialog.web.database import session


@dataclass(frozen=True)
class Step:
    """A step as a page. `permission` empty: only who made the application may take it."""

    action: Action
    title: Any
    button: Any
    done: Any
    take: Callable[..., None]
    form: type[StepForm] = StepForm
    permission: str = ""
    kind: str = "primary"


STEPS: Final[dict[str, Step]] = {
    "lamna-in": Step(
        Action.SUBMIT,
        _l("Lämna in ansökan"),
        _l("Lämna in ansökan"),
        _l("Ansökan är inlämnad och registrerad. Du får ett mejl när den är avgjord."),
        applying.submit,
    ),
    "ta-tillbaka": Step(
        Action.WITHDRAW,
        _l("Ta tillbaka ansökan"),
        _l("Ta tillbaka ansökan"),
        _l("Ansökan är återtagen."),
        applying.withdraw,
        WithdrawForm,
        kind="danger",
    ),
    "redovisa": Step(
        Action.REPORT,
        _l("Redovisa vad som blev av uppgifterna"),
        _l("Redovisa"),
        _l("Tack. Det står nu bland uttagen vad som blev av uppgifterna."),
        ending.report,
        ReportForm,
    ),
    "godkann": Step(
        Action.APPROVE,
        _l("Godkänn ansökan"),
        _l("Godkänn ansökan"),
        _l("Du har godkänt ansökan."),
        deciding.approve,
        permission="application.approve",
    ),
    "begar-komplettering": Step(
        Action.SEND_BACK,
        _l("Begär en komplettering"),
        _l("Skicka tillbaka ansökan"),
        _l("Ansökan är tillbaka hos den som ansöker, som har fått ett mejl."),
        deciding.send_back,
        SendBackForm,
        permission="application.approve",
    ),
    "avsla": Step(
        Action.REFUSE,
        _l("Avslå ansökan"),
        _l("Avslå ansökan"),
        _l("Ansökan är avslagen. Den som ansöker har fått ett mejl."),
        deciding.refuse,
        RefuseForm,
        permission="application.approve",
        kind="danger",
    ),
    "diarienummer": Step(
        Action.DIARY,
        _l("Skriv in diarienumret"),
        _l("Spara"),
        _l("Diarienumret är sparat."),
        deciding.note_diary_number,
        DiaryForm,
        permission="application.register",
    ),
}


def _back(step: Step, application_id: UUID) -> str:
    """To the application; whoever has sent it back sees it no more while it is a draft."""
    if step.action is Action.SEND_BACK:
        return url_for("research.applications")
    return url_for("research.application", application_id=application_id)


@permitted("application.see")
def step(application_id: UUID, slug: str) -> Any:
    step = STEPS.get(slug) or abort(404)
    subject = pages.visible(application_id)
    if step.permission:
        permit(step.permission, subject)
    elif subject.author_id != me():
        abort(404)
    form, problem = step.form(subject), ""
    impossible = subject.state not in TRANSITIONS[step.action].before
    if not impossible and form.validate_on_submit():
        try:
            step.take(session(), application=subject, by=me(), **form.given())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(step.done), "info")
            return redirect(_back(step, application_id))
    if impossible:
        problem = refusal(subject.state, step.action).sentence
    page = render_template(
        "research/step.html",
        step=step,
        slug=slug,
        form=form,
        problem=problem,
        impossible=impossible,
        paragraphs=PARAGRAPHS,
        needed=deciding.NEEDED,
        **pages.facts(subject),
    )
    return page, 422 if problem or form.errors else 200
