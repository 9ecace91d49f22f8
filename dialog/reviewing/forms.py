"""What is asked about a free text."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length

from dialog.reviewing.models import Outcome

OUTCOMES = (
    SelectChoice(Outcome.QUOTED.value, _l("Visa som citat")),
    SelectChoice(Outcome.SUMMARISED.value, _l("Visa som sammanfattning, med mina ord")),
    SelectChoice(Outcome.WITHHELD.value, _l("Visa inte")),
)


class ReviewForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    outcome = RadioField(
        _l("Vad ska hända med svaret?"),
        [InputRequired(_l("Välj vad som ska hända med svaret."))],
        choices=OUTCOMES,
    )
    shown = TextAreaField(
        _l("Text som visas"), [Length(max=4000)], render_kw={"rows": "7", "spellcheck": "false"}
    )
    sure = BooleanField(_l("Jag har läst namnen som är kvar: ingen kan kännas igen"))
    known = HiddenField()
