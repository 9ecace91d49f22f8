"""The form of a rehearsal: who asks, and on which day. It changes nothing, so it is a GET."""

from collections.abc import Sequence
from typing import Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import NumberRange, Optional

from dialog.core.errors import WrongInputError
from dialog.organisation import naming
from dialog.organisation.queries import Node
from dialog.web.forms import DayField, written

ANYBODY: Final = "journalist"
MANAGER: Final = "chef"
UNITS: Final = "enheter"  # the id of the list of suggestions


class RehearsalForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    class Meta:
        csrf = False  # it only reads

    vem = RadioField(
        _l("Vem frågar?"),
        choices=[
            SelectChoice(ANYBODY, _l("En journalist, eller vem som helst")),
            SelectChoice(MANAGER, _l("En chef för en enhet")),
        ],
        default=ANYBODY,
    )
    enhet = StringField(_l("Chefens enhet"), render_kw={"list": UNITS, "autocomplete": "off"})
    dag = DayField(_l("Dag"))
    andel = IntegerField(
        _l("Räkna med att så många procent svarar"),
        [Optional(), NumberRange(1, 100, _l("Skriv ett tal mellan 1 och 100."))],
        render_kw={"inputmode": "numeric"},
    )

    def offer(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes

    @property
    def suggestions(self) -> list[str]:
        return [naming.suggestion(node) for node in self.nodes]

    def unit(self) -> str | None:
        """The code of the manager's unit; None if anybody asks. Raises WrongInputError."""
        if self.vem.data != MANAGER:
            return None
        return naming.code_of(written(self.enhet), self.nodes)

    def validate_enhet(self, _field: StringField) -> None:
        try:
            unit = self.unit()
        except WrongInputError as wrong:
            raise ValidationError(wrong.sentence) from None
        if self.vem.data == MANAGER and unit is None:
            raise ValidationError(_l("Skriv vilken enhet chefen har."))
