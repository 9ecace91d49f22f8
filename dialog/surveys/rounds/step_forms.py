"""What is asked before a step of a round is taken: a reason, a new time, the round's name."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from dialog.surveys.models import Round
from dialog.surveys.rounds.forms import WhenForm, moment
from dialog.web.forms import ClockField, DayField, written


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A button and nothing else; the others add what they ask for."""

    def __init__(self, round_: Round) -> None:
        super().__init__(data=self.initial(round_))
        self.round = round_

    def initial(self, _round: Round) -> dict[str, Any]:
        return {}

    def given(self) -> dict[str, Any]:
        """What the step's function takes beside the round and who takes it."""
        return {}


def _name_matches(form: "StepForm", field: StringField) -> None:
    if " ".join(written(field).split()).casefold() != form.round.title.casefold():
        raise ValidationError(_l("Skriv omgångens namn precis som det står ovan."))


def _reason(label: Any, missing: Any = None) -> TextAreaField:
    checks = [InputRequired(missing)] if missing else []
    return TextAreaField(label, [*checks, Length(max=1000)], render_kw={"rows": "3"})


class PauseForm(StepForm):
    reason = _reason(_l("Varför pausas omgången? (valfritt)"))

    def given(self) -> dict[str, Any]:
        return {"reason": written(self.reason).strip()}


class SendBackForm(StepForm):
    reason = _reason(
        _l("Vad ska ändras?"), _l("Skriv vad som ska ändras, så att den som planerar vet.")
    )

    def given(self) -> dict[str, Any]:
        return {"reason": written(self.reason).strip()}


class CloseForm(StepForm):
    name = StringField(
        _l("Skriv omgångens namn"), [_name_matches], render_kw={"autocomplete": "off"}
    )


class CancelForm(StepForm):
    reason = _reason(_l("Varför avbryts omgången?"), _l("Skriv varför omgången avbryts."))
    name = StringField(
        _l("Skriv omgångens namn"), [_name_matches], render_kw={"autocomplete": "off"}
    )

    def given(self) -> dict[str, Any]:
        return {"reason": written(self.reason).strip()}


class GiveUpForm(StepForm):
    reason = _reason(
        _l("Varför kan svaren inte öppnas?"), _l("Skriv varför svaren inte kan öppnas.")
    )
    name = StringField(
        _l("Skriv omgångens namn"), [_name_matches], render_kw={"autocomplete": "off"}
    )

    def given(self) -> dict[str, Any]:
        return {"reason": written(self.reason).strip()}


class ExtendForm(StepForm):
    closes_on = DayField(_l("Ny dag då omgången stänger"))
    closes_time = ClockField(_l("Klockslag"))

    def initial(self, round_: Round) -> dict[str, Any]:
        return {key: WhenForm.initial(round_)[key] for key in ("closes_on", "closes_time")}

    def validate_closes_on(self, field: DayField) -> None:
        if field.data is None:
            raise ValidationError(_l("Skriv ett datum, till exempel 2026-10-14."))

    def given(self) -> dict[str, Any]:
        return {"closes_at": moment(self.closes_on.data, self.closes_time.data)}
