"""Forms of the diary: a matter, a document, what to say instead of it, a register's period."""

from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from dialog.core.diary import numbers
from dialog.core.diary.numbers import DiaryNumber
from dialog.diary.facts import Facts
from dialog.diary.models import DiaryAuthority, DiaryLine, Direction
from dialog.diary.printing import Period
from dialog.diary.words import DIRECTIONS
from dialog.web.forms import RequiredDayField, no_identity_number, written

LONG: Final = 10  # digits
_YEARS: Final = range(1900, 2200)  # in which something can have been registered
_SUBJECT = _l("Skriv kort vad det gäller.")


class MatterForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    authority = SelectField(_l("Myndighet"), [DataRequired(_l("Välj en myndighet."))], choices=[])
    entered = StringField(_l("Ärendets nummer i myndighetens eget diarium"), [Length(max=40)])
    subject = StringField(
        _l("Vad ärendet gäller"), [DataRequired(_SUBJECT), Length(max=300), no_identity_number]
    )
    withheld_subject = BooleanField(_l("Visa inte det i det öppna registret"))
    number: DiaryNumber | None = None

    def offer(self, authorities: list[DiaryAuthority]) -> None:
        self.authority.choices = [
            SelectChoice(str(each.id), f"{each.name} ({each.letters})") for each in authorities
        ]

    def validate_entered(self, field: Any) -> None:
        if written(field).strip():
            self.number = numbers.read(written(field))
            if self.number is None:
                raise ValidationError(_l("Skriv numret så här: RS 2026-00417."))

    @property
    def authority_id(self) -> UUID:
        return UUID(str(self.authority.data))

    @property
    def public_subject(self) -> str | None:
        return None if self.withheld_subject.data else written(self.subject).strip()


class DocumentForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    direction = RadioField(
        _l("Handlingen är"),
        [InputRequired(_l("Välj om handlingen har kommit in, skickats eller upprättats här."))],
        choices=[SelectChoice(each.value, words) for each, words in DIRECTIONS.items()],
    )
    arrived_on = RequiredDayField(_l("Vilken dag kom den in, skickades eller upprättades den?"))
    correspondent = StringField(
        _l("Avsändare eller mottagare"), [Length(max=300), no_identity_number]
    )
    withheld_correspondent = BooleanField(_l("Visa inte avsändare eller mottagare öppet"))
    subject = StringField(
        _l("Vad handlingen rör"), [DataRequired(_SUBJECT), Length(max=300), no_identity_number]
    )
    withheld_subject = BooleanField(_l("Visa inte vad handlingen rör öppet"))
    secrecy = StringField(
        _l("Sekretessmarkering (valfritt)"), [Length(max=300), no_identity_number]
    )

    def validate_correspondent(self, field: Any) -> None:
        if self.direction.data in {Direction.IN, Direction.OUT} and not written(field).strip():
            raise ValidationError(_l("Skriv vem handlingen kom från eller skickades till."))

    def facts_of(self, _line: DiaryLine | None = None) -> Facts:
        """As they were written, after the form was validated."""
        correspondent, subject = (
            written(each).strip() for each in (self.correspondent, self.subject)
        )
        return Facts(
            subject=subject,
            arrived_on=self.arrived_on.day,
            correspondent=correspondent,
            direction=Direction(self.direction.data),
            public_subject=None if self.withheld_subject.data else subject,
            public_correspondent=None if self.withheld_correspondent.data else correspondent,
            secrecy=written(self.secrecy).strip(),
        )


class Corrects(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What a correction asks for beside what it says: why, and which entry was looked at."""

    why = StringField(
        _l("Varför rättas det?"), [DataRequired(_l("Skriv varför.")), Length(max=300)]
    )
    seen = HiddenField()

    def saw(self) -> int:
        """The entry that was looked at; 0 if the page was sent without it."""
        text = written(self.seen)
        return int(text) if text.isascii() and text.isdigit() and len(text) < LONG else 0

    def look_at(self, line: DiaryLine) -> None:
        self.seen.data = str(line.latest)


class CorrectForm(DocumentForm, Corrects):
    @staticmethod
    def stands(line: DiaryLine) -> dict[str, Any]:
        """What the form begins with."""
        return {
            "direction": line.direction and line.direction.value,
            "arrived_on": line.arrived_on,
            "correspondent": line.correspondent,
            "subject": line.subject,
            "withheld_correspondent": line.public_correspondent is None,
            "withheld_subject": line.public_subject is None,
            "secrecy": line.secrecy,
            "seen": line.latest,
        }


class CorrectMatterForm(Corrects):
    """What a matter as a whole is called."""

    subject = StringField(
        _l("Vad ärendet gäller"), [DataRequired(_SUBJECT), Length(max=300), no_identity_number]
    )
    withheld_subject = BooleanField(_l("Visa inte det i det öppna registret"))

    @staticmethod
    def stands(line: DiaryLine) -> dict[str, Any]:
        return {
            "subject": line.subject,
            "withheld_subject": line.public_subject is None,
            "seen": line.latest,
        }

    def facts_of(self, line: DiaryLine) -> Facts:
        subject = written(self.subject).strip()
        return Facts(
            subject=subject,
            public_subject=None if self.withheld_subject.data else subject,
            arrived_on=line.arrived_on,
        )


class RegisterForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The period of a register on paper. Sent by GET: it changes nothing."""

    class Meta:
        csrf = False

    namnd = SelectField(_l("Myndighet"), [DataRequired(_l("Välj en myndighet."))], choices=[])
    fran = RequiredDayField(_l("Registrerat från och med"))
    till = RequiredDayField(_l("Till och med"))

    def offer(self, authorities: list[DiaryAuthority]) -> None:
        self.namnd.choices = [SelectChoice(each.letters, each.name) for each in authorities]

    def period(self, authorities: list[DiaryAuthority]) -> Period:
        """As it was asked for, after the form was validated."""
        chosen = next(each for each in authorities if each.letters == self.namnd.data)
        return Period(chosen, self.fran.day, self.till.day)

    def validate_fran(self, field: Any) -> None:
        if field.data.year not in _YEARS:
            raise ValidationError(_l("Skriv en dag, till exempel 2026-01-01."))

    def validate_till(self, field: Any) -> None:
        self.validate_fran(field)
        if field.data and self.fran.data and field.data < self.fran.data:
            raise ValidationError(_l("Perioden slutar innan den börjar. Byt plats på dagarna."))
