"""Forms of printed codes: a new stack, and what is asked before one is withdrawn."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, NumberRange, ValidationError

from dialog.core.errors import WrongInputError
from dialog.core.levels import Level
from dialog.organisation import naming
from dialog.organisation.queries import Node
from dialog.organisation.wording import level_name
from dialog.surveys.models import CodeStack
from dialog.surveys.rounds.stacks import MOST
from dialog.web.forms import written

UNITS: Final = "enheter"  # the id of the list of suggestions


class StackForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A stack: how many, for where. `stack` is its id, so that sending twice makes one."""

    stack = HiddenField()
    unit = StringField(_l("Enhet (valfritt)"), render_kw={"list": UNITS, "autocomplete": "off"})
    level = SelectField(_l("Nivå (valfritt)"))
    count = IntegerField(
        _l("Antal koder"),
        [
            InputRequired(_l("Skriv hur många koder högen ska ha.")),
            NumberRange(1, MOST, _l("En hög har högst 500 koder. Gör flera högar om det behövs.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def offer(self, units: Sequence[Node]) -> None:
        """What can be chosen. Units are suggested by name and code, and written freely."""
        self.units = units
        self.level.choices = [
            SelectChoice("", _l("Den som svarar väljer")),
            *(SelectChoice(level.value, level_name(level)) for level in Level),
        ]
        if not self.stack.data:
            self.stack.data = str(uuid4())

    @property
    def suggestions(self) -> list[str]:
        return [naming.suggestion(node) for node in self.units]

    def unit_code(self) -> str | None:
        """The code of the unit that was written; None: no unit. Raises ValidationError."""
        try:
            return naming.code_of(written(self.unit), self.units)
        except WrongInputError as wrong:
            raise ValidationError(wrong.sentence) from None

    def validate_unit(self, _field: StringField) -> None:
        self.unit_code()

    def stack_id(self) -> UUID | None:
        try:
            return UUID(written(self.stack))
        except ValueError:
            return None


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    typed = StringField(
        _l("Skriv antalet koder i högen"), render_kw={"inputmode": "numeric", "autocomplete": "off"}
    )

    def __init__(self, stack: CodeStack) -> None:
        super().__init__()
        self.count = stack.count

    def validate_typed(self, field: StringField) -> None:
        if "".join(written(field).split()) != str(self.count):
            raise ValidationError(
                _("Skriv talet %(number)s för att visa att det är rätt hög.", number=self.count)
            )
