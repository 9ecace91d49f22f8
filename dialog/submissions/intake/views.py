"""The page where a registrar takes in what came on paper or by mail: all of it or nothing. A batch
waits until it is cut up.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from dialog.core.errors import RefusedError
from dialog.diary import queries as diary
from dialog.documents import page as documents
from dialog.people.signing_in import me, permitted
from dialog.storage.clock import today
from dialog.submissions.handling import page as pages
from dialog.submissions.intake import batches, entering, reading
from dialog.submissions.intake.forms import TakeInForm
from dialog.submissions.intake.reading import Came
from dialog.submissions.page import settings
from dialog.web.database import session
from dialog.web.forms import refuse, status


@permitted("submission.register")
def take_in() -> Any:
    boards = diary.authorities(session())
    form = TakeInForm(arrived_on=today())
    form.offer(boards)
    if boards and form.validate_on_submit():
        done = _batch(form) if form.batch.data else _letters(form)
        if done is not None:
            return done
    page = render_template(
        "intake/take_in.html", form=form, boards=boards, most=batches.PAGES,
        waiting=batches.waiting(session(), person_id=me()),
    )  # fmt: skip
    return page, status(form)


def say_received(number: int) -> None:
    flash(
        ngettext(
            "%(num)s brev är mottaget. För in det i diariet.",
            "%(num)s brev är mottagna. För in dem i diariet.",
            number,
        )
    )


@permitted("submission.register")
def take_up(submission_id: UUID) -> Any:
    """What was set aside waits again, as a letter of its own."""
    found = pages.existing(submission_id)
    try:
        made = entering.take_up(session(), submission=found, by=me())
    except RefusedError as refused:
        flash(refused.sentence, "warning")
        return redirect(url_for("submissions.letter", submission_id=found.id))
    flash(_("Brevet väntar på att diarieföras."))
    return redirect(url_for("submissions.letter", submission_id=made.id))


def _letters(form: TakeInForm) -> Any:
    """Each file is a letter. None if they are not taken in, and the form says why."""
    came = _read(form)
    if came is None or not _entered(form, came):
        return None
    say_received(len(came))
    return redirect(url_for("submissions.incoming"))


def _batch(form: TakeInForm) -> Any:
    """The file holds several letters, and waits to be cut up. None as of letters."""
    documents.count()
    found = documents.taken_all(form.files, otherwise=_("bunt"))
    try:
        batch = found and batches.keep(
            session(), taken=found[0], authority_id=form.authority_id,
            arrived_on=form.arrived_on.day, by=me(),
        )  # fmt: skip
    except RefusedError as refused:
        refuse(form.files, refused.sentence)
        return None
    return batch and redirect(url_for("submissions.cut", batch_id=batch.id))


def _read(form: TakeInForm) -> list[Came] | None:
    """Each file, in the folder; None if one is not fit, and the form says which and why."""
    documents.count()
    return documents.read_all(form.files, partial(reading.read, settings=settings()))


def _entered(form: TakeInForm, came: Sequence[Came]) -> bool:
    """All of it, or with the form's fault nothing: a page with a fault commits nothing."""
    names = [each.filename for each in form.files.given()]
    if alike := entering.alike(came):
        first, second = (names[place] for place in alike)
        refuse(
            form.files,
            _(
                "%(first)s och %(second)s är exakt lika. Ta bara med den ena.",
                first=first,
                second=second,
            ),
        )
        return False
    for name, each in zip(names, came, strict=True):
        try:
            entering.take_in(
                session(), came=each, authority_id=form.authority_id,
                arrived_on=form.arrived_on.day, by=me(),
            )  # fmt: skip
        except RefusedError as refused:
            refuse(form.files, f"{name}: {refused.sentence}")
            return False
    return True
