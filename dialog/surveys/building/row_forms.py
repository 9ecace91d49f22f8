"""Rows of a question's form: the answers to choose, and the statements of a matrix."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from dialog.surveys.building.fields import OPTION_NAME, NameField, WholeNumber, parts_of, trimmed

LONGEST_LINE = 500


def line(label: Any) -> StringField:
    return StringField(label, filters=[trimmed], validators=[Length(max=LONGEST_LINE)])


def _statement(label: Any) -> TextAreaField:
    """A long line: it may need several to be read, but has no line breaks."""
    return TextAreaField(
        label,
        filters=[lambda words: " ".join((words or "").split())],
        validators=[Length(max=LONGEST_LINE)],
        render_kw={"rows": 1},
    )


class OptionForm(Form):
    """One answer to choose. `was` is the name that it is saved under."""

    sv = line(_("Svar på svenska"))
    en = line(_("Svar på engelska"))
    value = WholeNumber(_("Värde"))
    name = NameField(pattern=OPTION_NAME)
    was = HiddenField()

    def validate_sv(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_("Skriv svaret på svenska, eller ta bort raden."))


class RowForm(Form):
    """One statement of a matrix."""

    sv = _statement(_("Påstående på svenska"))
    en = _statement(_("Påstående på engelska"))
    sensitive = BooleanField(_("Känslig"))
    name = NameField()
    was = HiddenField()

    def validate_sv(self, field: StringField) -> None:
        if not field.data:
            raise ValidationError(_("Skriv påståendet på svenska, eller ta bort raden."))


def refuse_doubles(field: Any, *, taken: Collection[str] = ()) -> None:
    """Raise ValidationError if two rows, or a row and `taken`, have the same name."""
    seen = set(taken)
    for part in parts_of(field):
        name = part.name.data
        if name and name in seen:
            raise ValidationError(
                _("Variabelnamnet %(name)s används mer än en gång. Byt det.", name=name)
            )
        seen.add(name)
