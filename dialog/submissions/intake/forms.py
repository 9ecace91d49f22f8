"""The form by which a registrar takes in what came on paper or by mail."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired

from dialog.diary.models import DiaryAuthority
from dialog.documents.forms import FilesField
from dialog.storage.clock import today
from dialog.web.forms import RequiredDayField

MOST: Final = 20  # letters at a time


class TakeInForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    authority = SelectField(
        _l("Till vilken nämnd eller styrelse?"), [DataRequired(_l("Välj en myndighet."))]
    )
    arrived_on = RequiredDayField(_l("Vilken dag kom breven in?"))
    files = FilesField(
        _l("Filer: varje fil är ett brev"),
        most=MOST, too_many=_l("Välj högst 20 filer åt gången."), more=(".eml", ".msg"),
    )  # fmt: skip

    batch = BooleanField(_l("Filen är en bunt: en PDF med flera brev efter varandra"))

    def offer(self, boards: Iterable[DiaryAuthority]) -> None:
        self.authority.choices = [SelectChoice(str(each.id), each.name) for each in boards]

    def validate_arrived_on(self, field: Any) -> None:
        if field.data > today():
            raise ValidationError(_l("Dagen då breven kom in kan inte vara efter i dag."))

    def validate_files(self, field: FilesField) -> None:
        if not field.given():
            raise ValidationError(_l("Välj minst en fil."))
        if self.batch.data and len(field.given()) > 1:
            raise ValidationError(_l("Välj en fil åt gången när den ska delas upp i brev."))

    @property
    def authority_id(self) -> UUID:
        return UUID(str(self.authority.data))
