"""Forms of the authority: registering a letter, whose it is, and each step with it."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from dialog.core.diary import numbers
from dialog.core.diary.numbers import DiaryNumber
from dialog.diary.models import DiaryAuthority
from dialog.documents.forms import FilesField
from dialog.people.models import Person
from dialog.web.forms import RequiredDayField, no_identity_number, written

NEW, EXISTING = "nytt", "befintligt"
LONG: Final = 20_000  # signs of a question or a reply
MOST_FILES: Final = 10
_SUBJECT: Final = _l("Skriv kort vad det gäller.")
_NUMBER: Final = _l("Skriv numret så här: RS 2026-00417.")


def _reason() -> StringField:
    return StringField(
        _l("Varför?"), [DataRequired(_l("Skriv varför.")), Length(max=500), no_identity_number]
    )


class RegisterForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    where = RadioField(
        _l("I vilket ärende?"),
        [InputRequired(_l("Välj om skrivelsen får ett nytt ärende eller läggs i ett som finns."))],
        choices=[
            SelectChoice(NEW, _l("Ett nytt ärende")),
            SelectChoice(EXISTING, _l("Ett ärende som redan finns")),
        ],
    )
    number = StringField(_l("Ärendets nummer"), [Length(max=40)])
    matter_subject = StringField(
        _l("Vad ärendet gäller, om det är nytt"), [Length(max=300), no_identity_number]
    )
    withheld_matter = BooleanField(_l("Visa inte öppet vad ärendet gäller"))
    correspondent = StringField(
        _l("Avsändare"),
        [
            DataRequired(_l("Skriv vem skrivelsen kommer från.")),
            Length(max=300),
            no_identity_number,
        ],
    )
    withheld_correspondent = BooleanField(_l("Visa inte avsändaren öppet"))
    subject = StringField(
        _l("Vad skrivelsen rör"), [DataRequired(_SUBJECT), Length(max=300), no_identity_number]
    )
    withheld_subject = BooleanField(_l("Visa inte öppet vad skrivelsen rör"))
    secrecy = StringField(
        _l("Sekretessmarkering (valfritt)"), [Length(max=300), no_identity_number]
    )
    entered: DiaryNumber | None = None

    def validate_number(self, field: Any) -> None:
        if written(field).strip():
            self.entered = numbers.read(written(field))
            if self.entered is None:
                raise ValidationError(_NUMBER)
        elif self.where.data == EXISTING:
            raise ValidationError(_NUMBER)

    def validate_matter_subject(self, field: Any) -> None:
        if self.where.data == NEW and not written(field).strip():
            raise ValidationError(_SUBJECT)

    def public(self, name: str) -> str | None:
        """A text as everybody sees it: None where it is withheld."""
        box = "withheld_matter" if name == "matter_subject" else f"withheld_{name}"
        return None if self[box].data else written(self[name]).strip()


class AssignForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    handler = SelectField(_l("Handläggare"), [DataRequired(_l("Välj en handläggare."))], choices=[])
    promised_on = RequiredDayField(_l("Vilken dag är svaret lovat, senast?"))
    reason = StringField(
        _l("Varför? (när någon annan tar över eller dagen flyttas)"),
        [Length(max=500), no_identity_number],
    )

    def offer(self, people: Sequence[Person]) -> None:
        self.handler.choices = [SelectChoice("", _l("Välj")), *(
            SelectChoice(str(each.id), each.name) for each in people
        )]  # fmt: skip

    def given(self) -> dict[str, Any]:
        return {
            "handler_id": UUID(str(self.handler.data)),
            "promised_on": self.promised_on.data,
            "reason": written(self.reason).strip() if self.reason else "",
        }


class AskForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = TextAreaField(
        _l("Vad behöver ni veta?"),
        [DataRequired(_l("Skriv vad ni behöver veta.")), Length(max=LONG), no_identity_number],
        render_kw={"rows": "8"},
    )


class AnswerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = TextAreaField(
        _l("Ert svar"),
        [DataRequired(_l("Skriv ert svar.")), Length(max=LONG), no_identity_number],
        render_kw={"rows": "10"},
    )
    files = FilesField(
        _l("Filer (valfritt)"), most=MOST_FILES, too_many=_l("Lägg till högst 10 filer.")
    )


class NoteForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = StringField(_l("Anteckning (valfritt)"), [Length(max=500), no_identity_number])


class ReasonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = _reason()


class JoinForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    number = StringField(_l("Det andra ärendets nummer"), [DataRequired(_NUMBER), Length(max=40)])
    reason = _reason()
    read: DiaryNumber | None = None

    def validate_number(self, field: Any) -> None:
        self.read = numbers.read(written(field))
        if self.read is None:
            raise ValidationError(_NUMBER)


class ForwardForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    to = SelectField(_l("Till vilken myndighet?"), [DataRequired(_l("Välj en myndighet."))])
    reason = _reason()

    def offer(self, boards: Sequence[DiaryAuthority]) -> None:
        self.to.choices = [SelectChoice("", _l("Välj")), *(
            SelectChoice(str(each.id), each.name) for each in boards
        )]  # fmt: skip


class _SeenForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What was on the page: which revision of the reply."""

    seen = HiddenField()

    def saw(self) -> int:
        text = written(self.seen)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - digits


class ReplyForm(_SeenForm):
    text = TextAreaField(
        _l("Svaret"),
        [DataRequired(_l("Skriv svaret.")), Length(max=LONG), no_identity_number],
        render_kw={"rows": "16"},
    )


class ApproveForm(_SeenForm):
    pass


class SendBackForm(_SeenForm):
    reason = StringField(
        _l("Vad behöver ändras?"),
        [
            DataRequired(_l("Skriv vad som behöver ändras.")),
            Length(max=500),
            no_identity_number,
        ],
    )
