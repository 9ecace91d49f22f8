"""Questionnaires as files: read from a file somebody has, and carried along until confirmed."""

import base64
import zlib
from pathlib import PurePath
from uuid import UUID

from flask_babel import gettext as _
from pydantic import ValidationError

from dialog.core.errors import WrongInputError
from dialog.core.questionnaire import Questionnaire, dump, load
from dialog.surveys.building.variable_names import plain
from dialog.surveys.building.xlsform.findings import Imported, WrongFormError

LARGEST = 4 * 2**20  # bytes of a questionnaire as JSON
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how spreadsheets begin
SHOWN_FAULTS = 20


def read_upload(content: bytes, *, language: str) -> Imported:
    """The questionnaire in a file: an XLSForm if it is a spreadsheet, else the platform's own
    format. Raises WrongInputError with sentences in `language`.
    """
    if not content.startswith((ZIP, OLD_EXCEL)):
        return Imported(read_json(content), taken=(), left=())
    from dialog.surveys.building.xlsform.reading import read  # noqa: PLC0415 - half a second of libraries

    try:
        return read(content)
    except WrongFormError as wrong:
        raise wrong.in_language(language) from None


def read_json(content: bytes) -> Questionnaire:
    """The platform's own format. Raises WrongInputError, which lists what is wrong where."""
    if len(content) > LARGEST:
        raise WrongInputError(_("Filen är större än ett frågeformulär kan vara."))
    try:
        return load(content)
    except ValidationError as wrong:
        raise WrongInputError(
            _("Filen är inte ett frågeformulär i Dialogs eget format. Inget har lästs in."),
            tuple(
                _sentence(error["loc"], error["type"]) for error in wrong.errors()[:SHOWN_FAULTS]
            ),
        ) from None


def packed(questionnaire: Questionnaire) -> str:
    """The questionnaire as a short text, to stand in a hidden field until it is confirmed."""
    return base64.urlsafe_b64encode(zlib.compress(dump(questionnaire), 9)).decode()


def unpacked(text: str) -> Questionnaire:
    """What `packed` made. Raises WrongInputError for anything else."""
    try:
        machine = zlib.decompressobj()
        content = machine.decompress(base64.urlsafe_b64decode(text), LARGEST)
        return load(content)
    except (ValueError, zlib.error):
        raise WrongInputError(_("Det gick inte att läsa formuläret. Läs in filen igen.")) from None


def file_name(title: str, survey_id: UUID, extension: str) -> str:
    """A name for the file, made of the survey's title."""
    return str(PurePath(plain(title) or str(survey_id)[:8]).with_suffix(f".{extension}"))


def _sentence(place: tuple[int | str, ...], kind: str) -> str:
    """Where it is wrong, and pydantic's word for how."""
    return f"{'.'.join(map(str, place)) or '–'}: {kind.replace('_', ' ')}"
