"""Forms of result groups: to take what is proposed, or put a group together by hand."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length, NumberRange

from dialog.web.forms import MultiCheckboxField


class ProposalForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """`units`: one group of the proposal; none: all of it."""

    percent = IntegerField(validators=[NumberRange(1, 100)])
    units = MultiCheckboxField(validate_choice=False)


class DropForm(FlaskForm):  # type: ignore[misc]
    """`code`: one group; none: all of them."""

    code = StringField()


class GroupForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_l("Gruppens namn"), [Length(max=200)])
    units = MultiCheckboxField(_l("Enheter som redovisas tillsammans"))

    def offer(self, units: Sequence[tuple[str, str]]) -> None:
        """Let these (code, label) be chosen among."""
        self.units.choices = [SelectChoice(code, label) for code, label in units]
