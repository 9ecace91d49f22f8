"""Forms of groups: going into them, and a group's note."""

from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from dialog.meetings.groups.models import Dealing
from dialog.meetings.groups.working import MOST
from dialog.meetings.models import AgendaItem, ItemState
from dialog.web.forms import written

NONE: Final = ""


def _number(label: Any, problem: Any, *, least: int, most: int) -> IntegerField:
    return IntegerField(
        label, [InputRequired(problem), NumberRange(min=least, max=most, message=problem)]
    )


class GroupsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    task = TextAreaField(
        _l("Uppgift"),
        [DataRequired(_l("Skriv vad grupperna ska göra.")), Length(max=1_000)],
        render_kw={"rows": "4"},
    )
    item = SelectField(_l("Punkt på dagordningen"), choices=[])
    number = _number(_l("Antal grupper"), _l("Skriv ett antal från 2 till 30."), least=2, most=MOST)
    how = RadioField(
        _l("Vem hamnar var?"),
        choices=[
            SelectChoice(Dealing.DEALT.value, _l("Slumpen delar in, lika många i varje")),
            SelectChoice(Dealing.CHOSEN.value, _l("Var och en väljer själv")),
        ],
    )
    minutes = _number(
        _l("Minuter"), _l("Skriv ett antal minuter, högst 180. 0 är utan gräns."), least=0, most=180
    )

    def offer(self, items: Sequence[AgendaItem]) -> None:
        self.item.choices = [SelectChoice(NONE, _l("Mötet i stort"))] + [
            SelectChoice(str(item.id), item.title) for item in items
        ]
        active = next((item for item in items if item.state is ItemState.ACTIVE), None)
        if active and not self.is_submitted():
            self.item.data = str(active.id)

    def given(self, items: Sequence[AgendaItem]) -> dict[str, Any]:
        return {
            "item": next((item for item in items if str(item.id) == self.item.data), None),
            "task": written(self.task),
            "number": self.number.data,
            "how": Dealing(self.how.data),
            "minutes": self.minutes.data,
        }


class NoteForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    text = TextAreaField()
    version = HiddenField()
