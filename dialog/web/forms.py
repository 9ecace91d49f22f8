"""What answering a form has in common."""

from datetime import date
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectMultipleField, TimeField, ValidationError, widgets
from wtforms.validators import InputRequired, Optional, StopValidation

from dialog.core.identity_numbers import has_identity_number

IDENTITY_NUMBER: Final = _l("Här står ett personnummer. Skriv utan det.")


class MultiCheckboxField(SelectMultipleField):
    """Several choices, each a box to tick; the templates know it by this name."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class DayField(DateField):
    """A date that may be left empty; what cannot be read is answered with an example."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_l("Skriv ett datum, till exempel 2026-10-14."))) from None


class RequiredDayField(DayField):
    """A date that has to be there."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.validators = [InputRequired(_l("Skriv ett datum, till exempel 2026-10-14."))]

    def pre_validate(self, form: Any) -> None:
        """What cannot be read is no day, and no rule of a form is asked of it."""
        super().pre_validate(form)
        if self.process_errors:
            raise StopValidation

    @property
    def day(self) -> date:
        """After the form was validated."""
        assert self.data is not None
        return self.data


class ClockField(TimeField):
    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_l("Skriv ett klockslag, till exempel 17:00."))) from None


def status(form: FlaskForm) -> int:
    """The status of the page that shows `form`: 422 with faults, so that nothing is committed."""
    return 422 if form.errors else 200


def written(field: Any) -> str:
    """What a text field holds; an empty string if nothing was sent."""
    return str(field.data or "")


def no_identity_number(_form: Any, field: Any) -> None:
    """A validator of text that is kept."""
    if has_identity_number(written(field)):
        raise ValidationError(IDENTITY_NUMBER)


def refuse(field: Any, sentence: Any) -> None:
    """Mark `field` of a form that had no fault of its own."""
    field.errors = [*field.errors, str(sentence)]
