"""Forms of requests: the requester's, and those of whoever handles them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from dialog.core.diary import numbers
from dialog.core.diary.numbers import DiaryNumber
from dialog.core.requests import Verdict, read_paragraph
from dialog.diary.models import DiaryAuthority
from dialog.documents.queries import Shown
from dialog.people.models import Person
from dialog.receipts.forms import WithReceiptForm
from dialog.requests.assessing import Assessment
from dialog.requests.words import VERDICTS
from dialog.web.forms import no_identity_number, written

LONGEST = 4000  # characters of a request


class AskForm(WithReceiptForm):
    text = TextAreaField(
        _l("Vad vill du läsa?"),
        [DataRequired(_l("Skriv vad du vill läsa.")), Length(max=LONGEST), no_identity_number],
        render_kw={"rows": 6},
    )
    wanted = StringField(
        _l("Nummer i diariet, om du vet det"), [Length(max=100), no_identity_number]
    )
    name = StringField(_l("Ditt namn, om du vill"), [Length(max=200), no_identity_number])


class LocateForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    number = StringField(_l("Handlingens nummer"))

    def validate_number(self, field: Any) -> None:
        if numbers.read(written(field)) is None:
            raise ValidationError(_l("Skriv numret så här: RS 2026-00417-1."))

    @property
    def diary_number(self) -> DiaryNumber:
        """After the form was validated."""
        number = numbers.read(written(self.number))
        assert number is not None
        return number


class AssessForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    verdict = RadioField(
        _l("Handlingen"),
        [InputRequired(_l("Välj om handlingen lämnas ut."))],
        choices=[SelectChoice(each.value, words) for each, words in VERDICTS.items()],
    )
    copy = SelectField(_l("Maskad kopia"), choices=[])
    paragraph = StringField(_l("Paragraf"))
    reason = StringField(_l("Skäl"), [Length(max=1000), no_identity_number])

    def offer(self, copies: list[Shown]) -> None:
        self.copies = {str(each.document.id): each for each in copies}
        names = [SelectChoice(key, each.version.name) for key, each in self.copies.items()]
        self.copy.choices = [SelectChoice("", _l("Välj")), *names]

    def validate_copy(self, field: Any) -> None:
        if self.verdict.data == Verdict.REDACTED and not written(field):
            raise ValidationError(_l("Välj den maskade kopian. Finns ingen: gör den först."))

    def validate_paragraph(self, field: Any) -> None:
        if self._withholds and read_paragraph(written(field)) is None:
            raise ValidationError(_l("Skriv paragrafen, till exempel 25 kap. 1 § OSL."))

    def validate_reason(self, field: Any) -> None:
        if self._withholds and not written(field).strip():
            raise ValidationError(_l("Skriv varför det inte kan lämnas ut."))

    @property
    def _withholds(self) -> bool:
        return self.verdict.data in {Verdict.REDACTED, Verdict.REFUSED}

    def assessment(self) -> Assessment:
        """After the form was validated."""
        verdict = Verdict(self.verdict.data)
        return Assessment(
            verdict,
            paragraph=read_paragraph(written(self.paragraph)) or "",
            reason=written(self.reason).strip(),
            copy=self.copies[self.copy.data] if verdict is Verdict.REDACTED else None,
        )


class ButtonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Nothing but the button."""


class WordsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text: Any

    @property
    def words(self) -> str:
        return written(self.text).strip()


class QuestionForm(WordsForm):
    text = TextAreaField(
        _l("Frågan"),
        [DataRequired(_l("Skriv frågan.")), Length(max=1000), no_identity_number],
        render_kw={"rows": 4},
    )


class AnswerForm(WordsForm):
    text = TextAreaField(
        _l("Svaret"),
        [DataRequired(_l("Skriv svaret.")), Length(max=LONGEST), no_identity_number],
        render_kw={"rows": 8},
    )


class DecisionForm(WordsForm):
    text = TextAreaField(
        _l("Beslutet, med skäl och paragraf"),
        [DataRequired(_l("Skriv beslutet.")), Length(max=2 * LONGEST), no_identity_number],
        render_kw={"rows": 10},
    )


class AssignForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    handler = SelectField(_l("Handläggare"), [DataRequired(_l("Välj en handläggare."))], choices=[])

    def offer(self, people: Sequence[Person]) -> None:
        names = [SelectChoice(str(each.id), each.name) for each in people]
        self.handler.choices = [SelectChoice("", _l("Välj")), *names]

    @property
    def handler_id(self) -> UUID:
        return UUID(written(self.handler))


class EnterForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A matter that there is, or the authority in whose diary a new one is opened."""

    matter = StringField(_l("Ärendets nummer, om begäran hör till ett ärende"))
    authority = SelectField(_l("Annars ett nytt ärende hos"), choices=[])

    def offer(self, authorities: list[DiaryAuthority]) -> None:
        self.authority.choices = [
            SelectChoice(str(each.id), f"{each.name} ({each.letters})") for each in authorities
        ]

    def validate_matter(self, field: Any) -> None:
        if written(field).strip() and numbers.read(written(field)) is None:
            raise ValidationError(_l("Skriv numret så här: RS 2026-00417."))

    @property
    def number(self) -> DiaryNumber | None:
        found = numbers.read(written(self.matter))
        return found.matter if found else None

    @property
    def authority_id(self) -> UUID:
        return UUID(written(self.authority))
