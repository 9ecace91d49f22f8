"""What the pages of documents know: whose they are, and what the one who looks may do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar, cast
from uuid import UUID

from flask import abort, current_app, redirect, render_template
from flask_babel import gettext as _

from dialog.core.documents.kinds import UnfitError
from dialog.documents import forgetting, queries, taking, words
from dialog.documents.forms import FileForm, FilesField
from dialog.documents.places import Place, Rights, place_of
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.people.signing_in import actor, me
from dialog.settings import Settings
from dialog.web import limits
from dialog.web.database import let_go, session
from dialog.web.forms import refuse

UPLOADS = "120 per hour"
T = TypeVar("T")
NUMBER = 2**31 - 1  # of a version, at most: what the database's column holds


@dataclass(frozen=True)
class Of:
    """Something that has documents, as the one who looks stands to it."""

    about: str
    about_id: UUID
    place: Place
    rights: Rights

    def render(self, template: str, **facts: Any) -> str:
        """A page with where one is, and what the documents are of."""
        return render_template(
            template,
            of=self,
            trail=self.place.trail(session(), self.about_id),
            thing=self.place.title(session(), self.about_id),
            words=words,
            **facts,
        )

    @property
    def by(self) -> UUID | None:
        """Who is named beside what is handed in or taken away."""
        return None if self.rights.nameless else me()

    def changed(self) -> None:
        """What follows from a change, in its transaction."""
        if self.rights.draft:
            forgetting.forget_earlier(session(), about=self.about, about_id=self.about_id)
        self.place.changed(session(), self.about_id)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def of(about: str, about_id: UUID, *, change: bool = False, hand_in: bool = False) -> Of:
    """The thing, for somebody who sees its documents, or may change them or hand in; else it is not
    there.
    """
    place = place_of(about) or abort(404)
    rights = place.rights(session(), about_id, actor())
    if not rights.see or (change and not rights.change) or (hand_in and not rights.hand_in):
        abort(404)
    return Of(about, about_id, place, rights)


def existing(
    document_id: UUID, number: int | None = None, *, change: bool = False, hand_in: bool = False
) -> tuple[Of, Shown]:
    """A document, or one version of it, with what it is of. Who has to pass another page before is
    led there.
    """
    if number is not None and not 1 <= number <= NUMBER:
        abort(404)
    shown = queries.shown(session(), document_id=document_id, number=number) or abort(404)
    found = of(shown.document.about, shown.document.about_id, change=change, hand_in=hand_in)
    if first := found.place.first(session(), shown.document, actor()):
        abort(redirect(first))
    return found, shown


def taken(form: FileForm) -> Taken | None:
    """The file that was sent, in the folder; None if it is not fit, and the form says why. The
    database's lock is given back meanwhile: whoever calls looks up anew what it writes to.
    """
    count()
    let_go()
    given = form.file.data
    try:
        return take(given.stream, given.filename or "", otherwise=_("handling"))
    except UnfitError as unfit:
        refuse(form.file, words.refusal(unfit.fault))
        return None


def taken_all(field: FilesField, *, otherwise: str) -> list[Taken] | None:
    """The files that were sent, as `taken`, by whoever calls counted; None if one is not fit, and
    the field says which and why.
    """
    return read_all(field, lambda stream, name: take(stream, name, otherwise=otherwise))


def read_all(field: FilesField, read: Callable[[BinaryIO, str], T]) -> list[T] | None:
    """The same by a `read` of one's own, of a file and its name. Raises what it does, but not
    UnfitError.
    """
    let_go()
    found = []
    for each in field.given():
        name = each.filename or ""
        try:
            found.append(read(cast("BinaryIO", each.stream), name))
        except UnfitError as unfit:
            refuse(field, f"{name}: {words.refusal(unfit.fault)}")
            return None
    return found


def count() -> None:
    """One more who hands in; see `limits.count`."""
    limits.count(
        "document", str(me()), at_most=UPLOADS,
        sentence=_("Du har lämnat många filer den senaste timmen. Vänta en stund och försök igen."),
    )  # fmt: skip


def take(stream: BinaryIO, name: str, *, otherwise: str) -> Taken:
    """As `taking.take`, into the folder of this server."""
    own = settings()
    return taking.take(
        stream, name=name, otherwise=otherwise, folder=own.documents, scanner=own.scanner
    )
