"""Forms of a round: the parts of its plan, and the questions before a step is taken."""

from datetime import date, datetime, time
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from dialog.organisation.audiences import from_json
from dialog.organisation.forms import AudienceField
from dialog.storage.clock import STOCKHOLM
from dialog.surveys.models import Access, Round
from dialog.surveys.rounds.checklist import K_FLOOR
from dialog.surveys.rounds.planning import MOST_REMINDERS, NO_SECRECY
from dialog.web.forms import ClockField, DayField, written

CLOSES_AT: Final = time(17)
ACCESS_WORDS: Final = [
    SelectChoice(Access.INVITED.value, _l("Personlig inbjudan med mejl")),
    SelectChoice(Access.CODES.value, _l("Koder på papper som delas ut")),
    SelectChoice(Access.BOTH.value, _l("Personlig inbjudan med mejl, och koder på papper")),
    SelectChoice(Access.LINK.value, _l("En öppen länk för alla")),
]


def moment(day: date | None, clock: time | None) -> datetime | None:
    """A day and a time in Sweden as one moment."""
    return datetime.combine(day, clock or CLOSES_AT, STOCKHOLM) if day else None


class NewRoundForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = StringField(
        _l("Omgångens namn"), [InputRequired(_l("Skriv vad omgången heter.")), Length(max=200)]
    )
    access = RadioField(_l("Hur kommer man till enkäten?"), choices=ACCESS_WORDS)


class WhoForm(FlaskForm):  # type: ignore[misc]
    audience = AudienceField()

    @staticmethod
    def initial(round_: Round) -> dict[str, Any]:
        return {"audience": from_json(round_.audience)}

    def values(self) -> dict[str, Any]:
        return {"audience": self.audience.data.as_json()}


class HowForm(FlaskForm):  # type: ignore[misc]
    title = StringField(
        _l("Omgångens namn"), [InputRequired(_l("Skriv vad omgången heter.")), Length(max=200)]
    )
    access = RadioField(_l("Hur kommer man till enkäten?"), choices=ACCESS_WORDS)
    sender = StringField(_l("Vem står bakom enkäten?"), [Length(max=200)])
    message = TextAreaField(_l("Egna ord i mejlet"), [Length(max=2000)], render_kw={"rows": "5"})

    @staticmethod
    def initial(round_: Round) -> dict[str, Any]:
        return {
            "title": round_.title,
            "access": round_.access.value,
            "sender": round_.sender,
            "message": round_.message,
        }

    def values(self) -> dict[str, Any]:
        return {
            "title": written(self.title),
            "access": Access(self.access.data),
            "sender": written(self.sender),
            "message": written(self.message).strip(),
        }


class WhenForm(FlaskForm):  # type: ignore[misc]
    opens_on = DayField(_l("Öppnar"))
    closes_on = DayField(_l("Stänger"))
    closes_time = ClockField(_l("Klockslag"), [Optional()])
    reminder_1 = DayField(_l("Första påminnelsen"))
    reminder_2 = DayField(_l("Andra påminnelsen"))
    reminder_3 = DayField(_l("Tredje påminnelsen"))

    @staticmethod
    def initial(round_: Round) -> dict[str, Any]:
        closes = round_.closes_at.astimezone(STOCKHOLM) if round_.closes_at else None
        return {
            "opens_on": round_.opens_on,
            "closes_on": closes.date() if closes else None,
            "closes_time": closes.time() if closes else CLOSES_AT,
            **{
                f"reminder_{place}": date.fromisoformat(day)
                for place, day in enumerate(round_.reminders[:MOST_REMINDERS], start=1)
            },
        }

    def values(self) -> dict[str, Any]:
        days = {self[f"reminder_{place}"].data for place in range(1, MOST_REMINDERS + 1)} - {None}
        return {
            "opens_on": self.opens_on.data,
            "closes_at": moment(self.closes_on.data, self.closes_time.data),
            "reminders": sorted(day.isoformat() for day in days),
        }


class ResultsForm(FlaskForm):  # type: ignore[misc]
    k = IntegerField(
        _l("Minsta grupp"),
        [
            InputRequired(_l("Skriv ett tal.")),
            NumberRange(K_FLOOR, 100, _l("Minsta grupp är mellan 5 och 100.")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    k_sensitive = IntegerField(
        _l("Minsta grupp för känsliga frågor"),
        [
            InputRequired(_l("Skriv ett tal.")),
            NumberRange(K_FLOOR, 200, _l("Minsta grupp är mellan 5 och 200.")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    units = BooleanField(_l("Varje enhet, verksamhet och förvaltning"))
    levels = BooleanField(_l("Varje nivå inom varje verksamhet"))

    @staticmethod
    def initial(round_: Round) -> dict[str, Any]:
        return {"k": round_.k, "k_sensitive": round_.k_sensitive, **round_.tables}

    def values(self) -> dict[str, Any]:
        return {
            "k": self.k.data,
            "k_sensitive": self.k_sensitive.data,
            "tables": {"units": self.units.data, "levels": self.levels.data},
        }

    def validate_k_sensitive(self, field: IntegerField) -> None:
        if field.data and self.k.data and field.data < self.k.data:
            raise ValidationError(_l("Känsliga frågor behöver minst lika stora grupper."))


class RetentionForm(FlaskForm):  # type: ignore[misc]
    keep_list_until = DayField(_l("Deltagarlistan sparas till och med"))
    keep_unit_until = DayField(_l("Enheten på svaren sparas till och med"))
    keep_texts_until = DayField(_l("Fritexterna sparas till och med"))
    keep_rows_until = DayField(_l("Svaren sparas till och med"))
    keep_unopened_until = DayField(_l("Svar som inte har öppnats sparas till och med"))
    secrecy = RadioField(
        _l("Sekretess"),
        [InputRequired(_l("Välj vad som gäller om sekretess."))],
        choices=[
            SelectChoice("none", _l("Ingen bestämmelse om sekretess bedöms gälla")),
            SelectChoice("note", _l("En bestämmelse gäller, eller något annat ska sägas")),
        ],
    )
    secrecy_note = StringField(_l("Bestämmelsen, med paragraf"), [Length(max=1000)])
    assessment_number = StringField(_l("Konsekvensbedömningens nummer"), [Length(max=100)])

    @staticmethod
    def initial(round_: Round) -> dict[str, Any]:
        none = round_.secrecy_note == NO_SECRECY
        return {
            "keep_list_until": round_.keep_list_until,
            "keep_unit_until": round_.keep_unit_until,
            "keep_texts_until": round_.keep_texts_until,
            "keep_rows_until": round_.keep_rows_until,
            "keep_unopened_until": round_.keep_unopened_until,
            "secrecy": "none" if none else "note" if round_.secrecy_note else None,
            "secrecy_note": "" if none else round_.secrecy_note,
            "assessment_number": round_.assessment_number,
        }

    def values(self) -> dict[str, Any]:
        note = NO_SECRECY if self.secrecy.data == "none" else written(self.secrecy_note).strip()
        return {
            "keep_list_until": self.keep_list_until.data,
            "keep_unit_until": self.keep_unit_until.data,
            "keep_texts_until": self.keep_texts_until.data,
            "keep_rows_until": self.keep_rows_until.data,
            "keep_unopened_until": self.keep_unopened_until.data,
            "secrecy_note": note,
            "assessment_number": written(self.assessment_number).strip(),
        }

    def validate_secrecy_note(self, field: StringField) -> None:
        if self.secrecy.data == "note" and not written(field).strip():
            raise ValidationError(_l("Skriv bestämmelsen, till exempel OSL 39 kap. 2 §."))
