"""What is asked before a step with an application: a reason, a paragraph, a number."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.research.models import DataApplication, Outcome
from dialog.web.forms import written


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A button and nothing else; the others add what they ask for."""

    def __init__(self, application: DataApplication) -> None:
        super().__init__(data=self.initial(application))

    def initial(self, _application: DataApplication) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        """What the step's function takes beside the application and who takes it."""
        return {field.name: written(field).strip() for field in self if field.name != "csrf_token"}


class WithdrawForm(StepForm):
    reason = TextAreaField(
        _l("Varför tar du tillbaka ansökan? (valfritt)"),
        [Length(max=2000)],
        render_kw={"rows": "3"},
    )


class SendBackForm(StepForm):
    reason = TextAreaField(
        _l("Vad behöver kompletteras?"),
        [DataRequired(_l("Skriv vad som behöver kompletteras.")), Length(max=3000)],
        render_kw={"rows": "5"},
    )


class RefuseForm(StepForm):
    paragraph = StringField(
        _l("Enligt vilken paragraf?"),
        [DataRequired(_l("Skriv paragrafen, till exempel OSL 24 kap. 8 §.")), Length(max=200)],
        render_kw={"list": "paragrafer", "autocomplete": "off"},
    )
    reasons = TextAreaField(
        _l("Skäl"),
        [
            DataRequired(_l("Skriv skälen, så att den som ansöker kan förstå och överklaga dem.")),
            Length(max=5000),
        ],
        render_kw={"rows": "6"},
    )


class DiaryForm(StepForm):
    diary_number = StringField(
        _l("Diarienummer"),
        [DataRequired(_l("Skriv diarienumret, till exempel RS 2026-00417.")), Length(max=60)],
    )

    def initial(self, application: DataApplication) -> dict[str, Any]:
        return {"diary_number": application.diary_number}


class ReportForm(StepForm):
    outcome = RadioField(
        _l("Vad har hänt med uppgifterna?"),
        [DataRequired(_l("Välj vad som har hänt med uppgifterna."))],
        choices=[
            SelectChoice(Outcome.ARCHIVED.value, _l("De är arkiverade")),
            SelectChoice(Outcome.DISPOSED.value, _l("De är gallrade (förstörda)")),
        ],
    )
    note = TextAreaField(
        _l("Var är de arkiverade, eller enligt vilket beslut är de gallrade?"),
        [
            DataRequired(
                _l(
                    "Skriv var uppgifterna är arkiverade, eller enligt vilket beslut de är"
                    " gallrade."
                )
            ),
            Length(max=1000),
        ],
        render_kw={"rows": "3"},
    )

    def given(self) -> dict[str, Any]:
        return {"outcome": Outcome(self.outcome.data), "note": written(self.note).strip()}
