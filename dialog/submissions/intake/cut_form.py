"""The form by which a batch is cut up: on which pages a letter begins, and which are none's."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from dialog.core import cutting
from dialog.core.cutting import Letter
from dialog.documents.sheets import Sheet
from dialog.web.forms import MultiCheckboxField, refuse, written


class CutForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """`seen` tells which letters the page showed: others are shown before they are taken in."""

    begins = MultiCheckboxField(_l("Sidor där ett nytt brev börjar"), choices=[])
    skipped = MultiCheckboxField(_l("Sidor att hoppa över"), choices=[])
    seen = HiddenField()

    def offer(self, sheets: Sequence[Sheet]) -> None:
        """Empty pages are proposed to be skipped."""
        self.sheets = sheets
        choices = [SelectChoice(str(page), str(page)) for page in range(1, len(sheets) + 1)]
        self.begins.choices = self.skipped.choices = choices
        if not self.is_submitted():
            empty = [str(page) for page, sheet in enumerate(sheets, 1) if sheet.empty]
            self.begins.data, self.skipped.data = [], empty

    def validate_skipped(self, _field: MultiCheckboxField) -> None:
        if not self.letters:
            raise ValidationError(
                _l("Alla sidor hoppas över. Ta bort krysset på dem som hör till ett brev.")
            )

    @property
    def letters(self) -> list[Letter]:
        return cutting.letters(
            len(self.sheets), begins=self._pages(self.begins), skipped=self._pages(self.skipped)
        )

    @property
    def was_seen(self) -> bool:
        return written(self.seen) == self._told()

    @property
    def asks(self) -> bool:
        """Whether the letters were sent, and are shown to be looked through."""
        return bool(self.sheets) and self.is_submitted() and not self.errors

    def show(self) -> None:
        """Show the letters: sent again, they are seen."""
        if self.is_submitted():
            self.seen.data = self._told()

    def refuse(self, sentence: str) -> None:
        refuse(self.begins, sentence)

    def spans(self) -> list[str]:
        """The pages of each letter, as people write them."""
        return [cutting.spans(letter) for letter in self.letters]

    def _pages(self, field: MultiCheckboxField) -> set[int]:
        """Of the batch's pages: what else was sent is no choice."""
        return {page for page in range(1, len(self.sheets) + 1) if str(page) in (field.data or ())}

    def _told(self) -> str:
        """As cutting.js writes it too."""
        return ";".join(",".join(map(str, letter)) for letter in self.letters)
