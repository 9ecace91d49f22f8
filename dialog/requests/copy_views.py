"""Pages of masked copies: handing in one that was made elsewhere, and seeing what is left in it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from dialog.core.documents.kinds import UnfitError
from dialog.core.errors import RefusedError
from dialog.core.requests import WORKED
from dialog.documents import cutting, reading
from dialog.documents import page as documents
from dialog.documents import words as document_words
from dialog.documents.forms import FileForm
from dialog.documents.queries import Shown
from dialog.documents.reading import Read
from dialog.documents.taking import Taken
from dialog.people.signing_in import me, permitted
from dialog.requests import copying, queries
from dialog.requests.queries import Part
from dialog.requests.work_views import existing, part_of
from dialog.web.database import let_go, session
from dialog.web.forms import refuse, status

PAGES = 10  # of a copy, on a page of ours


@dataclass(frozen=True)
class Left:
    """What can be read: the pages that are shown, and those of the whole copy to look at."""

    pages: list[Read]
    doubtful: list[Read]

    @property
    def unseen(self) -> list[Read]:
        return [each for each in self.doubtful if each.parts is not None]

    @property
    def unread(self) -> list[int]:
        """The numbers of those that could not be."""
        return sorted({each.number for each in self.pages + self.doubtful if each.parts is None})


@permitted("request.handle")
def hand_in(request_id: UUID, part_id: UUID) -> Any:
    found, part = part_of(request_id, part_id)
    if part.file is None or found.state not in WORKED:
        abort(404)
    form = FileForm()
    if form.validate_on_submit() and (copy_id := _handed_in(form, request_id, part)):
        address = url_for("requests.copy", request_id=found.id, part_id=part_id, copy_id=copy_id)
        return redirect(address)
    page = render_template(
        "requests/hand_in_copy.html",
        form=form, request_=found, part=part, document_words=document_words,
        number=queries.number_of(session(), request=existing(request_id)),
    )  # fmt: skip
    return page, status(form)


@permitted("request.handle")
def copy(request_id: UUID, part_id: UUID, copy_id: UUID) -> Any:
    """What can be read in it, ten pages at a time."""
    found, part = part_of(request_id, part_id)
    shown = copying.copy_of(session(), part=part.row, copy_id=copy_id) or abort(404)
    number = queries.number_of(session(), request=found)
    last = max(1, -(-shown.pages // PAGES))
    at = min(max(1, request.args.get("sida", 1, int)), last)
    return render_template(
        "requests/copy.html",
        request_=found, number=number, part=part, shown=shown, at=at, last=last,
        left=_left(shown, at), worked=found.state in WORKED, searched=reading.SEARCHED,
        per_page=PAGES,
    )  # fmt: skip


def _handed_in(form: FileForm, request_id: UUID, part: Part) -> UUID | None:
    taken = _taken(form, part)
    if taken is None:
        return None
    try:
        made = copying.hand_in(
            session(), request=existing(request_id), part=part.row, taken=taken, by=me()
        )
    except RefusedError as refused:
        refuse(form.file, refused.sentence)
        return None
    return made.id


def _taken(form: FileForm, part: Part) -> Taken | None:
    """A new file of the pages alone: what else a file may hold, or its name say, is not looked for,
    but left.
    """
    assert part.file is not None
    called = f"{document_words.masked(part.file.version.name)}.pdf"
    documents.count()
    let_go()
    given = form.file.data
    try:
        return cutting.pages_alone(
            given.stream, given.filename or "", called=called, settings=documents.settings()
        )
    except UnfitError as unfit:
        refuse(form.file, document_words.refusal(unfit.fault))
        return None


def _left(shown: Shown, at: int) -> Left | None:
    """None where it waits for a scanner, or was infected."""
    if not shown.open:
        return None
    let_go()
    own, first = documents.settings(), (at - 1) * PAGES + 1
    return Left(
        reading.read(shown.file, first, first + PAGES - 1, settings=own),
        reading.doubtful(shown.file, settings=own),
    )
