"""The form with which questions are put under headings."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from dialog.meetings.live.questions import Asked
from dialog.web.forms import MultiCheckboxField, refuse, written

NEW, NONE = "ny", "ingen"
_OWN: Final = "r:"  # before a heading that there is, which may be any word


class GroupForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    questions = MultiCheckboxField(_l("Frågor"))
    under = RadioField(_l("Under vilken rubrik?"))
    heading = StringField(_l("Ny rubrik"), render_kw={"maxlength": "80", "autocomplete": "off"})

    def offer(self, asked: Sequence[Asked], headings: Sequence[str]) -> None:
        self.questions.choices = [
            SelectChoice(str(each.row.id), self._words(each)) for each in asked
        ]
        self.under.choices = [
            *(SelectChoice(_OWN + each, each) for each in headings),
            SelectChoice(NEW, _l("En ny rubrik")),
            *([SelectChoice(NONE, _l("Ingen rubrik"))] if headings else []),
        ]
        self.under.data = self.under.data or NEW

    @staticmethod
    def _words(asked: Asked) -> str:
        text = asked.row.text if len(asked.row.text) <= 90 else asked.row.text[:89] + "…"  # noqa: PLR2004 - signs
        return f"{text} ({asked.row.theme})" if asked.row.theme else text

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.questions.data:
            refuse(self.questions, _l("Kryssa för minst en fråga."))
        if self.under.data == NEW and not written(self.heading).strip():
            refuse(self.heading, _l("Skriv rubriken."))
        return not self.errors

    def chosen(self) -> tuple[str, set[UUID]]:
        """The heading (empty: none), and the keys of the questions."""
        under = str(self.under.data)
        heading = written(self.heading) if under == NEW else under.removeprefix(_OWN)
        return "" if under == NONE else heading, {UUID(key) for key in self.questions.data or ()}
