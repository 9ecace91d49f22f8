"""Forms of days: the times that go for a body, and a day to count backwards from."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from dialog.core.negotiating.rules import Paragraph, Rules
from dialog.negotiations import words
from dialog.negotiations.agreeing import COLUMNS
from dialog.unions.models import BodyKind, UnionBody
from dialog.web.forms import DayField, MultiCheckboxField, RequiredDayField

MOST_WEEKS, MOST_DAYS = 26, 90
YEARS = range(2000, 2101)  # days are counted some months away from the one that is asked for


def _times(label: Any, most: int) -> IntegerField:
    fault = _l("Skriv ett antal, mellan 1 och %(most)s.", most=most)
    return IntegerField(
        label,
        [InputRequired(fault), NumberRange(1, most, fault)],
        render_kw={"inputmode": "numeric"},
    )


def _check_year(_form: FlaskForm, field: DayField) -> None:
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(_l("Skriv ett datum mellan år 2000 och 2100."))


class TimesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    name = StringField(
        _l("Avtalets namn"), [DataRequired(_l("Skriv vad avtalet heter.")), Length(max=100)]
    )
    from_day = RequiredDayField(_l("Gäller för det som begärs eller väcks från och med"))
    replaces = MultiCheckboxField(
        _l("Samverkan enligt avtalet går i stället för"),
        choices=[
            SelectChoice(column, _l("%(number)s § MBL", number=paragraph.value))
            for paragraph, column in COLUMNS.items()
        ],
    )
    meet_weeks = _times(_l("Veckor från begäran till första mötet"), MOST_WEEKS)
    central_days = _times(_l("Dagar att begära central förhandling"), MOST_DAYS)
    central_weeks = _times(_l("Veckor från den begäran till centralt möte"), MOST_WEEKS)
    call_days = _times(_l("Dagar från kallelse till möte"), MOST_DAYS)
    attestation_days = _times(_l("Dagar att justera protokollet"), MOST_DAYS)
    documents_days = _times(_l("Dagar från handlingar till nämndens möte"), MOST_DAYS)

    validate_from_day = _check_year

    def ask(self, body: UnionBody) -> None:
        """Only in a samverkansgrupp can an agreement go instead of paragraphs."""
        if body.kind is not BodyKind.COOPERATION:
            del self.replaces

    def said(self) -> dict[str, Any]:
        """What `agreeing.agree` takes, after the form was validated."""
        apart = {"csrf_token", "replaces"}
        said = {name: field.data for name, field in self._fields.items() if name not in apart}
        chosen = (self.replaces.data if self.replaces else None) or ()
        return {**said, **{column: column in chosen for column in COLUMNS.values()}}


class PlannerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Asked for by an address, so it can be kept and shared."""

    class Meta:
        csrf = False

    paragraf = RadioField(_l("Grund"), choices=[], default=Paragraph.EMPLOYER_FIRST.value)
    dag = DayField(_l("Dag då nämnden ska besluta"))
    centralt = BooleanField(_l("Lämna rum för central förhandling"))

    def offer(self, rules: Mapping[Paragraph, Rules]) -> None:
        """What is negotiated, or taken up in samverkan instead, by a body's rules today."""
        self.paragraf.choices = [
            SelectChoice(each.value, words.paragraph(each, of))
            for each, of in rules.items()
            if each is not Paragraph.INFORMED
        ]

    validate_dag = _check_year
