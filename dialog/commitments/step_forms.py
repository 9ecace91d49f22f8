"""What is asked before a step with a commitment: a day, a reason, words."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.commitments.answering import LONGEST
from dialog.commitments.forms import OwnerForm
from dialog.commitments.models import Commitment
from dialog.web.forms import DayField, written

WHY = _l("Skriv varför. Skälet sparas och kan läsas av alla.")
ROWS = {"rows": "4"}


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A button and nothing else; the others add what they ask for."""

    @staticmethod
    def initial(_commitment: Commitment) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        """What the step's function takes beside the commitment and who takes it."""
        return {
            field.name: field.data if isinstance(field, DayField) else written(field)
            for field in self
            if field.name != "csrf_token"
        }


class AcceptForm(StepForm):
    due = DayField(_l("Vilken dag ska det vara gjort?"))

    @staticmethod
    def initial(commitment: Commitment) -> dict[str, Any]:
        return {"due": commitment.due}


class ReportForm(StepForm):
    text = TextAreaField(
        _l("Vad har gjorts?"),
        [DataRequired(_l("Skriv vad som har gjorts.")), Length(max=3000)],
        render_kw={"rows": "5"},
    )


class DateForm(StepForm):
    due = DayField(_l("Vilken dag behövs i stället?"))
    reason = TextAreaField(_l("Varför?"), [DataRequired(WHY), Length(max=2000)], render_kw=ROWS)


class ReasonForm(StepForm):
    reason = TextAreaField(_l("Varför?"), [DataRequired(WHY), Length(max=2000)], render_kw=ROWS)


class CommentForm(StepForm):
    reason = TextAreaField(_l("Kommentar (valfritt)"), [Length(max=2000)], render_kw=ROWS)


class HandOverForm(OwnerForm):
    reason = TextAreaField(_l("Varför?"), [DataRequired(WHY), Length(max=2000)], render_kw=ROWS)

    @staticmethod
    def initial(_commitment: Commitment) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        return {"owner": self.owner, "reason": written(self.reason)}


class AnswerForm(StepForm):
    confirms = RadioField(
        _l("Är det gjort?"),
        [DataRequired(_l("Välj om det är gjort eller inte."))],
        choices=[
            SelectChoice("ja", _l("Ja, det är gjort")),
            SelectChoice("nej", _l("Nej, det är inte gjort")),
        ],
    )
    words = TextAreaField(_l("Vill du säga mer? (valfritt)"), [Length(max=LONGEST)], render_kw=ROWS)

    def given(self) -> dict[str, Any]:
        return {"confirms": self.confirms.data == "ja", "words": written(self.words)}
