"""The form of a programme: its name, who leads it, and the people of the university."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from dialog.web.forms import written


class ProgrammeForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    name = StringField(
        _l("Granskningens namn"),
        [DataRequired(_l("Skriv vad granskningen heter.")), Length(max=200)],
    )
    principal = StringField(
        _l("Lärosäte"),
        [DataRequired(_l("Skriv vilket lärosäte som leder granskningen.")), Length(max=200)],
    )
    people = TextAreaField(_l("Lärosätets personer"), render_kw={"rows": "6"})

    def values(self) -> dict[str, Any]:
        return {
            "name": written(self.name),
            "principal": written(self.principal),
            "addresses": written(self.people).split(),
        }
