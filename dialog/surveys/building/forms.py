"""The smaller forms of the builder: a survey's details, its sections, new surveys, files."""

from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length

from dialog.core.questionnaire import Questionnaire, Section
from dialog.surveys.building.conditions import ConditionFields, condition_data, condition_from
from dialog.surveys.building.fields import NameField, text_of, trimmed
from dialog.surveys.building.saving import TITLE_LENGTH
from dialog.surveys.building.variable_names import variable_name

LONGEST_TEXT = 10_000


def _title(*, needed: bool) -> StringField:
    too_long = Length(max=TITLE_LENGTH, message=_("Korta rubriken till 200 tecken."))
    needs = [DataRequired(_("Skriv vad enkäten ska heta."))] if needed else []
    return StringField(
        _("Rubrik") if not needed else _("Enkätens namn"),
        filters=[trimmed],
        validators=[*needs, too_long],
    )


def _prose(label: Any) -> TextAreaField:
    too_long = Length(max=LONGEST_TEXT, message=_("Korta texten till 10 000 tecken."))
    return TextAreaField(label, filters=[trimmed], validators=[too_long])


class NewSurveyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = _title(needed=True)


class UploadForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    file = FileField(_("Fil"), validators=[FileRequired(_("Välj en fil."))])


class DetailsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    version = HiddenField()
    title_sv = _title(needed=True)
    title_en = _title(needed=False)
    description_sv = _prose(_("Vad enkäten handlar om"))
    description_en = _prose(_("Vad enkäten handlar om, på engelska"))
    english = BooleanField(_("Enkäten ska finnas på engelska också"))


class SectionForm(ConditionFields, FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    version = HiddenField()
    title_sv = _title(needed=False)
    title_en = _title(needed=False)
    intro_sv = _prose(_("Inledning"))
    intro_en = _prose(_("Inledning på engelska"))
    name = NameField()
    taken: Collection[str] = ()  # names of everything else in the questionnaire

    def validate_name(self, field: NameField) -> None:
        if field.data in self.taken:
            raise ValidationError(_("Variabelnamnet används redan i enkäten. Välj ett annat."))


class CopyForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    survey = SelectField(_("Enkät att kopiera"))


def details_data(questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        "title_sv": questionnaire.title.sv,
        "title_en": questionnaire.title.en,
        "description_sv": questionnaire.description.sv,
        "description_en": questionnaire.description.en,
        "english": "en" in questionnaire.languages,
    }


def with_details(questionnaire: Questionnaire, form: DetailsForm) -> Questionnaire:
    return questionnaire.model_copy(
        update={
            "title": text_of(form.title_sv, form.title_en),
            "description": text_of(form.description_sv, form.description_en),
            "languages": ("sv", "en") if form.english.data else ("sv",),
        }
    )


def section_data(section: Section) -> dict[str, Any]:
    return {
        "title_sv": section.title.sv,
        "title_en": section.title.en,
        "intro_sv": section.intro.sv,
        "intro_en": section.intro.en,
        "name": section.name,
        **condition_data(section.show_if),
    }


def section_from(form: SectionForm, existing: Section | None) -> Section:
    """The section that a valid form says, with the questions that it has."""
    return Section(
        name=form.name.data
        or variable_name(form.title_sv.data or "", taken=form.taken, otherwise="avsnitt"),
        title=text_of(form.title_sv, form.title_en),
        intro=text_of(form.intro_sv, form.intro_en),
        show_if=condition_from(form),
        questions=existing.questions if existing else (),
    )
