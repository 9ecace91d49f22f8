"""The forms and fields by which files are handed in."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError

from dialog.documents import words


class FileForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    file = FileField(
        _l("Fil"),
        [FileRequired(_l("Välj en fil."))],
        render_kw={"accept": words.ACCEPT, "data-most": str(words.MOST_BYTES)},
    )


class FilesField(MultipleFileField):  # type: ignore[misc]  # flask-wtf has no types
    """Several files, `most` at a time; of more `too_many` is said. `more` are endings that are
    offered beside those of documents.
    """

    def __init__(
        self, label: Any, *, most: int, too_many: Any, more: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        accept = ",".join((words.ACCEPT, *more))
        super().__init__(label, render_kw={"accept": accept, "multiple": True}, **kwargs)
        self.most, self.too_many = most, too_many

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if len(self.given()) > self.most:
            raise ValidationError(self.too_many)

    def given(self) -> list[FileStorage]:
        """The files that were sent."""
        return list(self.data or [])


class RemoveForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Nothing but the button."""
