"""The form by which a file is handed in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from dialog.documents import words


class FileForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    file = FileField(
        _l("Fil"),
        [FileRequired(_l("Välj en fil."))],
        render_kw={"accept": words.ACCEPT, "data-most": str(words.MOST_BYTES)},
    )


class RemoveForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Nothing but the button."""
