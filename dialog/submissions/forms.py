"""The forms of those who write a letter, sign it and submit it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from dialog.diary.models import DiaryAuthority
from dialog.submissions.drafting import SUBJECT
from dialog.unions.models import UnionOrganisation


class _ToBoard(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    authority = SelectField(_l("Till vilken nämnd eller styrelse"), choices=[])
    heading = StringField(
        _l("Vad skrivelsen gäller"),
        [InputRequired(_l("Skriv vad skrivelsen gäller.")), Length(max=SUBJECT)],
    )

    def offer(self, boards: Iterable[DiaryAuthority]) -> None:
        self.authority.choices = [SelectChoice(str(each.id), each.name) for each in boards]

    @property
    def authority_id(self) -> UUID:
        """After the form was validated."""
        return UUID(self.authority.data)


class NewForm(_ToBoard):
    """A new draft."""


class DraftForm(_ToBoard):
    """The text, saved as it is typed; `version` is the one that was read."""

    version = StringField(widget=HiddenInput())
    text = TextAreaField(_l("Text"), render_kw={"rows": "16"})


class AskForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    organisation = SelectField(_l("Organisation"), choices=[])

    def offer(self, organisations: Iterable[UnionOrganisation]) -> None:
        self.organisation.choices = [
            SelectChoice(str(each.id), each.name) for each in organisations
        ]


class AnswerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Signing the revision that was read, or not."""

    revision = IntegerField(widget=HiddenInput())
    answer: Any = RadioField(
        _l("Er organisations svar"),
        [InputRequired(_l("Välj om ni undertecknar."))],
        choices=[
            SelectChoice("ja", _l("Vi undertecknar skrivelsen som den står här")),
            SelectChoice("nej", _l("Vi undertecknar inte")),
        ],
    )


class SubmitForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    revision = IntegerField(widget=HiddenInput())


class ButtonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Nothing but the button."""
