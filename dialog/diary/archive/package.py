"""A package for the archive: the XML, its schema and every file, in a folder that tells whether it
is whole (BagIt, RFC 8493). There is a complete package or none.
"""

import secrets
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.core.diary.chain import Head
from dialog.core.diary.numbers import DiaryNumber
from dialog.core.documents.kinds import RULES
from dialog.core.errors import RefusedError
from dialog.diary import numbering, verifying
from dialog.diary.archive import matters
from dialog.diary.archive.listing import SCHEMA, Attached, Files, Listing
from dialog.diary.models import DiaryAuthority
from dialog.documents import folder as folders
from dialog.documents.folder import Received
from dialog.documents.queries import Shown
from dialog.storage.clock import STOCKHOLM
from dialog.storage.private import own_folder

DATA: Final = "data"
LISTING: Final = "arendehantering.xml"
FILES: Final = "filer"
MANIFEST: Final = "manifest-sha256.txt"


@dataclass
class Package:
    """A package, and how much is in it: `left_out` are files that a virus scanner holds or removed.
    `size` is in bytes.
    """

    folder: Path
    manifest: TextIO
    matters: int = 0
    documents: int = 0
    files: int = 0
    left_out: int = 0
    size: int = 0

    def note(self, kept: Received) -> None:
        """Write down the hash of a file that lies in the package."""
        name = kept.path.relative_to(self.folder).as_posix()
        self.manifest.write(f"{kept.sha256}  {name}\n")
        self.size += kept.size
        self.files += 1


def deliver(
    session: Session,
    *,
    authority: DiaryAuthority,
    year: int,
    into: Path,
    documents: Path,
    at: datetime,
) -> Package:
    """All matters of `year` into a new folder in `into`; `documents` is where files are kept.
    Raises RefusedError.
    """
    final = into / f"{authority.letters}-{year}"
    if final.exists():
        raise RefusedError(_("%(folder)s finns redan. Flytta den först.", folder=final))
    draft = into / f".{final.name}.{secrets.token_hex(8)}"
    own_folder(draft / DATA)  # it holds what is withheld from everybody
    try:
        with (draft / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
            package = Package(draft, manifest)
            head = verifying.head(session, authority=authority)
            _fill(session, package, authority=authority, year=year, documents=documents)
        _sign(package, authority=authority, name=final.name, head=head, at=at)
        draft.rename(final)
    finally:
        if draft.exists():
            shutil.rmtree(draft)
    package.folder = final
    return package


def _fill(
    session: Session, package: Package, *, authority: DiaryAuthority, year: int, documents: Path
) -> None:
    data = package.folder / DATA
    with (data / LISTING).open("wb") as out, Listing(out) as listing:
        for whole in matters.of_year(session, authority=authority, year=year):
            number = numbering.number_of(authority, whole.matter)
            files = {
                line.id: _files(package, whole.files.get(line.id, ()),
                                number.of_document(line.document), documents)
                for line in whole.documents
            }  # fmt: skip
            listing.add(whole, number, files)
            package.matters += 1
            package.documents += len(whole.documents)
    if not package.matters:
        raise RefusedError(_("Inga ärenden har nummer från det året."))
    shutil.copyfile(SCHEMA, data / SCHEMA.name)
    package.note(folders.measure(data / LISTING))
    package.note(folders.measure(data / SCHEMA.name))


def _files(package: Package, shown: Sequence[Shown], number: DiaryNumber, documents: Path) -> Files:
    """Copy a document's files into the package, each under the document's number."""
    attached = []
    for place, each in enumerate((each for each in shown if each.open), 1):
        rule = RULES[each.file.kind]
        slug = f"{number.slug}-{number.document}"
        path = package.folder / DATA / FILES / number.slug / f"{slug}-{place}.{rule.endings[0]}"
        package.note(_copy(each, path, documents))
        link = path.relative_to(package.folder / DATA).as_posix()
        attached.append(
            Attached(each.version.name, link, each.file.size, rule.media_type, each.file.sha256)
        )
    left_out = [each.version.name for each in shown if not each.open]
    package.left_out += len(left_out)
    return Files(attached, left_out)


def _copy(shown: Shown, path: Path, documents: Path) -> Received:
    """Put a file at `path`, and see that it is still the one that was handed in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with folders.path_of(documents, shown.file.sha256).open("rb") as file:
            copied = folders.receive(file, path, most=sys.maxsize)
    except FileNotFoundError:
        copied = None
    if copied is None or copied.sha256 != shown.file.sha256:
        raise RefusedError(
            _("En fil saknas eller är skadad: %(name)s. Kör dialog files check.", name=path.name)
        )
    return copied


def _sign(
    package: Package, *, authority: DiaryAuthority, name: str, head: Head, at: datetime
) -> None:
    """What the package is, where its diary stood, and the hashes of all that tells about it."""
    about = {
        "Source-Organization": authority.name,
        "External-Identifier": name,
        "Bagging-Date": at.astimezone(STOCKHOLM).date().isoformat(),
        "Payload-Oxum": f"{package.size}.{package.files}",
        "Diary-Head": f"{head.position} {head.digest.hex()}",
    }
    signed = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{label}: {said}\n" for label, said in about.items()),
    }
    for each, text in signed.items():
        (package.folder / each).write_text(text, encoding="utf-8", newline="\n")
    hashes = (f"{folders.measure(package.folder / each).sha256}  {each}\n"
              for each in (*signed, MANIFEST))  # fmt: skip
    tags = package.folder / "tagmanifest-sha256.txt"
    tags.write_text("".join(hashes), encoding="utf-8", newline="\n")
