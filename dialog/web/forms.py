"""What answering a form has in common."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, widgets


class MultiCheckboxField(SelectMultipleField):
    """Several choices, each a box to tick; the templates know it by this name."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def status(form: FlaskForm) -> int:
    """The status of the page that shows `form`: 422 with faults, so that nothing is committed."""
    return 422 if form.errors else 200


def written(field: Any) -> str:
    """What a text field holds; an empty string if nothing was sent."""
    return str(field.data or "")


def refuse(field: Any, sentence: Any) -> None:
    """Mark `field` of a form that had no fault of its own."""
    field.errors = [*field.errors, str(sentence)]
