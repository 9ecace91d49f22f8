"""The form of one question, of any kind."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, Length

from dialog.core.questionnaire import Kind, Question, Questionnaire
from dialog.surveys.building.conditions import ConditionFields, asked_before, offer_tests
from dialog.surveys.building.fields import (
    MOST_IN_A_LIST,
    NameField,
    WholeNumber,
    choice,
    drop_blank,
    trimmed,
)
from dialog.surveys.building.row_forms import OptionForm, RowForm, line, refuse_doubles
from dialog.surveys.building.steps import CHOICES
from dialog.surveys.building.variable_names import names_in
from dialog.surveys.building.words import KINDS

LONGEST_TEXT = 10_000
LONGEST_ANSWER = 10_000
MOST_STEPS = 20
PRESET_CHOICES = [
    choice("agreement", _("Stämmer inte alls – stämmer helt (1–5)")),
    choice("frequency", _("Aldrig – mycket ofta (1–5)")),
    choice("yes-no", _("Ja – nej")),
]


class QuestionForm(ConditionFields, FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    version = HiddenField()
    kind = HiddenField()
    new_kind = SelectField(
        _("Typ av fråga"),
        choices=[choice(kind.value, words.name) for kind, words in KINDS.items()],
        validate_choice=False,  # of no meaning but when its own button is pressed
    )
    section = SelectField(_("Avsnitt"))
    text_sv = TextAreaField(
        _("Fråga"),
        filters=[trimmed],
        validators=[
            DataRequired(_("Skriv frågan på svenska.")),
            Length(max=LONGEST_TEXT, message=_("Korta frågan till 10 000 tecken.")),
        ],
    )
    text_en = TextAreaField(
        _("Fråga på engelska"), filters=[trimmed], validators=[Length(max=LONGEST_TEXT)]
    )
    help_sv = TextAreaField(_("Hjälptext"), filters=[trimmed], validators=[Length(max=2000)])
    help_en = TextAreaField(
        _("Hjälptext på engelska"), filters=[trimmed], validators=[Length(max=2000)]
    )
    options = FieldList(FormField(OptionForm), label=_("Svar"), max_entries=MOST_IN_A_LIST)
    preset = SelectField(_("Färdiga svar"), choices=PRESET_CHOICES, validate_choice=False)
    paste = TextAreaField(_("Ett svar per rad"))
    rows = FieldList(FormField(RowForm), label=_("Påståenden"), max_entries=MOST_IN_A_LIST)
    low = WholeNumber(_("Minsta värde"))
    high = WholeNumber(_("Största värde"))
    low_text_sv = line(_("Ord vid skalans början"))
    low_text_en = line(_("Ord vid skalans början, engelska"))
    high_text_sv = line(_("Ord vid skalans slut"))
    high_text_en = line(_("Ord vid skalans slut, engelska"))
    whole = BooleanField(_("Bara heltal"))
    max_length = WholeNumber(_("Längsta svar, i tecken"))
    required = BooleanField(_("Måste besvaras"))
    unknown = BooleanField(_("Erbjud ”vet ej / inte aktuellt”"))
    declined = BooleanField(_("Erbjud ”vill inte svara”"))
    sensitive = BooleanField(_("Känslig fråga"))
    name = NameField()
    taken: Collection[str] = ()  # names of everything else in the questionnaire

    def validate(self, extra_validators: Any = None) -> bool:
        drop_blank(self.options, ignored=("was", "name", "value"))
        drop_blank(self.rows, ignored=("was", "name", "sensitive"))
        return bool(super().validate(extra_validators))

    def validate_kind(self, field: HiddenField) -> None:
        if field.data not in set(Kind):
            raise ValidationError(_("Välj en typ av fråga."))

    def validate_options(self, field: Any) -> None:
        if self.kind.data not in CHOICES:
            return
        if len(field.entries) < 2:  # noqa: PLR2004 - one answer is no choice
            raise ValidationError(_("Skriv minst två svar att välja mellan."))
        refuse_doubles(field)

    def validate_rows(self, field: Any) -> None:
        if self.kind.data == Kind.MATRIX:
            if not field.entries:
                raise ValidationError(_("Skriv minst ett påstående i matrisen."))
            refuse_doubles(field, taken={*self.taken, self.name.data or ""})

    def validate_high(self, field: WholeNumber) -> None:
        low, high = self.low.data, field.data
        if self.kind.data == Kind.SCALE:
            low, high = low or 0, 10 if high is None else high
            if not low < high <= low + MOST_STEPS:
                raise ValidationError(
                    _("Skalans slut måste vara större än början, med högst 21 steg.")
                )
        elif low is not None and high is not None and low > high:
            raise ValidationError(_("Det största värdet måste vara minst det minsta."))

    def validate_name(self, field: NameField) -> None:
        if field.data in self.taken:
            raise ValidationError(_("Variabelnamnet används redan i enkäten. Välj ett annat."))

    def validate_max_length(self, field: WholeNumber) -> None:
        if self.kind.data not in {Kind.SHORT, Kind.LONG} or field.data is None:
            return
        if not 1 <= field.data <= LONGEST_ANSWER:
            raise ValidationError(_("Skriv en längd mellan 1 och 10 000 tecken."))


def blank_data(questionnaire: Questionnaire, wanted: Mapping[str, str]) -> dict[str, Any]:
    """What the form shows for a new question of the kind, section and place that are wanted."""
    kinds = [kind.value for kind in Kind]
    kind = wanted.get("typ", "")
    sections = [section.name for section in questionnaire.sections]
    section = wanted.get("avsnitt", "")
    return {
        "kind": kind if kind in kinds else Kind.SINGLE.value,
        "new_kind": kind if kind in kinds else Kind.SINGLE.value,
        "section": section if section in sections else sections[-1] if sections else "",
        "whole": True,
    }


def offer(
    form: QuestionForm, questionnaire: Questionnaire, existing: Question | None, language: str
) -> None:
    """Give the form what can be chosen in it, and the names that it must not take."""
    form.section.choices = [
        choice(section.name, section.title.in_language(language) or _section_number(place))
        for place, section in enumerate(questionnaire.sections, start=1)
    ]
    own = {existing.name, *(row.name for row in existing.rows)} if existing else set()
    form.taken = names_in(questionnaire) - own
    known = asked_before(questionnaire, existing.name if existing else "")
    offer_tests(form, questionnaire, known, language)


def _section_number(place: int) -> Any:
    return _("Avsnitt %(number)s", number=place)
