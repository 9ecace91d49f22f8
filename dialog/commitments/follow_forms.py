"""Forms of following by mail."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from dialog.commitments import subjects
from dialog.commitments.overviews import Overview
from dialog.core.errors import WrongInputError
from dialog.people.accounts import clean_email
from dialog.web.forms import written


class FollowForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    email = EmailField(
        _l("E-postadress"),
        [InputRequired(_l("Skriv din e-postadress."))],
        render_kw={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"},
    )
    what = SelectField(_l("Vad vill du följa?"))
    address = ""  # as it is kept

    def offer(self, overview: Overview) -> None:
        """What there is to follow; a choice that is not there becomes everything."""
        self.what.choices = [
            SelectChoice(subjects.ALL, _("Allt som har lovats")),
            *(
                SelectChoice(subjects.SERIES + each.value, each.name, optgroup=_("En serie"))
                for each in overview.series
            ),
            *(
                SelectChoice(
                    subjects.FORVALTNING + each.value, each.name, optgroup=_("En förvaltning")
                )
                for each in overview.forvaltningar
            ),
        ]

    def validate_email(self, field: EmailField) -> None:
        try:
            self.address = clean_email(written(field))
        except WrongInputError as wrong:
            raise ValidationError(wrong.sentence) from None


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A button and nothing else."""
