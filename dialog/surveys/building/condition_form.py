"""The form of one test in a condition: which question, how, which answers."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from pydantic import TypeAdapter, ValidationError
from wtforms import Form, HiddenField, SelectField, SelectMultipleField
from wtforms import StringField as LineField

from dialog.core.conditions import written
from dialog.core.questionnaire import LEVEL, Condition, Item, Kind
from dialog.surveys.building.fields import trimmed

CONDITION = TypeAdapter(Condition)
TEXTS = (Kind.SHORT, Kind.LONG)
EQUAL, SIZE = ("is", "is_not"), ("at_least", "at_most")


class TestForm(Form):
    """One test, or (`kept`, as JSON) conditions inside the condition, which can only be removed.
    `about` is the item asked for, None for the level; set by `offer_tests`.
    """

    item = SelectField(_("Fråga"))
    op = SelectField(_("Jämförelse"), default="is")
    values = SelectMultipleField(_("Svar"), validate_choice=False)
    value = LineField(_("Värde"), filters=[trimmed])
    kept = HiddenField()
    about: Item | None = None
    kept_words = ""

    @property
    def input(self) -> str:
        """How the answer is given: "choices", "value", or "" where none is needed."""
        if not self.item.data or self.op.data == "answered":
            return ""
        if self.item.data == LEVEL or (self.about and self.about.options and self.op.data in EQUAL):
            return "choices"
        return "value"

    def validate(self, extra_validators: Any = None) -> bool:
        if self.kept.data:
            return is_condition(self.kept.data)
        if not self.item.data:
            self.item.errors = [_("Välj vilken fråga villkoret gäller.")]
            return False
        if not super().validate(extra_validators):
            return False
        return self._validate_answer()

    def _validate_answer(self) -> bool:
        if self.input == "choices" and not self.values.data:
            self.values.errors = [_("Välj minst ett svar i villkoret.")]
        elif self.input == "value" and not all(map(self._fits, self.compared())):
            self.value.errors = [self._advice()]
        return not (self.values.errors or self.value.errors)

    def compared(self) -> tuple[str, ...]:
        """The values to compare with, as conditions write them."""
        if self.input == "choices":
            return tuple(self.values.data or ())
        if self.input == "":
            return ()
        typed = self.value.data or ""
        if self.about and self.about.kind in TEXTS:
            return (typed,)
        parts = typed.split(";") if self.op.data in EQUAL else [typed]
        return tuple(_number(part.strip()) for part in parts)

    def _fits(self, value: str) -> bool:
        if self.about is None or self.about.kind in TEXTS:
            return bool(value)
        try:
            date.fromisoformat(value) if self.about.kind is Kind.DATE else float(value)
        except ValueError:
            return False
        return True

    def _advice(self) -> Any:
        if self.about and self.about.kind is Kind.DATE:
            return _("Skriv ett datum i villkoret, till exempel 2026-10-14.")
        if self.about and self.about.kind in TEXTS:
            return _("Skriv en text i villkoret.")
        return _("Skriv ett tal i villkoret, till exempel 5.")


def _number(value: str) -> str:
    """A number as answers are written: "5,0" is "5"."""
    try:
        return written(float(value.replace(",", ".")))
    except ValueError:
        return value


def is_condition(value: str) -> bool:
    """Whether `value` is a condition as JSON."""
    try:
        CONDITION.validate_json(value)
    except ValidationError:
        return False
    return True
