"""Forms of days: the times that go for a body, and a day to count backwards from."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from dialog.core.negotiating.rules import Paragraph
from dialog.negotiations.words import PARAGRAPHS
from dialog.web.forms import DayField, RequiredDayField

MOST_WEEKS, MOST_DAYS = 26, 90
YEARS = range(2000, 2101)  # days are counted some months away from the one that is asked for


def _times(label: Any, most: int) -> IntegerField:
    fault = _l("Skriv ett antal, mellan 1 och %(most)s.", most=most)
    return IntegerField(
        label,
        [InputRequired(fault), NumberRange(1, most, fault)],
        render_kw={"inputmode": "numeric"},
    )


class TimesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    name = StringField(
        _l("Avtalets namn"), [DataRequired(_l("Skriv vad avtalet heter.")), Length(max=100)]
    )
    from_day = RequiredDayField(_l("Gäller för förhandlingar som begärs från och med"))
    meet_weeks = _times(_l("Veckor från begäran till första mötet"), MOST_WEEKS)
    central_days = _times(_l("Dagar att begära central förhandling"), MOST_DAYS)
    central_weeks = _times(_l("Veckor från den begäran till centralt möte"), MOST_WEEKS)
    call_days = _times(_l("Dagar från kallelse till förhandling"), MOST_DAYS)
    attestation_days = _times(_l("Dagar att justera protokollet"), MOST_DAYS)
    documents_days = _times(_l("Dagar från handlingar till nämndens möte"), MOST_DAYS)

    def said(self) -> dict[str, Any]:
        """What `agreeing.agree` takes, after the form was validated."""
        return {name: field.data for name, field in self._fields.items() if name != "csrf_token"}


class PlannerForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Asked for by an address, so it can be kept and shared."""

    class Meta:
        csrf = False

    paragraf = RadioField(
        _l("Paragraf"),
        choices=[
            SelectChoice(each.value, text)
            for each, text in PARAGRAPHS.items()
            if each is not Paragraph.INFORMED
        ],
        default=Paragraph.EMPLOYER_FIRST.value,
    )
    dag = DayField(_l("Dag då nämnden ska besluta"))
    centralt = BooleanField(_l("Lämna rum för central förhandling"))

    def validate_dag(self, field: DayField) -> None:
        if field.data is not None and field.data.year not in YEARS:
            raise ValidationError(_l("Skriv ett datum mellan år 2000 och 2100."))
