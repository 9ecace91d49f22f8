"""Pages of whoever handles requests: those that wait, one with all of it, its documents."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.core.requests import OPEN, WORKED
from dialog.diary import queries as diary
from dialog.diary import searching
from dialog.diary.models import Scope
from dialog.diary.searching import Wanted
from dialog.documents import words as document_words
from dialog.people.models import Person
from dialog.people.permissions import may
from dialog.people.signing_in import actor, me, permit, permitted
from dialog.requests import assessing, entering, locating, queries, steps, words
from dialog.requests.forms import AssessForm, ButtonForm, LocateForm
from dialog.requests.models import DisclosureRequest, RequestedDocument
from dialog.requests.queries import Part
from dialog.requests.step_pages import STEPS, Step
from dialog.storage.clock import today
from dialog.web.database import session
from dialog.web.forms import refuse, status

HITS = 10


@permitted("request.handle")
def requests() -> Any:
    waiting = request.args.get("lage") != "besvarade"
    page = request.args.get("sida", 1, int)
    mine = queries.whose(actor())
    found, last = queries.listed(session(), waiting=waiting, page=page, handler_id=mine)
    return render_template(
        "requests/requests.html",
        found=found, waiting=waiting, page=page, last=last, today=today(), words=words,
    )  # fmt: skip


@permitted("request.handle")
def request_(request_id: UUID) -> Any:
    found = existing(request_id)
    parts = queries.parts_of(session(), request=found)
    line = entering.line_of(session(), request=found)
    return render_template(
        "requests/request.html",
        request_=found,
        number=queries.number_of(session(), request=found),
        parts=parts,
        questions=queries.questions_of(session(), request=found),
        history=steps.steps_of(session(), request=found),
        line=line,
        handler=found.handler_id and session().get_one(Person, found.handler_id).name,
        locates=may(actor(), "request.locate"),
        steps=_offered(found),
        open=found.state in OPEN,
        worked=found.state in WORKED,
        today=today(),
        words=words,
        document_words=document_words,
    )


def _offered(found: DisclosureRequest) -> list[tuple[str, Step]]:
    can = steps.can(session(), request=found)
    mine = {slug: step for slug, step in STEPS.items() if may(actor(), step.permission, found)}
    return [(slug, step) for slug, step in mine.items() if step.action in can]


@permitted("request.locate")
def locate(request_id: UUID) -> Any:
    """By a number, or chosen among what a search in the diary finds."""
    found, form = existing(request_id), LocateForm()
    if form.validate_on_submit():
        try:
            locating.locate(session(), request=found, number=form.diary_number, by=me())
        except RefusedError as refused:
            refuse(form.number, refused.sentence)
        else:
            flash(_("Handlingen är framtagen. Pröva den nu."), "info")
            return redirect(url_for("requests.request_", request_id=found.id))
    asked = request.args.get("q", "")[:200]
    page = render_template(
        "requests/locate.html",
        form=form, request_=found, asked=asked, hits=_hits(asked),
        number=queries.number_of(session(), request=found),
    )  # fmt: skip
    return page, status(form)


def _hits(asked: str) -> list[tuple[Any, str]]:
    """Documents that a search finds, with their numbers."""
    if not asked.strip():
        return []
    found = searching.search(session(), wanted=Wanted(text=asked), scope=Scope.ALL, page=1)
    return [
        (line, str(diary.number_of_line(session(), line=line)))
        for line, _matter in found.lines
        if line.document
    ][:HITS]


@permitted("request.locate")
def drop(request_id: UUID, part_id: UUID) -> Any:
    found = existing(request_id)
    if ButtonForm().validate_on_submit():
        locating.drop(session(), request=found, part=_part(found, part_id), by=me())
        flash(_("Handlingen är borttagen ur begäran."), "info")
    return redirect(url_for("requests.request_", request_id=found.id))


@permitted("request.handle")
def assess(request_id: UUID, part_id: UUID) -> Any:
    found, part = part_of(request_id, part_id)
    row, said = part.row, part.said
    form = AssessForm(
        data={
            "verdict": said.verdict and said.verdict.value,
            "copy": str(said.copy_id or ""),
            "paragraph": said.paragraph,
            "reason": said.reason,
        }
    )
    form.offer(queries.copies_of(session(), part=row))
    if form.validate_on_submit():
        assessing.assess(session(), request=found, part=row, said=form.assessment(), by=me())
        flash(_("Prövningen är sparad."), "info")
        return redirect(url_for("requests.request_", request_id=found.id))
    page = render_template(
        "requests/assess.html",
        form=form, request_=found, part=part, document_words=document_words,
        worked=found.state in WORKED,
        number=queries.number_of(session(), request=found),
    )  # fmt: skip
    return page, status(form)


def existing(request_id: UUID, action: str = "request.handle") -> DisclosureRequest:
    """For registrars and its handler; for others there is none."""
    found = session().get(DisclosureRequest, request_id) or abort(404)
    permit(action, found)
    return found


def part_of(request_id: UUID, part_id: UUID) -> tuple[DisclosureRequest, Part]:
    """A request, and a document that it is about, with what was said of it."""
    found = existing(request_id)
    parts = queries.parts_of(session(), request=found)
    return found, next((each for each in parts if each.row.id == part_id), None) or abort(404)


def _part(found: DisclosureRequest, part_id: UUID) -> RequestedDocument:
    row = session().get(RequestedDocument, part_id)
    if row is None or row.request_id != found.id:
        abort(404)
    return row
