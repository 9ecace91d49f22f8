"""Pages of whoever keeps the diary: a new matter, a document in it, and a correction."""

from typing import Any, Final

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.errors import RefusedError
from dialog.diary import numbering, queries, registering
from dialog.diary.forms import CorrectForm, CorrectMatterForm, DocumentForm, MatterForm
from dialog.diary.models import DiaryAuthority, Numbering
from dialog.diary.views import existing
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import now, today
from dialog.web.database import session
from dialog.web.forms import status

MOST: Final = 1_000_000  # a document has no higher number


@permitted("diary.keep")
def new_matter() -> Any:
    boards = queries.authorities(session())
    form, problem = MatterForm(), ""
    form.offer(boards)
    if boards and form.validate_on_submit():
        authority = session().get_one(DiaryAuthority, form.authority_id)
        try:
            made = registering.open_matter(
                session(), authority=authority, subject=str(form.subject.data).strip(),
                public_subject=form.public_subject, at=now(), by=me(), entered=form.number,
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            number = numbering.number_of(authority, made)
            flash(_("Ärendet har numret %(number)s. Registrera handlingen nu.", number=number))
            return redirect(url_for("diary.new_document", number=number.slug))
    entered = any(each.numbering is Numbering.ENTERED for each in boards)
    page = render_template(
        "diary/new_matter.html", form=form, problem=problem, boards=boards, entered=entered
    )
    return page, 422 if problem else status(form)


@permitted("diary.keep")
def new_document(number: str) -> Any:
    authority, matter = existing(number)
    form, problem = DocumentForm(arrived_on=today()), ""
    if form.validate_on_submit():
        try:
            line = registering.register(
                session(), authority=authority, matter=matter, facts=form.facts_of(),
                at=now(), by=me(),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            made = numbering.number_of(authority, matter, line.document)
            flash(_("Handlingen har numret %(number)s.", number=made))
            return redirect(url_for("diary.matter", number=number))
    page = render_template(
        "diary/document.html",
        form=form, problem=problem, number=numbering.number_of(authority, matter),
    )  # fmt: skip
    return page, 422 if problem else status(form)


@permitted("diary.keep")
def correct(number: str, document: int) -> Any:
    """A document, or with 0 what the matter as a whole is called."""
    authority, matter = existing(number)
    line = queries.line_of(session(), matter=matter, document=min(document, MOST)) or abort(404)
    kind = CorrectForm if document else CorrectMatterForm
    form, problem = kind(data=kind.stands(line)), ""
    if form.validate_on_submit():
        try:
            registering.correct(
                session(), line=line, facts=form.facts_of(line), why=str(form.why.data).strip(),
                seen=form.saw(), at=now(), by=me(),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
            form.look_at(line)
        else:
            flash(_("Rättelsen är införd. Det som stod förut finns kvar i historiken."))
            return redirect(url_for("diary.matter", number=number))
    page = render_template(
        "diary/correct.html",
        form=form, problem=problem, line=line,
        number=numbering.number_of(authority, matter, document),
    )  # fmt: skip
    return page, 422 if problem else status(form)
