"""What a representative's pages of letters know, and who may see them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort, current_app

from dialog.core.pointers import Names, marks
from dialog.core.submissions import State
from dialog.diary.models import DiaryAuthority
from dialog.documents import words as document_words
from dialog.documents.queries import Shown as Document
from dialog.minutes import markup
from dialog.people.permissions import may
from dialog.people.signing_in import actor, permit
from dialog.settings import Settings
from dialog.submissions import drafting, letter_files, papers, queries, words
from dialog.submissions.models import Submission
from dialog.submissions.queries import Signer
from dialog.unions import acting
from dialog.unions.queries import Held
from dialog.web.database import session
from dialog.web.i18n import all_of
from dialog.web.typesetting import is_picture, name_of


@dataclass(frozen=True)
class Shown:
    """A letter as those see it who act for one of its organisations."""

    submission: Submission
    board: DiaryAuthority
    held: Held  # the mandate that the reader acts under
    signers: list[Signer]
    senders: list[str]
    letter: Document | None  # where it is a file
    attachments: list[Document]

    @property
    def draft(self) -> bool:
        return self.submission.state is State.DRAFT

    @property
    def writes(self) -> bool:
        """Whether the reader's organisation is the one that writes."""
        return self.held.organisation.id == self.submission.organisation_id

    @property
    def mine(self) -> Signer | None:
        """How the reader's organisation stands, where it is asked to sign."""
        own = self.held.organisation.id
        return next((each for each in self.signers if each.organisation.id == own), None)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def representing() -> Held:
    """The mandate that the reader acts under. Who has one is led to choose it; for others there is
    no such page.
    """
    acting.offer_for()
    return acting.now_acting() or abort(404)


def existing(submission_id: UUID) -> Shown:
    """A letter, for who acts for an organisation that signs it or is asked to; else it is not
    there.
    """
    found = session().get(Submission, submission_id) or abort(404)
    signed = queries.signed(session(), submission=found)
    if not may(actor(), "submission.sign", signed):
        acting.offer_for(signed.signers)
    permit("submission.sign", signed)
    return Shown(
        submission=found,
        board=session().get_one(DiaryAuthority, found.authority_id),
        held=representing(),
        signers=queries.signers_of(session(), submission=found),
        senders=papers.senders(session(), found),
        letter=letter_files.letter_of(session(), found),
        attachments=letter_files.attachments_of(session(), found),
    )


def own_draft(submission_id: UUID) -> Shown:
    """A draft of the reader's own organisation: only that one changes it."""
    shown = existing(submission_id)
    if not shown.draft or not shown.writes:
        abort(404)
    return shown


def facts(shown: Shown) -> dict[str, Any]:
    """What every page of a letter knows of it."""
    return {
        "shown": shown,
        "submission": shown.submission,
        "board": shown.board,
        "words": words,
        "document_words": document_words,
        "render": markup.page,
        "all_of": all_of,
        "version_of": drafting.version_of,
    }


def named(submission: Submission) -> list[str]:
    """The signs that are set as their names, each with that: "😀 [grinning face]"."""
    signs = dict.fromkeys(f"{submission.subject}{submission.body}")
    return [f"{each} {name_of(each)}" for each in signs if is_picture(each)]


def pointed_out(submission: Submission) -> list[str]:
    """What in the text may point somebody out by its form: phone numbers, e-mail addresses."""
    text = f"{submission.subject}\n{submission.body}"
    return [text[mark.start : mark.end] for mark in marks(text, Names())]
