"""Forms of retention: a decision, the matters that are put under it, why a list is given up."""

from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from dialog.diary.models import DiaryAuthority
from dialog.retention.deciding import Said
from dialog.web.forms import written

MOST_MONTHS: Final = 1_200
_MONTHS: Final = _l("Skriv ett helt antal månader, från 0 till 1200.")


class DecisionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    authority = SelectField(_l("Myndighet"), [DataRequired(_l("Välj en myndighet."))], choices=[])
    name = StringField(
        _l("Beslutet"), [DataRequired(_l("Skriv vilket beslut det är.")), Length(max=120)]
    )
    about = StringField(
        _l("Vilka ärenden det gäller"),
        [DataRequired(_l("Skriv vilka ärenden beslutet gäller.")), Length(max=300)],
    )
    months = IntegerField(
        _l("Månader som ett ärende finns kvar efter sin sista handling"),
        [InputRequired(_MONTHS), NumberRange(0, MOST_MONTHS, _MONTHS)],
    )

    def offer(self, authorities: list[DiaryAuthority]) -> None:
        self.authority.choices = [
            SelectChoice(str(each.id), f"{each.name} ({each.letters})") for each in authorities
        ]

    def said(self) -> Said:
        """After the form was validated."""
        return Said(
            authority_id=UUID(str(self.authority.data)),
            name=written(self.name).strip(),
            about=written(self.about).strip(),
            months=int(self.months.data or 0),
        )


class MattersForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    numbers = TextAreaField(
        _l("Ärendenas nummer"),
        [DataRequired(_l("Skriv minst ett nummer.")), Length(max=20_000)],
        render_kw={"rows": 6},
    )

    def named(self) -> list[str]:
        """One a line."""
        lines = (line.strip(" \t,;") for line in written(self.numbers).splitlines())
        return [line for line in lines if line]


class EndForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Nothing but a yes."""


class WithdrawForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = StringField(
        _l("Varför dras listan tillbaka?"), [DataRequired(_l("Skriv varför.")), Length(max=300)]
    )
