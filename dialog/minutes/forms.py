"""The forms of minutes."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

LONGEST_PASSWORD = 1000


def _words(label: Any, rows: int, *validators: Any) -> TextAreaField:
    return TextAreaField(label, [*validators], render_kw={"rows": str(rows)})


class SectionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """One of several on its page, so its fields are known by the section's id."""

    version = IntegerField(widget=HiddenInput())
    heading = StringField(_l("Rubrik"), [InputRequired(_l("Skriv en rubrik.")), Length(max=200)])
    text = _words(_l("Text"), 6)


class HeadingForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    heading = StringField(
        _l("Rubrik på ett nytt avsnitt"), [InputRequired(_l("Skriv en rubrik.")), Length(max=200)]
    )


class CirculateForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = _words(_l("Vad som är ändrat efter invändningen"), 3)


class ProposalForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = _words(_l("Texten som du vill ha den"), 8)
    reason = _words(_l("Varför"), 3, InputRequired(_l("Skriv varför texten ska ändras.")))


class DecisionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    answer = _words(_l("Svar till den som föreslog"), 3)


class AttestForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    number = IntegerField(widget=HiddenInput())
    password = PasswordField(
        _l("Ditt lösenord"),
        [InputRequired(_l("Skriv ditt lösenord.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class ReasonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = _words(_l("Vad du invänder mot"), 4, InputRequired(_l("Skriv vad du invänder mot.")))


class ReplaceForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = _words(
        _l("Varför någon annan justerar"),
        2,
        InputRequired(_l("Skriv varför någon annan justerar.")),
    )


class AddendumForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = _words(_l("Tillägg eller rättelse"), 6, InputRequired(_l("Skriv tillägget.")))
