"""The files of a release, made once and kept in DIALOG_FILES; they can always be made again."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from sqlmodel import Session, col

from dialog.core.questionnaire import load
from dialog.core.written import audit_json, csv_lines, json_parts, spreads_lines, units_lines
from dialog.results import spreads
from dialog.results.models import Release, ReleaseGroup
from dialog.results.queries import PUBLIC_DEPTH
from dialog.results.rows import each_group
from dialog.storage.files import write_whole

Make = Callable[[Session, Release], Iterable[bytes]]


def folder(files: Path, release: Release) -> Path:
    """Where the files of a release are kept. The digest keeps another one's files apart."""
    return files / "releases" / f"{release.id}-{release.digest[:16]}"


def file(session: Session, *, release: Release, name: str, files: Path) -> Path:
    """The file `name` of FILES, made now if it is not there."""
    path = folder(files, release) / name
    if not path.exists():
        write_whole(path, FILES[name](session, release))
    return path


def digest(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()


def _csv(session: Session, release: Release) -> Iterable[bytes]:
    return csv_lines(each_group(session, release.id), load(release.questionnaire))


def _public(session: Session, release: Release) -> Iterable[bytes]:
    public = each_group(session, release.id, col(ReleaseGroup.depth) <= PUBLIC_DEPTH)
    return csv_lines(public, load(release.questionnaire))


def _units(session: Session, release: Release) -> Iterable[bytes]:
    return units_lines(each_group(session, release.id, col(ReleaseGroup.level) == ""))


def _scales(_session: Session, release: Release) -> Iterable[bytes]:
    return spreads_lines(spreads.of(release), load(release.questionnaire))


def _json(session: Session, release: Release) -> Iterable[bytes]:
    about: dict[str, object] = {
        "title": release.title,
        "sender": release.sender,
        "released": release.released_at.isoformat(timespec="seconds"),
        "responses": release.responses,
        "k": release.k,
        "k_sensitive": release.k_sensitive,
        "sha256_of_release_csv": release.digest,
        "opening": release.opening,
        "audit": release.audit,
        "scales": release.spreads,
    }
    if release.correction:
        about |= {"corrects": str(release.corrects_id), "correction": release.correction}
    units = each_group(session, release.id, col(ReleaseGroup.level) == "")
    return json_parts(about, units, each_group(session, release.id), load(release.questionnaire))


def _audit(_session: Session, release: Release) -> Iterable[bytes]:
    return [audit_json(release.audit, {"release.csv": release.digest})]


def _opening(_session: Session, release: Release) -> Iterable[bytes]:
    return [json.dumps(release.opening, indent=1, ensure_ascii=False).encode() + b"\n"]


def _questionnaire(_session: Session, release: Release) -> Iterable[bytes]:
    return [release.questionnaire.encode()]


FILES: Final[dict[str, Make]] = {
    "release.csv": _csv,
    "public.csv": _public,
    "units.csv": _units,
    "scales.csv": _scales,
    "release.json": _json,
    "audit.json": _audit,
    "opening.json": _opening,
    "questionnaire.json": _questionnaire,
}

# For everybody: no unit below förvaltning is in them.
PUBLIC: Final = frozenset(
    {"public.csv", "scales.csv", "audit.json", "opening.json", "questionnaire.json"}
)
