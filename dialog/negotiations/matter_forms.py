"""Forms of a matter: where it is written down, and where what is said of it is changed."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from dialog.core.negotiating.rules import Paragraph, Rules
from dialog.negotiations import words
from dialog.negotiations.forms import NONE, words_field
from dialog.negotiations.opening import Facts
from dialog.unions.models import UnionOrganisation
from dialog.web.forms import DayField, MultiCheckboxField, RequiredDayField, refuse, written


class FactsForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    title = StringField(
        _l("Vad ärendet gäller"),
        [DataRequired(_l("Skriv kort vad ärendet gäller.")), Length(max=180)],
    )
    background = words_field(_l("Bakgrund"))
    decision_on = DayField(_l("Dag då beslutet är tänkt att fattas (valfritt)"))

    def facts(self) -> Facts:
        return Facts(
            title=written(self.title).strip(),
            background=written(self.background).strip(),
            decision_on=self.decision_on.data,
        )


class ChangeForm(FactsForm):
    addition = words_field(_l("Arbetsgivarens egna ord om ärendet"))
    more = MultiCheckboxField(_l("Lägg till parter"), choices=[])

    def offer(self, organisations: Iterable[UnionOrganisation]) -> None:
        """Those that can become parties; without any the field is not there."""
        self.more.choices = [SelectChoice(str(each.id), each.name) for each in organisations]
        if not self.more.choices:
            del self.more

    def ask(self, *, own: bool) -> None:
        """Keep the words of a matter that the employer asked for; else a field for its own."""
        for name in ("addition",) if own else ("title", "background"):
            del self[name]

    def added(self) -> str:
        return written(self.addition) if "addition" in self else ""

    def joining(self) -> list[UUID]:
        """Who was chosen, after the form was validated."""
        return [UUID(each) for each in self.more.data or ()] if self.more else []


class MatterForm(FactsForm):
    """The employer's side writes a matter down."""

    day = RequiredDayField("")
    paragraph = RadioField(
        _l("Grund i medbestämmandelagen eller avtalet"),
        [InputRequired(_l("Välj vad ärendet grundar sig på."))],
        choices=[],
    )
    organisations = MultiCheckboxField(_l("Parter utöver arbetsgivaren"), choices=[])
    asked_by = SelectField("", choices=[], default=NONE)

    def offer(
        self, organisations: Iterable[UnionOrganisation], rules: Mapping[Paragraph, Rules]
    ) -> None:
        """`rules`: those of the body today, by whose wording the fields are called."""
        usual = rules[Paragraph.UNION_ASKS]
        wording = words.of(next((each for each in rules.values() if each.samverkan), usual))
        self.day.label.text, self.asked_by.label.text = str(wording.day), str(wording.who)
        self.paragraph.choices = [
            SelectChoice(each.value, words.paragraph(each, of)) for each, of in rules.items()
        ]
        named = [(str(each.id), each.name) for each in organisations]
        self.organisations.choices = [SelectChoice(*each) for each in named]
        self.asked_by.choices = [
            SelectChoice(NONE, _l("Arbetsgivaren")), *(SelectChoice(*each) for each in named),
        ]  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if not (self.organisations.data or self.asked_by.data) and not self.errors:
            refuse(self.organisations, _l("Välj minst en organisation som är part."))
        asked_by_union = self.paragraph.data == Paragraph.UNION_ASKS
        if asked_by_union is not bool(self.asked_by.data) and not self.errors:
            refuse(
                self.asked_by,
                _l(
                    "Det som hör till 12 § tas upp av en organisation, det övriga av arbetsgivaren."
                ),
            )
        return not self.errors

    def given(self) -> dict[str, Any]:
        """What `opening.open_matter` takes, after the form was validated."""
        return {
            "paragraph": Paragraph(self.paragraph.data),
            "organisations": [UUID(each) for each in self.organisations.data or ()],
            "asked_by": UUID(self.asked_by.data) if self.asked_by.data else None,
            "day": self.day.day,
        }
