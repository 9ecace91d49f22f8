"""The files of a protected release, in a folder: all of them, or none."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dialog.core.disclosure.protection import Protection
from dialog.core.errors import RefusedError
from dialog.core.questionnaire import Questionnaire, Text
from dialog.core.written import audit_json, csv_lines, json_parts, units_lines

_OTHER = Text(
    sv="I mappen {folder} finns redan en annan publicering. Välj en ny mapp, och ange den gamla med"
    " --earlier om det gäller samma svar.",
    en="The folder {folder} already holds another release. Choose a new folder, and name the old"
    " one with --earlier if it is of the same responses.",
)
_NOT_WRITTEN = Text(
    sv="Det går inte att skriva till mappen {folder}: {why}.",
    en="Cannot write to the folder {folder}: {why}.",
)


def write_release(
    folder: Path, protection: Protection, questionnaire: Questionnaire, *, language: str
) -> dict[str, str]:
    """The SHA-256 of each file by name. The same release again is left as it is.

    Raises RefusedError where the folder holds another release or cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _write(folder, protection, questionnaire, language)
    except OSError as wrong:
        sentence = _NOT_WRITTEN.in_language(language)
        why = wrong.strerror or str(wrong)
        raise RefusedError(sentence.format(folder=folder, why=why)) from wrong


def _write(
    folder: Path, protection: Protection, questionnaire: Questionnaire, language: str
) -> dict[str, str]:
    drafts: dict[str, Path] = {}
    digests: dict[str, str] = {}
    try:
        for name, parts in _files(protection, questionnaire, digests):
            drafts[name] = folder / f".{name}.{os.getpid()}"
            hashed = hashlib.sha256()
            with drafts[name].open("wb") as file:
                for part in parts:
                    hashed.update(part)
                    file.write(part)
            digests[name] = hashed.hexdigest()
        for name in drafts:
            there = folder / name
            if there.exists() and _digest(there) != digests[name]:
                raise RefusedError(_OTHER.in_language(language).format(folder=folder))
        for name, draft in drafts.items():
            draft.replace(folder / name)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return digests


def _files(
    protection: Protection, questionnaire: Questionnaire, digests: dict[str, str]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    yield "release.csv", csv_lines(protection.groups(), questionnaire)
    yield "units.csv", units_lines(protection.groups())
    record = protection.record.as_json()
    about: dict[str, Any] = {
        "k": record["k"],
        "k_sensitive": record["k_sensitive"],
        "insiders": record["insiders"],
        "sha256_of_release_csv": digests["release.csv"],
        "audit": record,
    }
    yield (
        "release.json",
        json_parts(about, protection.groups(), protection.groups(), questionnaire),
    )
    yield "audit.json", iter([audit_json(record, json.loads(json.dumps(digests)))])


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
