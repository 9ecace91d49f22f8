"""Fields that the builder's forms share, and their errors as one flat list."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs are of 3.2

from dialog.core.questionnaire import Text

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
OPTION_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
MOST_IN_A_LIST = 200  # options, rows, tests: a questionnaire with more is a mistake


def choice(value: str, label: Any) -> Any:
    """An option of a select field."""
    return SelectChoice(value, label)


def trimmed(value: str | None) -> str:
    return (value or "").strip()


class WholeNumber(IntegerField):
    """A whole number or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        written = trimmed(valuelist[0]) if valuelist else ""
        if written:
            try:
                self.data = int(written.replace("−", "-"))
            except ValueError:
                raise ValueError(_("Skriv ett heltal, till exempel 5.")) from None


class NameField(StringField):
    """A name for the codebook; empty means that one is made of the Swedish words."""

    def __init__(self, label: Any = None, *, pattern: re.Pattern[str] = NAME, **more: Any) -> None:
        super().__init__(label or _("Variabelnamn"), filters=[trimmed], **more)
        self.pattern = pattern

    def pre_validate(self, _form: Any) -> None:
        if self.data and not self.pattern.fullmatch(self.data):
            raise ValidationError(
                _("Ett variabelnamn har bara a–z, 0–9 och _ och börjar med en bokstav.")
                if self.pattern is NAME
                else _("Ett variabelnamn har bara a–z, A–Z, 0–9 och . _ -")
            )


@dataclass(frozen=True)
class FieldError:
    """A fault and the id of the field where it is mended, empty if it is not about one field."""

    field_id: str
    message: str


def errors_of(form: Any) -> list[FieldError]:
    """Every error of a form, in the order of its fields, also of rows in lists."""
    return list(_errors(form))


def _errors(fields: Any) -> Iterator[FieldError]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _errors(field.form)
        elif isinstance(field, FieldList):
            own = [each for each in field.errors if not isinstance(each, dict | list | tuple)]
            yield from (FieldError(field.id, str(each)) for each in own)
            yield from _errors(field.entries)
        elif field.errors:
            hidden = isinstance(field, HiddenField)
            yield FieldError("" if hidden else field.id, str(field.errors[0]))


def text_of(swedish: Field, english: Field) -> Text:
    return Text(sv=swedish.data or "", en=english.data or "")


def parts_of(field: Any) -> list[Any]:
    """The inner form of each row of a list."""
    return [entry.form for entry in field.entries]


def is_blank(part: Form, ignored: Sequence[str] = ()) -> bool:
    """Whether nothing was typed into a row."""
    data: Mapping[str, Any] = part.data
    return not any(value for name, value in data.items() if name not in ignored)


def drop_blank(field: Any, ignored: Sequence[str] = ()) -> None:
    """Take out the rows in which nothing was typed."""
    for index in reversed(range(len(field.entries))):
        if is_blank(field.entries[index].form, ignored):
            field.pop_entry(index)
