"""Forms of an application: its beginning and its parts. A draft may lack anything; what is typed
must be readable.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    RadioField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.research.applying import FIELDS
from dialog.research.completeness import ETHICS_NUMBER
from dialog.research.models import DataApplication, Ethics
from dialog.research.people_lines import Person, as_lines, read_lines
from dialog.surveys.models import Round
from dialog.web.forms import DayField, MultiCheckboxField, written

TITLE = _l("Studiens namn")
NO_TITLE = _l("Skriv vad studien heter.")


def offer(field: MultiCheckboxField, rounds: list[Round]) -> None:
    field.choices = [SelectChoice(str(round_.id), round_.title) for round_ in rounds]


class NewForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = StringField(TITLE, [DataRequired(NO_TITLE), Length(max=200)])
    rounds = MultiCheckboxField(_l("Vilka omgångar gäller det?"))

    def validate_rounds(self, field: MultiCheckboxField) -> None:
        if not field.data:
            raise ValidationError(_l("Välj minst en omgång."))


class PrincipalForm(FlaskForm):  # type: ignore[misc]
    principal = StringField(_l("Forskningshuvudman"), [Length(max=200)])
    signatory = StringField(_l("Undertecknat av"), [Length(max=200)])
    signatory_function = StringField(_l("Befattning"), [Length(max=200)])
    signed_on = DayField(_l("Undertecknat den"))


class PurposeForm(FlaskForm):  # type: ignore[misc]
    title = StringField(TITLE, [DataRequired(NO_TITLE), Length(max=200)])
    purpose = TextAreaField(
        _l("Vad ska uppgifterna användas till?"), [Length(max=5000)], render_kw={"rows": "8"}
    )
    language = RadioField(
        _l("Språk i paketets kodbok och etiketter"),
        choices=[SelectChoice("sv", "Svenska"), SelectChoice("en", "English")],
    )


class EthicsForm(FlaskForm):  # type: ignore[misc]
    ethics = RadioField(
        _l("Vad gäller om etikprövning?"),
        choices=[
            SelectChoice(Ethics.APPROVAL.value, _l("Studien är godkänd vid etikprövning")),
            SelectChoice(Ethics.ADVISORY.value, _l("Det finns ett rådgivande yttrande")),
            SelectChoice(Ethics.NONE.value, _l("Ingen etikprövning behövs")),
        ],
        validate_choice=False,
    )
    ethics_number = StringField(_l("Beslutets diarienummer"), [Length(max=20)])
    ethics_on = DayField(_l("Beslutets datum"))
    ethics_reasons = TextAreaField(
        _l("Varför behövs ingen etikprövning?"), [Length(max=3000)], render_kw={"rows": "4"}
    )

    def validate_ethics_number(self, field: StringField) -> None:
        typed = written(field).strip()
        if typed and not ETHICS_NUMBER.fullmatch(typed):
            raise ValidationError(
                _l("Skriv numret som fyra siffror, fem siffror och två: 2026-01234-01.")
            )


class RoundsForm(FlaskForm):  # type: ignore[misc]
    rounds = MultiCheckboxField(_l("Vilka omgångar gäller det?"))


class PeopleForm(FlaskForm):  # type: ignore[misc]
    people = TextAreaField(
        _l("Personer som får se uppgifterna"), [Length(max=5000)], render_kw={"rows": "6"}
    )

    def validate_people(self, field: TextAreaField) -> None:
        _people, faults = read_lines(written(field))
        if faults:
            raise ValidationError(" ".join(faults))

    @property
    def named(self) -> tuple[Person, ...]:
        return read_lines(written(self.people))[0]


class ConditionsForm(FlaskForm):  # type: ignore[misc]
    use_until = DayField(_l("Uppgifterna behövs till och med"))
    accepted = BooleanField(_l("Jag godtar villkoren för alla som står i ansökan"))


def initial(form: type[FlaskForm], application: DataApplication) -> dict[str, Any]:
    """What the fields of a part hold, by the names of the application's columns."""
    values = {name: getattr(application, name) for name in FIELDS if hasattr(form, name)}
    if values.get("ethics") is Ethics.UNSAID:
        values["ethics"] = None
    return values


def values(form: FlaskForm) -> dict[str, Any]:
    """The same back, tidied."""
    found: dict[str, Any] = {}
    for field in form:
        if field.name == "csrf_token":
            continue
        data = field.data
        if isinstance(field, TextAreaField):
            data = written(field).strip()
        elif isinstance(field, StringField):
            data = " ".join(written(field).split())
        found[field.name] = data
    if "ethics" in found:
        found["ethics"] = Ethics(found["ethics"] or Ethics.UNSAID.value)
    return found


def people_text(people: list[Person]) -> str:
    return as_lines(people)
