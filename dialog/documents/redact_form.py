"""The form by which areas of a PDF are chosen to be redacted. What was chosen goes along in it from
page to page: nothing is kept until the copy is made.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DecimalField, HiddenField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from dialog.core.documents.areas import MOST, REASON, Area
from dialog.web.forms import MultiCheckboxField, refuse, written

SHOWN: Final = 120  # signs of a line, in its box to tick
WHOLE: Final = 100  # percent


class _PercentField(DecimalField):
    """0–100 of a side; empty where no area is drawn."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, [Optional()], places=2, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        if not any(value.strip() for value in valuelist):
            return  # as browsers send what was left empty
        try:
            super().process_formdata([value.strip().replace(",", ".") for value in valuelist])
        except ValueError:
            raise ValueError(str(_l("Skriv ett tal mellan 0 och 100."))) from None


class RedactForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    areas = HiddenField()
    version = HiddenField()  # of the document, on which they were chosen
    lines = MultiCheckboxField(_l("Rader att maska"), choices=[], validate_choice=False)
    left = _PercentField(_l("Vänsterkant i procent"))
    top = _PercentField(_l("Överkant i procent"))
    right = _PercentField(_l("Högerkant i procent"))
    bottom = _PercentField(_l("Underkant i procent"))
    reason = StringField(_l("Skäl"))

    def offer(self, lines: Sequence[dict[str, Any]]) -> None:
        """The lines of the page that is shown."""
        self.offered = lines
        self.lines.choices = [
            SelectChoice(str(at), line["words"][:SHOWN]) for at, line in enumerate(lines)
        ]

    def is_of(self, version: int) -> bool:
        """Whether it was filled in on that version; a form that is just opened is."""
        return not self.is_submitted() or written(self.version) == str(version)

    def move(self, lines: Sequence[dict[str, Any]]) -> None:
        """To a newer version, with all that was chosen: whoever chose looks through it. What was
        ticked stood on the old page.
        """
        self.offer(lines)
        self.lines.data = []
        refuse(self.lines, _l(
            "Det har kommit en ny version av filen, och den visas nu. Det du har valt står kvar:"
            " se efter att det ligger rätt. Rader som du just hade kryssat i får du kryssa i igen."
        ))  # fmt: skip

    def chosen(self) -> list[Area]:
        """All that is chosen so far. Of what a browser should not have sent nothing is taken."""
        try:
            return [Area.from_json(each) for each in json.loads(written(self.areas) or "[]")][:MOST]
        except (ValueError, TypeError, OverflowError):
            return []

    def take_away(self, at: int) -> None:
        areas = self.chosen()
        if 0 <= at < len(areas):
            self._carry(areas[:at] + areas[at + 1 :])

    def filled(self) -> bool:
        """Whether something is ticked or drawn: whatever button is pressed, it is not lost."""
        return bool(self.lines.data) or any(field.raw_data and field.raw_data[0].strip()
                                            for field in self._sides())  # fmt: skip

    def add(self, page: int) -> None:
        """Choose what is ticked and drawn; where something is missing the field says what."""
        boxes = [self.offered[int(at)]["sides"] for at in self.lines.data or [] if self._is(at)]
        drawn = [field.data for field in self._sides()]
        if any(part is not None for part in drawn):
            boxes.append([float(part or 0) / WHOLE for part in drawn])
        for field in self._sides():
            field.errors = [*field.process_errors]
        reason = written(self.reason).strip()
        if not boxes:
            refuse(self.lines, _l("Kryssa i en rad, eller rita en ruta på sidan."))
        if not reason or len(reason) > REASON:
            refuse(self.reason, _l("Skriv skälet, högst 200 tecken, till exempel ett lagrum."))
        try:
            found = [Area.from_json([page, *box, reason or "-"]) for box in boxes]
        except ValueError:
            refuse(self.left, _l("Rutan ska ligga på sidan, mellan 0 och 100 procent."))
        if not self.errors:
            self._carry([*self.chosen(), *found][:MOST])
            self.lines.data = []
            for field in self._sides():
                field.data, field.raw_data = None, None

    def _carry(self, areas: Sequence[Area]) -> None:
        self.areas.data = json.dumps([area.as_json() for area in areas])

    def _sides(self) -> tuple[_PercentField, ...]:
        return self.left, self.top, self.right, self.bottom

    def _is(self, at: str) -> bool:
        return at.isdigit() and int(at) < len(self.offered)
