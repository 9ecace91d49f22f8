"""Taking a step with a plan: a page that says what it means, and a button that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l

from dialog.core.errors import RefusedError
from dialog.followups import approving, page, planning
from dialog.followups.forms import SendBackForm, StepForm
from dialog.followups.states import TRANSITIONS, Action, refusal
from dialog.people.signing_in import me, permit, permitted
from dialog.web.database import session


@dataclass(frozen=True)
class Step:
    """A step as a page: what its button says, what it means, what was done, who may."""

    action: Action
    button: Any
    means: Any
    done: Any
    take: Callable[..., None]
    permission: str = "followup.plan"
    form: type[StepForm] = StepForm
    kind: str = "primary"


STEPS: Final[dict[str, Step]] = {
    "lamna-till-granskning": Step(
        Action.SUBMIT,
        _l("Lämna till granskning"),
        _l("En godkännare som inte har arbetat med planen läser den. Frågorna kopieras nu."),
        _l("Planen är lämnad till granskning."),
        planning.submit,
    ),
    "ta-tillbaka": Step(
        Action.WITHDRAW,
        _l("Ta tillbaka planen"),
        _l("Planen blir ett utkast igen och kan ändras."),
        _l("Planen är ett utkast igen."),
        planning.withdraw,
    ),
    "skicka-tillbaka": Step(
        Action.SEND_BACK,
        _l("Skicka tillbaka planen"),
        _l("Planen blir ett utkast igen. Den som planerar läser vad du skriver."),
        _l("Planen är skickad tillbaka med din kommentar."),
        approving.send_back,
        "followup.approve",
        SendBackForm,
    ),
    "godkann": Step(
        Action.APPROVE,
        _l("Godkänn planen"),
        _l(
            "Ditt godkännande gäller varje möte: för vart och ett görs en omgång precis efter"
            " planen, och den öppnas av sig själv. Allt annat måste godkännas på nytt. En plan som"
            " gällde förut för samma möten avslutas."
        ),
        _l("Planen är godkänd."),
        approving.approve,
        "followup.approve",
    ),
    "avsluta": Step(
        Action.END,
        _l("Avsluta planen"),
        _l("Inga fler omgångar görs efter planen. De möten som har börjat berörs inte."),
        _l("Planen är avslutad."),
        approving.end,
        kind="danger",
    ),
}
SLUGS: Final = {step.action: slug for slug, step in STEPS.items()}


@permitted("followup.see")
def step(plan_id: UUID, slug: str) -> Any:
    chosen = STEPS.get(slug) or abort(404)
    plan = page.existing(plan_id)
    permit(chosen.permission, plan)
    form, problem = chosen.form(), ""
    impossible = plan.state not in TRANSITIONS[chosen.action].before
    if not impossible and form.validate_on_submit():
        try:
            chosen.take(session(), plan=plan, by=me(), **form.given())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(chosen.done), "info")
            return redirect(url_for("followups.plan", plan_id=plan.id))
    if impossible:
        problem = refusal(plan.state, chosen.action).sentence
    shown = {"step": chosen, "form": form, "problem": problem, "impossible": impossible}
    body = render_template("followups/step.html", **shown, **page.of_plan(plan))
    return body, 422 if problem or form.errors else 200
