"""Taking a step with a meeting: a page that says what it means, and a button that takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlmodel import Session

from dialog.core.errors import RefusedError
from dialog.meetings import agenda, planning, queries, relaying, steps, telling
from dialog.meetings import page as pages
from dialog.meetings.forms import ReasonForm, StepForm
from dialog.meetings.groups import closing
from dialog.meetings.models import ItemState, Meeting
from dialog.meetings.polling import polls
from dialog.meetings.states import SLUGS, TRANSITIONS, Action, refusal
from dialog.people.signing_in import me, permitted
from dialog.web.database import session


@dataclass(frozen=True)
class Step:
    """A step as a page."""

    action: Action
    title: Any
    button: Any
    explains: Any
    done: Any
    take: Callable[..., Any]
    form: type[StepForm] = StepForm
    kind: str = "primary"


def _end(session: Session, *, meeting: Meeting, by: UUID) -> None:
    """Groups and polls finish; what was not reached is tabled, and listed in the next meeting."""
    closing.close(session, meeting=meeting, by=by)
    steps.take(session, meeting=meeting, action=Action.END, by=by)
    polls.close_all(session, meeting=meeting)
    for item in agenda.items_of(session, meeting=meeting):
        if item.state in {ItemState.LISTED, ItemState.ACTIVE}:
            item.state = ItemState.HANDLED if item.state is ItemState.ACTIVE else ItemState.TABLED
            session.add(item)
    session.flush()
    relaying.ask(session, meeting_id=meeting.id)
    following = queries.next_of(session, meeting=meeting)
    if following is not None:
        agenda.carry_over(session, meeting=meeting, to=following)


def _off(step: Callable[..., None]) -> Callable[..., None]:
    """What puts a meeting off or calls it off also closes its polls: nobody votes in it now."""

    def take(session: Session, *, meeting: Meeting, by: UUID, reason: str) -> None:
        step(session, meeting=meeting, by=by, reason=reason)
        polls.close_all(session, meeting=meeting)

    return take


def _simply(action: Action) -> Callable[..., Any]:
    def take(session: Session, *, meeting: Meeting, by: UUID) -> None:
        steps.take(session, meeting=meeting, action=action, by=by)

    return take


STEPS: Final[dict[str, Step]] = {
    SLUGS[Action.INVITE]: Step(
        Action.INVITE,
        _l("Skicka kallelsen"),
        _l("Skicka kallelsen"),
        _l(
            "Alla som är valda får ett mejl med mötet till sin kalender. Den som redan är"
            " kallad får ett mejl bara om något har ändrats."
        ),
        _l("Kallelsen är på väg."),
        telling.invite,
    ),
    SLUGS[Action.POSTPONE]: Step(
        Action.POSTPONE,
        _l("Skjut upp mötet"),
        _l("Skjut upp mötet"),
        _l(
            "Mötet tas bort ur kalendrarna, och de som är kallade får veta varför. När det"
            " finns en ny dag skickar du kallelsen igen."
        ),
        _l("Mötet är uppskjutet."),
        _off(planning.postpone),
        ReasonForm,
    ),
    SLUGS[Action.CANCEL]: Step(
        Action.CANCEL,
        _l("Ställ in mötet"),
        _l("Ställ in mötet"),
        _l(
            "Mötet tas bort ur kalendrarna, och de som är kallade får veta varför. Det går"
            " inte att ångra."
        ),
        _l("Mötet är inställt."),
        _off(planning.cancel),
        ReasonForm,
        kind="danger",
    ),
    SLUGS[Action.BEGIN]: Step(
        Action.BEGIN,
        _l("Börja mötet"),
        _l("Börja mötet"),
        _l("Mötet visas som pågående för alla som är kallade."),
        _l("Mötet pågår."),
        _simply(Action.BEGIN),
    ),
    SLUGS[Action.END]: Step(
        Action.END,
        _l("Avsluta mötet"),
        _l("Avsluta mötet"),
        _l("Punkter som inte togs upp bordläggs och står på dagordningen för seriens nästa möte."),
        _l("Mötet är avslutat."),
        _end,
    ),
    SLUGS[Action.CLOSE]: Step(
        Action.CLOSE,
        _l("Lägg mötet till handlingarna"),
        _l("Lägg mötet till handlingarna"),
        _l("Inget mer kan ändras i mötet."),
        _l("Mötet är lagt till handlingarna."),
        _simply(Action.CLOSE),
    ),
}


@permitted("meeting.own")
def step(meeting_id: UUID, slug: str) -> Any:
    meeting = pages.existing(meeting_id)
    if slug == "kopiera":
        return _copy(meeting)
    step = STEPS.get(slug) or abort(404)
    form, problem = step.form(), ""
    impossible = meeting.state not in TRANSITIONS[step.action].before
    if impossible:
        problem = refusal(meeting.state, step.action).sentence
    elif form.validate_on_submit():
        try:
            step.take(session(), meeting=meeting, by=me(), **form.given())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(str(step.done), "info")
            return redirect(url_for("meetings.meeting", meeting_id=meeting.id))
    page = render_template(
        "meetings/step.html",
        step=step,
        form=form,
        problem=problem,
        impossible=impossible,
        **pages.facts(meeting),
        **pages.running_facts(meeting),
    )
    return page, 422 if problem or form.errors else 200


def _copy(meeting: Meeting) -> Any:
    form = StepForm()
    if form.validate_on_submit():
        made = planning.copy(session(), meeting=meeting, by=me())
        flash(_("Det här är kopian. Den har ingen dag ännu."), "info")
        return redirect(url_for("meetings.plan", meeting_id=made.id))
    return render_template("meetings/copy.html", form=form, meeting=meeting)
