"""Forms of negotiations: a step with a matter, a claim, and what goes on an agenda."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from dialog.meetings.models import Meeting
from dialog.meetings.words import when as when_words
from dialog.minutes.writing import LONGEST as LONGEST_REASON
from dialog.negotiations import words
from dialog.negotiations.claiming import LONGEST
from dialog.negotiations.queries import Standing
from dialog.negotiations.steps import Said
from dialog.storage.clock import today
from dialog.web.forms import MultiCheckboxField, RequiredDayField, written

NONE: Final = ""
DIGITS: Final = 9


def words_field(label: Any) -> TextAreaField:
    return TextAreaField(label, [Length(max=LONGEST_REASON)], render_kw={"rows": "5"})


def read_edition(text: str) -> int:
    """The edition that a page was made with; 0 if it was sent without it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


class ClaimForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = TextAreaField(
        _l("Yrkande"),
        [DataRequired(_l("Skriv vad ni yrkar.")), Length(max=LONGEST)],
        render_kw={"rows": "8"},
    )
    edition = HiddenField()

    def read(self) -> int:
        return read_edition(written(self.edition))


class SendForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    words = words_field(_l("Vad vill ni att parterna ska veta?"))


class ReservationForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    words = words_field(_l("Vad måste den följa som får handlingarna?"))


class ButtonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A button and nothing else."""


class StepForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    day = RequiredDayField("")
    meeting = SelectField(_l("Möte"), choices=[], default=NONE)
    reason = words_field(_l("Skäl"))
    exception = words_field(_l("Skäl att inte vänta"))

    def ask(self, fields: Sequence[str]) -> None:
        """Keep only these."""
        for name in ("day", "meeting", "reason", "exception"):
            if name not in fields:
                del self[name]

    def offer(self, meetings: Sequence[Meeting]) -> None:
        if "meeting" in self:
            self.meeting.choices = [
                SelectChoice(NONE, _l("Inget möte ännu")),
                *(SelectChoice(str(each.id), f"{each.title}, {when_words(each)}")
                  for each in meetings),
            ]  # fmt: skip

    def said(self) -> Said:
        """After the form was validated."""
        texts = {name: written(self[name]) for name in ("reason", "exception") if name in self}
        return Said(day=self.day.day if "day" in self else today(), **texts)


class AgendaForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    meeting = RadioField(_l("Möte"), [InputRequired(_l("Välj ett möte."))], choices=[])
    matters = MultiCheckboxField(_l("Ärenden"), choices=[])

    def offer(self, meetings: Sequence[Meeting], matters: Sequence[Standing]) -> None:
        self.meeting.choices = [
            SelectChoice(str(each.id), f"{each.title}, {when_words(each)}") for each in meetings
        ]
        self.matters.choices = [
            SelectChoice(
                str(each.matter.id),
                f"{words.section(each.matter.paragraph, each.rules)}: {each.matter.title}",
            )
            for each in matters
        ]

    def validate_matters(self, field: MultiCheckboxField) -> None:
        if not field.data:
            raise ValidationError(_l("Välj minst ett ärende."))
