"""Forms of plans for what is asked after meetings."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from dialog.followups.models import FollowUp
from dialog.followups.planning import PLANNED
from dialog.surveys.rounds.key_form import PlacesForm
from dialog.surveys.rounds.steps import TO_OPEN
from dialog.web.forms import refuse, written

FEWEST_OPEN, MOST_OPEN = 2, 30
FEWEST_KEPT, MOST_KEPT = 2, 730


def _days(label: Any, low: int, high: int) -> IntegerField:
    fault = _l("Skriv ett antal dagar, mellan %(low)s och %(high)s.", low=low, high=high)
    return IntegerField(
        label,
        [InputRequired(fault), NumberRange(low, high, fault)],
        render_kw={"inputmode": "numeric"},
    )


class PlanForm(PlacesForm):
    sender = StringField(
        _l("Avsändare"),
        [DataRequired(_l("Skriv vem som står bakom frågorna.")), Length(max=200)],
    )
    message = TextAreaField(_l("Egna ord i mejlet"), [Length(max=2000)], render_kw={"rows": "4"})
    open_days = _days(_l("Dagar att svara"), FEWEST_OPEN, MOST_OPEN)
    remind_after = IntegerField(
        _l("Dagar innan de som inte har svarat påminns"),
        [Optional(), NumberRange(1, MOST_OPEN, _l("Skriv ett antal dagar, eller lämna tomt."))],
        render_kw={"inputmode": "numeric"},
    )
    list_days = _days(_l("Listan över vilka som har svarat"), FEWEST_KEPT, MOST_KEPT)
    unopened_days = _days(_l("Svar som ingen har öppnat"), TO_OPEN.days, MOST_KEPT)
    rows_days = _days(_l("Svaren"), TO_OPEN.days, MOST_KEPT)
    secrecy_note = StringField(
        _l("Vad som gäller om sekretess"),
        [DataRequired(_l("Skriv vad som gäller om sekretess.")), Length(max=1000)],
    )
    assessment_number = StringField(
        _l("Konsekvensbedömningens nummer"),
        [DataRequired(_l("Skriv konsekvensbedömningens nummer.")), Length(max=100)],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if (self.remind_after.data or 0) > (self.open_days.data or 0):
            refuse(self.remind_after, _l("Påminnelsen måste gå innan svarstiden är slut."))
        if (self.rows_days.data or 0) < (self.unopened_days.data or 0):
            refuse(
                self.rows_days,
                _l("Svaren kan inte gallras innan nyckelhållarnas tid att öppna dem är ute."),
            )
        return not self.errors

    def values(self) -> dict[str, Any]:
        """What `planning.change` takes."""
        given = {name: self[name].data for name in PLANNED}
        texts = {"sender", "message", "secrecy_note", "assessment_number"}
        return given | {name: written(self[name]).strip() for name in texts}


def initial(plan: FollowUp) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in PLANNED}


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    def given(self) -> dict[str, Any]:
        """What the step is taken with."""
        return {}


class SendBackForm(StepForm):
    reason = TextAreaField(
        _l("Vad som ska ändras"),
        [
            InputRequired(_l("Skriv vad som ska ändras, så att den som planerar vet.")),
            Length(max=1000),
        ],
        render_kw={"rows": "4"},
    )

    def given(self) -> dict[str, Any]:
        return {"reason": written(self.reason)}
