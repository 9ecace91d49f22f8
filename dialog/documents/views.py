"""Pages of documents: those of a thing, one to look at, a new version, taking one away."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from dialog.core.documents.kinds import Kind
from dialog.documents import drawing, keeping, queries
from dialog.documents import page as pages
from dialog.documents.forms import FileForm, RemoveForm
from dialog.documents.models import ScanState
from dialog.documents.taking import Taken
from dialog.people.signing_in import permitted
from dialog.web.database import session
from dialog.web.forms import status


@permitted("document.own")
def documents(about: str, about_id: UUID) -> Any:
    """All of a thing, and for those who change them the form to add one."""
    of = pages.of(about, about_id, hand_in=request.method == "POST")
    form = FileForm()
    if form.validate_on_submit() and (taken := pages.taken(form)):
        of = pages.of(about, about_id, hand_in=True)
        keeping.add(
            session(), about=about, about_id=about_id, taken=taken, by=of.by, most=of.place.most
        )
        of.changed()
        flash(_said(taken, _("Handlingen är tillagd.")), "info")
        return redirect(url_for("documents.documents", about=about, about_id=about_id))
    found = queries.documents_of(session(), about=about, about_ids=[about_id])
    page = of.render("documents/documents.html", form=form, documents=found.get(about_id, []))
    return page, status(form)


@permitted("document.own")
def document(document_id: UUID) -> Any:
    """To look at: a picture, or a page of a PDF as a picture with its text."""
    of, shown = pages.existing(document_id, request.args.get("version", None, int))
    number = request.args.get("sida", 1, int)
    if not 1 <= number <= max(1, shown.pages):
        abort(404)
    drawn = shown.viewable and shown.file.kind is Kind.PDF
    return of.render(
        "documents/document.html",
        shown=shown,
        number=number,
        text=drawing.text(shown.file, number, settings=pages.settings()) if drawn else None,
        versions=queries.versions_of(session(), document=shown.document),
    )


@permitted("document.own")
def new_version(document_id: UUID) -> Any:
    of, shown = pages.existing(document_id, hand_in=True)
    form = FileForm()
    if form.validate_on_submit() and (taken := pages.taken(form)):
        of, shown = pages.existing(document_id, hand_in=True)
        new = keeping.renew(session(), document=shown.document, taken=taken, by=of.by)
        of.changed()
        said = _("Den nya versionen är tillagd.") if new else _("Filen är likadan som den förra.")
        flash(_said(taken, said), "info")
        return redirect(url_for("documents.document", document_id=document_id))
    return of.render("documents/new_version.html", form=form, shown=shown), status(form)


@permitted("document.own")
def remove(document_id: UUID) -> Any:
    of, shown = pages.existing(document_id, change=True)
    form = RemoveForm()
    if form.validate_on_submit():
        keeping.remove(session(), document=shown.document, by=of.by)
        of.changed()
        flash(_("Handlingen är borttagen."), "info")
        return redirect(url_for("documents.documents", about=of.about, about_id=of.about_id))
    return of.render("documents/remove.html", form=form, shown=shown), status(form)


def _said(taken: Taken, said: str) -> str:
    later = _("Den går att öppna när den är virusgranskad.")
    return f"{said} {later}" if taken.scan is ScanState.WAITING else said
