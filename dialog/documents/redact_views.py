"""The page on which a PDF is redacted: areas are chosen, each with its reason; a copy is made."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _

from dialog.core.documents.kinds import Kind, UnfitError
from dialog.core.errors import RefusedError
from dialog.documents import keeping, redacting
from dialog.documents import page as pages
from dialog.documents.page import Of
from dialog.documents.queries import Shown
from dialog.documents.redact_form import RedactForm
from dialog.people.signing_in import permitted
from dialog.web.database import let_go, session
from dialog.web.forms import status


@permitted("document.own")
def redact(document_id: UUID) -> Any:
    """Each button sends the form: to add, to take away, to turn the page, to be done."""
    of, shown = pages.existing(document_id, change=True)
    number = request.form.get("pa", request.args.get("sida", 1, int), int)
    form = RedactForm()
    if not form.is_of(shown.version.number):
        return _moved(of, shown, form)
    let_go()
    form.offer(_lines(shown, number))
    _press(form, number)
    if "klar" in request.form and form.chosen() and not form.errors:
        return _copy(document_id, shown, form)
    if (turned := request.form.get("sida", number, int)) != number and not form.errors:
        form.offer(_lines(shown, number := turned))
    return _page(of, shown, form, number)


def _page(of: Of, shown: Shown, form: RedactForm, number: int) -> Any:
    page = of.render("documents/redact.html", form=form, shown=shown, number=number)
    return page, status(form)


def _moved(of: Of, shown: Shown, form: RedactForm) -> Any:
    """The form again, on the version that has come since it was shown: nothing is hidden in one
    file where it was seen in another.
    """
    if shown.file.kind is not Kind.PDF or not shown.open:
        raise RefusedError(_("Det har kommit en ny version av filen, och den går inte att maska."))
    let_go()
    number = max(1, min(request.form.get("pa", 1, int), shown.pages))
    form.move(_lines(shown, number))
    return _page(of, shown, form, number)


def _lines(shown: Shown, number: int) -> list[dict[str, Any]]:
    """Those of a page; 404 where there is no such page, or it is not to be had."""
    if shown.file.kind is not Kind.PDF or not shown.open or not 1 <= number <= shown.pages:
        abort(404)
    try:
        return redacting.lines(shown, number, settings=pages.settings())
    except UnfitError:
        abort(404)


def _press(form: RedactForm, number: int) -> None:
    if "bort" in request.form:
        form.take_away(request.form.get("bort", -1, int))
    elif "lagg-till" in request.form or form.filled():
        form.add(number)


def _copy(document_id: UUID, shown: Shown, form: RedactForm) -> Any:
    try:
        taken = redacting.redact(shown, form.chosen(), settings=pages.settings())
    except UnfitError:
        raise RefusedError(
            _("Filen går inte att maska här: den har fler än 30 sidor, eller kan inte ritas om.")
        ) from None
    of, last = pages.existing(document_id, change=True)
    if last.version.number != shown.version.number:
        return _moved(of, last, form)
    made = keeping.add(
        session(), about=of.about, about_id=of.about_id, taken=taken, by=of.by,
        most=of.place.most, copy_of=last.document.copy_of_id or document_id,
    )  # fmt: skip
    of.changed()
    flash(_("Den maskade kopian är tillagd. Läs igenom den innan du tar bort originalet."), "info")
    return redirect(url_for("documents.document", document_id=made.id))
