"""Forms of the speakers' list: how the floor is given, and somebody in the room."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from dialog.meetings.floor.speaking import Rules


def _minutes(label: Any) -> IntegerField:
    problem = _l("Skriv ett antal minuter, högst 60. 0 är utan gräns.")
    return IntegerField(
        label, [InputRequired(problem), NumberRange(min=0, max=60, message=problem)]
    )


class RulesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    open = BooleanField(_l("Deltagarna kan begära ordet"))
    new_first = BooleanField(_l("Den som inte har talat går före den som har det"))
    speech_minutes = _minutes(_l("Minuter för ett inlägg"))
    reply_minutes = _minutes(_l("Minuter för en replik"))

    def rules(self) -> Rules:
        return Rules(
            open=bool(self.open.data),
            speech_minutes=self.speech_minutes.data or 0,
            reply_minutes=self.reply_minutes.data or 0,
            new_first=bool(self.new_first.data),
        )


class LabelForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    label = StringField(
        _l("Någon i rummet"), [Length(max=60)], render_kw={"autocomplete": "off", "maxlength": "60"}
    )
