"""Pages where the employer's side sends something to the parties, and each gives a receipt."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from dialog.core.errors import RefusedError
from dialog.negotiations import informing
from dialog.negotiations import page as pages
from dialog.negotiations.forms import ButtonForm, SendForm
from dialog.negotiations.models import MblSending
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import now
from dialog.web.database import let_go, session, writing_a_note
from dialog.web.forms import status


@permitted("matter.own")
def send(matter_id: UUID) -> Any:
    shown = pages.existing(matter_id, "matter.keep")
    form, problem = SendForm(), ""
    if form.validate_on_submit():
        try:
            informing.send(
                session(), matter=shown.matter, parties=shown.parties, words=str(form.words.data),
                by=me(),
            )  # fmt: skip
        except RefusedError as refused:
            problem = refused.sentence
        else:
            flash(_("Skickat. Du ser här vilka som har öppnat och noterat det."), "info")
            return redirect(url_for("negotiations.matter", matter_id=matter_id, _anchor="utskick"))
    page = render_template(
        "negotiations/send.html", form=form, problem=problem, **pages.frame(shown)
    )
    return page, 422 if problem else status(form)


@permitted("matter.own")
def sending(matter_id: UUID, sending_id: UUID) -> Any:
    """For an organisation that is a party, the first look is kept as a receipt."""
    shown = pages.existing(matter_id)
    found = _sending(matter_id, sending_id)
    receipt = informing.receipt_of(session(), sending_id=found.id, party=shown.mine)
    page = render_template(
        "negotiations/sending.html", sending=found, receipt=receipt, form=ButtonForm(),
        **pages.frame(shown), **pages.handed_in(shown),
    )  # fmt: skip
    if receipt is not None and receipt.opened_at is None:
        _note_opened(found.id, receipt.party_id)
    return page


@permitted("matter.own")
def note(matter_id: UUID, sending_id: UUID) -> Response:
    shown, party = pages.own_party(matter_id)
    found = _sending(matter_id, sending_id)
    receipt = informing.receipt_of(session(), sending_id=found.id, party=party) or abort(404)
    informing.note(session(), matter=shown.matter, receipt=receipt)
    flash(_("Noterat. Arbetsgivaren ser att er organisation har tagit del av det."), "info")
    return redirect(url_for("negotiations.matter", matter_id=matter_id))


def _sending(matter_id: UUID, sending_id: UUID) -> MblSending:
    found = session().get(MblSending, sending_id)
    return found if found is not None and found.matter_id == matter_id else abort(404)


def _note_opened(sending_id: UUID, party_id: UUID) -> None:
    let_go()  # a request never holds two connections
    with suppress(OperationalError), writing_a_note() as db:  # busy: the next look notes it
        informing.note_opened(db, sending_id=sending_id, party_id=party_id, at=now())
