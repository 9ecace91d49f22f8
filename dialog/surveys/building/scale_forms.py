"""The form of one scale: which items it is made of, and which of them are turned round."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from dialog.core.questionnaire import Item, Questionnaire, Scale, items_of
from dialog.core.scoring import bounds
from dialog.surveys.building.fields import NameField, choice, text_of, trimmed
from dialog.surveys.building.scales_editing import countable
from dialog.surveys.building.variable_names import variable_name


class ScaleForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    version = HiddenField()
    title_sv = StringField(
        _("Skalans namn"),
        filters=[trimmed],
        validators=[DataRequired(_("Skriv vad skalan ska heta.")), Length(max=200)],
    )
    title_en = StringField(
        _("Skalans namn på engelska"), filters=[trimmed], validators=[Length(max=200)]
    )
    report = RadioField(
        _("Så redovisas skalan"),
        choices=[
            choice("score", _("Som ett medelvärde av frågorna")),
            choice("items", _("Fråga för fråga, utan sammanlagt värde")),
        ],
        default="score",
    )
    items = SelectMultipleField(_("Frågor i skalan"), validate_choice=False)
    reversed = SelectMultipleField(_("Vända frågor"), validate_choice=False)
    name = NameField()
    taken: Collection[str] = ()  # names of everything else in the questionnaire
    countable: Mapping[str, Item]  # what can stand in a scale, in the form's order

    def validate_items(self, field: SelectMultipleField) -> None:
        chosen = [self.countable[name] for name in field.data or () if name in self.countable]
        if not chosen:
            raise ValidationError(_("Välj minst en fråga till skalan."))
        if self.report.data == "score":
            _refuse_unlike(chosen)

    def validate_name(self, field: NameField) -> None:
        if field.data in self.taken:
            raise ValidationError(_("Variabelnamnet används redan i enkäten. Välj ett annat."))


def groups(questionnaire: Questionnaire, language: str) -> list[tuple[str, list[Item]]]:
    """(title of the section, its countable items), sections without any left out."""
    known = {item.name for item in countable(questionnaire)}
    found = []
    for section in questionnaire.sections:
        inside = [item for q in section.questions for item in items_of(q) if item.name in known]
        if inside:
            found.append((section.title.in_language(language), inside))
    return found


def scale_data(
    questionnaire: Questionnaire, scale: Scale | None, matrix: str = ""
) -> dict[str, Any]:
    """What the form shows for `scale`, or for a new one of the rows of `matrix`."""
    if scale is None:
        rows = [item.name for item in countable(questionnaire) if item.question == matrix]
        return {"items": rows, "reversed": []}
    return {
        "title_sv": scale.title.sv,
        "title_en": scale.title.en,
        "report": scale.report,
        "items": list(scale.items),
        "reversed": list(scale.reversed),
        "name": scale.name,
    }


def scale_from(form: ScaleForm) -> Scale:
    """The scale that a valid form says, its items in the order of the questionnaire."""
    chosen = tuple(name for name in form.countable if name in (form.items.data or ()))
    return Scale(
        name=form.name.data
        or variable_name(form.title_sv.data or "", taken=form.taken, otherwise="skala"),
        title=text_of(form.title_sv, form.title_en),
        items=chosen,
        reversed=tuple(name for name in chosen if name in (form.reversed.data or ())),
        report="items" if form.report.data == "items" else "score",
    )


def _refuse_unlike(chosen: list[Item]) -> None:
    ends = {bounds(item) for item in chosen}
    if None in ends:
        name = next(item.text.sv for item in chosen if bounds(item) is None)
        raise ValidationError(
            _("”%(name)s” ger inget tal. Ge svaren värden, eller ta bort frågan.", name=name)
        )
    if len(ends) > 1:
        raise ValidationError(_("Frågorna i en skala måste ha samma minsta och största värde."))
