"""Pages of reservations: what documents are handed out under, and that somebody has read it."""

from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, url_for

from dialog.core.errors import RefusedError
from dialog.documents import queries as documents
from dialog.negotiations import page as pages
from dialog.negotiations import places, reserving
from dialog.negotiations.forms import ButtonForm, ReservationForm
from dialog.negotiations.models import MblReservation
from dialog.people.signing_in import me, permitted
from dialog.web.database import session
from dialog.web.forms import status


@permitted("matter.own")
def reserve(matter_id: UUID) -> Any:
    """The words first; then the page where documents under them are added."""
    shown = pages.existing(matter_id, "matter.keep")
    form, problem = ReservationForm(), ""
    if form.validate_on_submit():
        try:
            made = reserving.reserve(
                session(), matter=shown.matter, words=str(form.words.data), by=me()
            )
        except RefusedError as refused:
            problem = refused.sentence
        else:
            about = places.RESERVATION
            return redirect(url_for("documents.documents", about=about, about_id=made.id))
    page = render_template(
        "negotiations/reserve.html", form=form, problem=problem, **pages.frame(shown)
    )
    return page, 422 if problem else status(form)


@permitted("matter.own")
def acknowledge(document_id: UUID) -> Any:
    """What stands before a document: the reservation, and the button that says it was read."""
    found = documents.shown(session(), document_id=document_id) or abort(404)
    if found.document.about != places.RESERVATION:
        abort(404)
    reservation = session().get_one(MblReservation, found.document.about_id)
    (shown, _party), form = pages.own_party(reservation.matter_id), ButtonForm()
    if form.validate_on_submit():
        reserving.acknowledge(session(), document=found.document, person_id=me())
        return redirect(url_for("documents.document", document_id=document_id))
    return render_template(
        "negotiations/acknowledge.html", form=form, document=found, reservation=reservation,
        **pages.frame(shown),
    ), status(form)  # fmt: skip
