"""Forms of the organisation, and the field by which other features choose an audience."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, StringField, ValidationError

from dialog.core.errors import WrongInputError
from dialog.core.levels import Level
from dialog.organisation.audiences import Audience, make
from dialog.organisation.naming import code_of, suggestion
from dialog.organisation.queries import Node
from dialog.organisation.wording import level_name
from dialog.web.forms import written

SUGGESTED: Final = 2  # depth of the units that the list of a field suggests; others can be typed
UNIT_FIELD: Final = {"list": "enheter", "autocomplete": "off"}  # the list: macro unit_list


class AudienceField(Field):
    """Chooses an `Audience` by boxes for levels and a tree of boxes for units; `data` is it.

    The view gives it the tree: `form.audience.offer(queries.nodes(session()))`. Shown by the
    macro `audience_field` in organisation/audience.html; works without script.
    """

    data: Audience
    units: Sequence[Node] = ()

    def offer(self, units: Sequence[Node]) -> None:
        """The units that can be chosen, in tree order."""
        self.units = units

    def process_data(self, value: Audience | None) -> None:
        self.data = value or Audience()

    def process_formdata(self, valuelist: list[Any]) -> None:
        chosen = [str(value).partition(":") for value in valuelist]
        try:
            self.data = make(
                [value for kind, _colon, value in chosen if kind == "unit"],
                [value for kind, _colon, value in chosen if kind == "level"],
            )
        except WrongInputError as wrong:
            raise ValueError(wrong.sentence) from None

    def pre_validate(self, _form: Any) -> None:
        known = {node.code for node in self.units}
        if not known.issuperset(self.data.units):
            raise ValidationError(
                _("Någon av enheterna finns inte längre i organisationen. Välj enheter igen.")
            )

    def levels(self) -> list[tuple[str, str, bool]]:
        """(value, name, chosen) of each level."""
        return [
            (f"level:{level.value}", level_name(level), level in self.data.levels)
            for level in Level
        ]

    def rows(self) -> list[tuple[Node, bool, int, int, bool]]:
        """(unit, chosen, parts right below, lists that end after it, list below shown open), in
        tree order: what the macro needs to nest a flat list.
        """
        chosen = set(self.data.units)
        parts: dict[str | None, int] = {}
        shown: set[str | None] = set()
        by_code = {node.code: node for node in self.units}
        for node in self.units:
            parts[node.parent] = parts.get(node.parent, 0) + 1
            if node.code in chosen:
                shown.update(node.path.strip("/").split("/")[:-1])
        following = [node.depth for node in self.units[1:]] + [self._top()]
        return [
            (
                node,
                node.code in chosen,
                parts.get(node.code, 0),
                max(0, node.depth - after),
                node.parent not in by_code or node.code in shown,
            )
            for node, after in zip(self.units, following, strict=True)
        ]

    def _top(self) -> int:
        return self.units[0].depth if self.units else 0


class UnitsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A form where units are written by name or code."""

    nodes: Sequence[Node] = ()

    def suggestions(self) -> list[str]:
        return [suggestion(node) for node in self.nodes if node.depth <= SUGGESTED]

    def unit_of(self, field: StringField) -> UUID | None:
        """The unit that was written, if any. Raises ValidationError."""
        try:
            code = code_of(written(field), self.nodes)
        except WrongInputError as wrong:
            raise ValidationError(wrong.sentence) from None
        return next((node.id for node in self.nodes if node.code == code), None)


class ImportForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    units = FileField(_("Fil med enheter"), [FileRequired(_("Välj filen med enheter."))])
    people = FileField(_("Fil med personer"), [FileRequired(_("Välj filen med personer."))])


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Confirms an import. If `leaving` is set, that number must be typed: it is that many."""

    typed = StringField(_("Antal personer som slutar"))
    leaving: int | None = None

    def validate_typed(self, field: StringField) -> None:
        digits = "".join(sign for sign in str(field.data or "") if not sign.isspace())
        if self.leaving is not None and digits != str(self.leaving):
            raise ValidationError(
                _("Skriv talet %(number)s för att visa att det är meningen.", number=self.leaving)
            )
