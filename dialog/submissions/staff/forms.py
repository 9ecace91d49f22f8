"""Forms of letters from staff."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.diary.models import DiaryAuthority
from dialog.documents.forms import FilesField
from dialog.receipts.forms import WithReceiptForm
from dialog.submissions.staff.sending import Letter
from dialog.web.forms import no_identity_number, written

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
    files = FilesField(_l("Filer, om du vill"), most=MOST, too_many=_l("Välj högst fem filer."))

    def offer(self, boards: Iterable[DiaryAuthority]) -> None:
        self.authority.choices = [SelectChoice(str(each.id), each.name) for each in boards]

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
