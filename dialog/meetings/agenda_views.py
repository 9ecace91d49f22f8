"""Pages of a meeting's agenda: the whole of it, an item, and what is done with one."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from dialog.core.errors import RefusedError
from dialog.meetings import agenda, agenda_pdf, item_documents
from dialog.meetings import page as pages
from dialog.meetings.forms import ItemForm
from dialog.meetings.item_states import ItemAction
from dialog.meetings.models import AgendaItem, ItemKind, ItemState, Meeting
from dialog.people.signing_in import me, permitted
from dialog.web import downloads
from dialog.web.database import session
from dialog.web.forms import status

Act = Callable[[Meeting, AgendaItem], None]


def _taking(action: ItemAction) -> Act:
    return lambda _meeting, item: agenda.take(session(), item=item, action=action)


def _moving(by: int) -> Act:
    return lambda meeting, item: agenda.move(session(), meeting=meeting, item=item, by=by)


def _place(meeting: Meeting, item: AgendaItem) -> None:
    before = request.form.get("fore", type=UUID)
    agenda.place(session(), meeting=meeting, item=item, before=before)


ACTS: Final[dict[str, Act]] = {
    "upp": _moving(-1),
    "ned": _moving(1),
    "plats": _place,
    "satt-upp": _taking(ItemAction.LIST),
    "ta-tillbaka": _taking(ItemAction.WITHDRAW),
    "borja": _taking(ItemAction.BEGIN),
    "klar": _taking(ItemAction.HANDLE),
    "bordlagg": _taking(ItemAction.TABLE),
    "ta-upp-igen": _taking(ItemAction.REOPEN),
}


@permitted("meeting.own")
def agenda_page(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id, "meeting.see")
    facts = pages.facts(meeting)
    clocks = agenda_pdf.clocks(meeting, facts["items"])
    return render_template("meetings/agenda.html", clocks=clocks, **facts)


@permitted("meeting.own")
def agenda_file(meeting_id: UUID) -> Any:
    meeting = pages.existing(meeting_id, "meeting.see")
    items = agenda.listed(agenda.items_of(session(), meeting=meeting))
    documents = item_documents.of_items(session(), items)
    sent = downloads.paper(agenda_pdf.pdf(meeting, items, documents), _("dagordning"))
    sent.headers["Cache-Control"] = "private, no-store"
    return sent


@permitted("meeting.own")
def new_item(meeting_id: UUID) -> Any:
    """Listed by those who run the meeting, proposed by the others."""
    meeting = pages.existing(meeting_id, "meeting.see")
    facts = pages.facts(meeting)
    form = ItemForm(data={"kind": ItemKind.INFORMATION.value})
    problem = ""
    if form.validate_on_submit():
        proposed = not facts["running"]
        try:
            agenda.add(session(), meeting=meeting, line=form.line(), by=me(), proposed=proposed)
        except RefusedError as refused:
            problem = refused.sentence
        else:
            said = _("Tack. De som håller i mötet bestämmer om punkten tas upp.")
            flash(said if proposed else _("Punkten står sist på dagordningen."), "info")
            return _back(meeting)
    page = render_template("meetings/item.html", form=form, item=None, problem=problem, **facts)
    return page, 422 if problem else status(form)


@permitted("meeting.own")
def item(meeting_id: UUID, item_id: UUID) -> Any:
    meeting, found = _item(meeting_id, item_id)
    form, problem = ItemForm(obj=found, data={"kind": found.kind.value}), ""
    if form.validate_on_submit():
        try:
            agenda.change(session(), item=found, line=form.line())
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Punkten är ändrad."), "info")
            return _back(meeting)
    facts = pages.facts(meeting)
    page = render_template("meetings/item.html", form=form, item=found, problem=problem, **facts)
    return page, 422 if problem else status(form)


@permitted("meeting.own")
def act(meeting_id: UUID, item_id: UUID, what: str) -> Any:
    do = ACTS.get(what) or abort(404)
    meeting, found = _item(meeting_id, item_id, proposer=what == "ta-tillbaka")
    try:
        do(meeting, found)
    except RefusedError as refused:
        flash(refused.sentence, "error")
    return _back(meeting)


def _item(meeting_id: UUID, item_id: UUID, *, proposer: bool = False) -> tuple[Meeting, AgendaItem]:
    """The item, for those who run the meeting; its own proposal also for who proposed it."""
    meeting = pages.existing(meeting_id, "meeting.see")
    found = agenda.item_of(session(), meeting=meeting, item_id=item_id) or abort(404)
    own = proposer and found.proposer_id == me() and found.state is ItemState.PROPOSED
    return (meeting if own else pages.existing(meeting_id)), found


def _back(meeting: Meeting) -> Response:
    leading = request.form.get("till") == "led"  # pressed where the meeting is led
    to = "meetings.lead" if leading else "meetings.agenda_page"
    return redirect(url_for(to, meeting_id=meeting.id))
