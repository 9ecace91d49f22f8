"""The form by which a registrar takes in what came on paper or by mail."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired

from dialog.diary.models import DiaryAuthority
from dialog.documents import words as document_words
from dialog.storage.clock import today
from dialog.web.forms import RequiredDayField

MOST: Final = 20  # letters at a time


class TakeInForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    authority = SelectField(
        _l("Till vilken nämnd eller styrelse?"), [DataRequired(_l("Välj en myndighet."))]
    )
    arrived_on = RequiredDayField(_l("Vilken dag kom breven in?"))
    files = MultipleFileField(
        _l("Filer: varje fil är ett brev"),
        render_kw={"accept": f"{document_words.ACCEPT},.eml,.msg", "multiple": True},
    )

    def offer(self, boards: Iterable[DiaryAuthority]) -> None:
        self.authority.choices = [SelectChoice(str(each.id), each.name) for each in boards]

    def validate_arrived_on(self, field: Any) -> None:
        if field.data > today():
            raise ValidationError(_l("Dagen då breven kom in kan inte vara efter i dag."))

    def validate_files(self, _field: Any) -> None:
        if not self.given():
            raise ValidationError(_l("Välj minst en fil."))
        if len(self.given()) > MOST:
            raise ValidationError(_l("Välj högst 20 filer åt gången."))

    def given(self) -> list[FileStorage]:
        """The files that were sent."""
        return [each for each in self.files.data or [] if isinstance(each, FileStorage) and each]

    @property
    def authority_id(self) -> UUID:
        return UUID(str(self.authority.data))
