"""Writing to the authority as one of its staff, by name or without anybody knowing who."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from dialog.core import receipts
from dialog.core.documents.kinds import Fault
from dialog.diary import queries as diary
from dialog.documents import page as documents
from dialog.documents import words as document_words
from dialog.documents.taking import Taken
from dialog.people.signing_in import me, permitted
from dialog.receipts.untraced import untraced
from dialog.submissions import submitting
from dialog.submissions.page import settings
from dialog.submissions.staff import sending
from dialog.submissions.staff.forms import LetterForm, NamedLetterForm
from dialog.web import limits
from dialog.web.database import let_go, session
from dialog.web.forms import status

MOST: Final = "200 per hour"  # from everybody together: there is nobody to count them for


@untraced("submission.send")
def send() -> Any:
    return _page(LetterForm(), author_id=None)


@permitted("submission.send_named")
def send_named() -> Any:
    return _page(NamedLetterForm(), author_id=me())


def _page(form: LetterForm, *, author_id: UUID | None) -> Any:
    """The receipt is the answer to the form: sent again it is the same."""
    boards = diary.authorities(session())
    form.offer(boards)
    if boards and form.validate_on_submit() and (files := _taken(form)) is not None:
        return _sent(form, files, author_id)
    form.ready()
    page = render_template(
        "staff/send.html", form=form, boards=boards, named=author_id is not None,
        grouped=receipts.grouped, whistleblowing=settings().whistleblowing,
        large=document_words.FAULTS[Fault.LARGE],
    )  # fmt: skip
    return page, status(form)


def _taken(form: LetterForm) -> Sequence[Taken] | None:
    """The files, in the folder; None if one is not fit, and the form says which and why."""
    limits.count(
        "letter", "", at_most=MOST,
        sentence=_("Många har skickat den senaste timmen. Vänta en stund och skicka igen."),
    )  # fmt: skip
    return documents.taken_all(form.files, otherwise=_("bilaga"))


def _sent(form: LetterForm, files: Sequence[Taken], author_id: UUID | None) -> Any:
    letter = form.letter(author_id=author_id)
    data = sending.paper_data(session(), letter, files)
    let_go()
    asked, paper = form.asked(), submitting.set_letter(data, settings=settings())
    receipt = sending.send(session(), asked=asked, letter=letter, paper=paper, files=files)
    return render_template(
        "staff/sent.html", number=receipt.number, code=asked.code, grouped=receipts.grouped,
        named=author_id is not None,
    )  # fmt: skip
