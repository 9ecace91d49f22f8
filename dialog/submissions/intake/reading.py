"""Reading what has come in: a mail with its attachments, or a letter that was scanned,
alone or in a batch.

A mail is taken apart in a process of its own and set as a PDF; what of it is no document that is
taken is named in that PDF. All of it lies in the folder before the database is asked for anything.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from babel.dates import format_datetime
from flask_babel import force_locale
from flask_babel import gettext as _

from dialog.apart import running as apart
from dialog.core.cutting import Letter
from dialog.core.documents import names as file_names
from dialog.core.documents.kinds import UnfitError
from dialog.documents import cutting, taking
from dialog.documents import folder as folders
from dialog.documents import words as document_words
from dialog.documents.queries import Shown
from dialog.documents.taking import Taken
from dialog.settings import Settings
from dialog.storage.clock import STOCKHOLM
from dialog.submissions import papers

MAILS: Final = frozenset({"eml", "msg"})
LONGEST: Final = 300  # signs of a sender or a subject
SHORT: Final = 90  # of a batch's name, before the letter's number
PAPER: Final = "Mejl.pdf"


@dataclass(frozen=True)
class Came:
    """A letter in the folder: `paper` is the letter, `files` what was enclosed; `batch_sha256` is
    of the batch that it was cut out of.
    """

    given_sha256: str
    paper: Taken
    files: tuple[Taken, ...] = ()
    sender: str = ""
    subject: str = ""
    batch_sha256: str | None = None


def is_mail(name: str) -> bool:
    return file_names.ending(file_names.tidy(name)) in MAILS


def read(stream: BinaryIO, name: str, *, settings: Settings) -> Came:
    """A mail by its ending, or a scanned letter. Raises UnfitError; BusyError."""
    if is_mail(name):
        return mail(stream, settings=settings)
    scanned = _taken(stream, name, settings)
    return Came(scanned.given_sha256, scanned, subject=Path(scanned.name).stem[:LONGEST])


def batch(shown: Shown, letters: Sequence[Letter], *, settings: Settings) -> list[Came]:
    """The letters that a batch is cut up into, in order. Raises UnfitError; BusyError."""
    stem = Path(shown.version.name).stem[:SHORT]
    with force_locale("sv"):
        names = [
            str(_("%(name)s, brev %(number)s", name=stem, number=number))
            for number in range(1, len(letters) + 1)
        ]
    cut = cutting.cut(shown.file, letters, [f"{name}.pdf" for name in names], settings=settings)
    return [
        Came(taken.given_sha256, taken, subject=name, batch_sha256=shown.version.given_sha256)
        for taken, name in zip(cut, names, strict=True)
    ]


def mail(stream: BinaryIO, *, settings: Settings) -> Came:
    """Raises UnfitError where it is no mail; BusyError."""
    with folders.receiving(settings.documents) as own:
        given = folders.receive(stream, own / "given")
        told = apart.have("take-apart", given.path, own)
        files, left = [], []
        for number, name in enumerate(told["files"]):
            try:
                with (own / str(number)).open("rb") as file:
                    files.append(_taken(file, name, settings))
            except FileNotFoundError:
                left.append((name, _("Mejlet har för många bilagor.")))
            except UnfitError as unfit:
                left.append((name, document_words.refusal(unfit.fault)))
    at = datetime.fromisoformat(told["at"]).astimezone(STOCKHOLM) if told["at"] else None
    paper = papers.letter(_data(told, at, files, left, given.sha256))
    return Came(
        given.sha256,
        taking.keep_ours(paper, name=PAPER, settings=settings),
        tuple(files),
        told["sender"][:LONGEST],
        told["subject"][:LONGEST],
    )


def _taken(stream: BinaryIO, name: str, settings: Settings) -> Taken:
    return taking.take(
        stream, name=name, otherwise=_("bilaga"),
        folder=settings.documents, scanner=settings.scanner,
    )  # fmt: skip


def _data(
    told: Mapping[str, Any],
    at: datetime | None,
    files: list[Taken],
    left: list[tuple[str, Any]],
    sha256: str,
) -> dict[str, Any]:
    """The mail as paper: who, when and what as it said itself, which nobody has tried. In Swedish,
    for it is the authority's document.
    """
    with force_locale("sv"):
        said = (
            (_("Från"), told["sender"]),
            (_("Till"), told["to"]),
            (_("Skickat"), format_datetime(at, "d MMMM y 'kl.' HH.mm", locale="sv") if at else ""),
        )
        notes = [_("Mejlets eget avtryck (SHA-256): %(sha256)s.", sha256=sha256)]
        if told["more"]:
            notes.append(_("Mejlet har %(number)s bilagor till.", number=told["more"]))
        if told["cut"]:
            notes.append(_("Texten är längre än vad som får plats här. Resten står i mejlet."))
        return {
            "language": "sv",
            "kind": _("E-post"),
            "title": told["subject"] or _("Utan rubrik"),
            "facts": [(name, fact) for name, fact in said if fact],
            "blocks": list(_paragraphs(told["text"])),
            "signed_title": "",
            "signed": [],
            "files_title": _("Bilagor"),
            "files": [(each.name, each.given_sha256) for each in files]
            + [(name, _("Inte med: %(why)s", why=why)) for name, why in left],
            "note": " ".join(notes),
        }


def _paragraphs(text: str) -> Iterator[dict[str, Any]]:
    """As it was typed: in a mail a sign at the beginning of a line means nothing."""
    for part in text.split("\n\n"):
        lines = [line.rstrip() for line in part.strip("\n").split("\n")]
        spans = [{"text": line, "marks": []} for line in lines]
        breaks: list[dict[str, Any]] = [{"text": "\n", "marks": []}] * len(spans)
        joined = [each for pair in zip(spans, breaks, strict=True) for each in pair][:-1]
        if any(lines):
            yield {"kind": "paragraph", "spans": [each for each in joined if each["text"]]}
