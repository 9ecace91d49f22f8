"""The page on which a registrar cuts up a batch into its letters, and takes them in."""

from typing import Any, NoReturn
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from dialog.core.documents.kinds import UnfitError
from dialog.core.errors import BusyError, RefusedError
from dialog.diary.models import DiaryAuthority
from dialog.documents import words as document_words
from dialog.documents.queries import Shown
from dialog.documents.sheets import Sheet, sheets
from dialog.people.signing_in import me, permit, permitted
from dialog.submissions.intake import batches, reading
from dialog.submissions.intake.batches import GoneError, Waiting
from dialog.submissions.intake.cut_form import CutForm
from dialog.submissions.intake.views import say_received
from dialog.submissions.page import settings
from dialog.web.database import let_go, session
from dialog.web.forms import status


@permitted("submission.cut")
def cut(batch_id: UUID) -> Any:
    """What is marked is shown as letters first, and taken in when it was seen so."""
    found = _existing(batch_id)
    board = session().get_one(DiaryAuthority, found.batch.authority_id).name
    form = CutForm()
    form.offer(_sheets(found.shown))
    if form.sheets and form.validate_on_submit() and form.was_seen and _taken_in(found, form):
        say_received(len(form.letters))
        return redirect(url_for("submissions.incoming"))
    form.show()
    page = render_template("intake/cut.html", form=form, waiting=found, board=board)
    return page, status(form)


@permitted("submission.cut")
def throw_away(batch_id: UUID) -> Any:
    found = _existing(batch_id)
    batches.throw_away(session(), batch_id=found.batch.id)
    flash(_("Bunten är raderad. Inget brev ur den är mottaget."))
    return redirect(url_for("submissions.take_in"))


def _existing(batch_id: UUID) -> Waiting:
    """For its registrar."""
    try:
        found = batches.existing(session(), batch_id=batch_id)
    except GoneError as gone:
        _lead_away(gone)
    permit("submission.cut", found.batch)
    return found


def _lead_away(gone: GoneError) -> NoReturn:
    """Who comes when it is gone, or cuts it up meanwhile, is told and led to the letters."""
    flash(gone.sentence, "warning")
    abort(redirect(url_for("submissions.incoming")))


def _sheets(shown: Shown) -> list[Sheet]:
    """No sheets where the file waits for a scanner, or cannot be drawn."""
    if not shown.open:
        return []
    let_go()
    try:
        return sheets(shown.file, settings=settings())
    except UnfitError:
        return []


def _taken_in(found: Waiting, form: CutForm) -> bool:
    """All of the letters, or with the form's fault none; what was marked stays."""
    try:
        came = reading.batch(found.shown, form.letters, settings=settings())
        batches.take_in(session(), batch_id=found.batch.id, came=came, by=me())
    except UnfitError as unfit:
        form.refuse(document_words.refusal(unfit.fault))
        return False
    except BusyError:
        form.refuse(
            _("Många filer tas emot just nu. Inget brev är mottaget. Försök igen om en minut.")
        )
        return False
    except GoneError as gone:
        _lead_away(gone)
    except RefusedError as refused:
        form.refuse(refused.sentence)
        return False
    return True
