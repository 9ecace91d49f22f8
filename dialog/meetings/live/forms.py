"""Forms of the live room: questions, what a moderator does with one, a receipt, and polls."""

import secrets
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from dialog.meetings.live import questions, receipts
from dialog.meetings.live.questions import Asked
from dialog.meetings.live_models import MeetingQuestion
from dialog.meetings.models import AgendaItem
from dialog.web.forms import written

NONE: Final = ""
NAMELESS, BY_NAME, SLIP = "utan", "med", "lapp"


def _question_words(_form: Any, field: Any) -> None:
    if problem := questions.fault(written(field)):
        raise ValidationError(problem)


class AskForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = TextAreaField(_l("Din fråga"), [_question_words], render_kw={"rows": "5"})
    item = SelectField(_l("Vad den gäller"), choices=[])
    name = RadioField(
        _l("Ska ditt namn stå vid frågan?"), [InputRequired(_l("Välj om ditt namn ska stå där."))]
    )
    once = HiddenField(validators=[Length(max=64)])

    def offer(self, items: list[AgendaItem], *, running: bool, guest: bool = False) -> None:
        """What can be chosen; a guest has no name that could stand there."""
        self.item.choices = [SelectChoice(NONE, _l("Mötet i stort"))] + [
            SelectChoice(str(item.id), item.title) for item in items
        ]
        choices = [
            SelectChoice(NAMELESS, _l("Nej, utan namn")),
            SelectChoice(BY_NAME, _l("Ja, med mitt namn")),
        ]
        if running:
            words = _l("Det är någon annans fråga: en lapp, eller sagd i mikrofonen")
            choices.append(SelectChoice(SLIP, words))
        self.name.choices = choices
        if guest:
            del self.name
        self.once.data = self.once.data or secrets.token_hex(16)

    def chosen(self, items: list[AgendaItem]) -> AgendaItem | None:
        return next((item for item in items if str(item.id) == self.item.data), None)


class ShowForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = TextAreaField(_l("Som den visas"), [_question_words], render_kw={"rows": "5"})


class ReplyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    answer = TextAreaField(_l("Svar"), [_question_words], render_kw={"rows": "6"})


class MergeForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    into = SelectField(_l("Slå ihop med"), [DataRequired(_l("Välj en fråga."))], choices=[])

    def offer(self, others: list[Asked], question: MeetingQuestion) -> None:
        self.into.choices = [SelectChoice(NONE, _l("Välj en fråga"))] + [
            SelectChoice(str(each.row.id), each.row.text[:90])
            for each in others
            if each.row.id != question.id and each.row.into_id is None
        ]

    def chosen(self) -> UUID:
        return UUID(str(self.into.data))


class ReceiptForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    code = StringField(_l("Kvittokod"), render_kw={"autocomplete": "off", "inputmode": "numeric"})

    def validate_code(self, field: Any) -> None:
        if receipts.read(written(field)) is None:
            raise ValidationError(_l("Koden är 16 siffror. Skriv alla, gärna i grupper om fyra."))


class CodeForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    code = StringField(
        _l("Mötets kod"),
        [InputRequired(_l("Skriv koden. Den visas i lokalen."))],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class SlipsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    count = IntegerField(
        _l("Antal lappar"),
        [InputRequired(_l("Skriv hur många lappar du behöver."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
