"""Forms of letters from staff."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.diary.models import DiaryAuthority
from dialog.documents import words as document_words
from dialog.receipts.forms import WithReceiptForm
from dialog.submissions.forms import no_identity_number
from dialog.submissions.staff.sending import Letter
from dialog.web.forms import written

LONGEST = 20_000  # characters of a letter
MOST = 5  # files


class LetterForm(WithReceiptForm):
    """From somebody unknown: without a cookie."""

    authority = SelectField(_l("Till vilken nämnd eller styrelse"), choices=[])
    heading = StringField(
        _l("Vad brevet gäller"),
        [DataRequired(_l("Skriv vad brevet gäller.")), Length(max=300), no_identity_number],
    )
    text = TextAreaField(
        _l("Brevet"),
        [DataRequired(_l("Skriv brevet.")), Length(max=LONGEST), no_identity_number],
        render_kw={"rows": 12},
    )
    files = MultipleFileField(
        _l("Filer, om du vill"), render_kw={"accept": document_words.ACCEPT, "multiple": True}
    )

    def offer(self, boards: Iterable[DiaryAuthority]) -> None:
        self.authority.choices = [SelectChoice(str(each.id), each.name) for each in boards]

    def validate_files(self, _field: Any) -> None:
        if len(self.given()) > MOST:
            raise ValidationError(_l("Välj högst fem filer."))

    def given(self) -> list[FileStorage]:
        """The files that were sent."""
        return [each for each in self.files.data or [] if isinstance(each, FileStorage) and each]

    def letter(self, *, author_id: UUID | None) -> Letter:
        """After the form was validated."""
        return Letter(
            authority_id=UUID(written(self.authority)),
            subject=written(self.heading).strip(),
            body=written(self.text).strip(),
            author_id=author_id,
        )


class NamedLetterForm(LetterForm):
    """From whoever is signed in: their cookie is used, so the form has a token too."""

    class Meta:
        csrf = FlaskForm.Meta.csrf  # as the application says
