"""What is asked of somebody who proposes or decides a correction."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.core.questionnaire import Questionnaire
from dialog.results import wording
from dialog.results.correcting import changes
from dialog.results.correcting.deciding import Proposal
from dialog.results.correcting.reorganising import Closed
from dialog.web.forms import MultiCheckboxField, refuse, written

BETWEEN = "|"


class ProposeForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """The questions are offered, and the fields for closed units added, when it is made."""

    reorganised = BooleanField(_l("Räkna resultatet efter organisationen som den är nu"))
    withheld = MultiCheckboxField(_l("Frågor som inte ska visas"))
    turned = MultiCheckboxField(_l("Frågor som är vända åt fel håll i en skala"))
    reason = TextAreaField(
        _l("Varför rättas resultatet?"),
        [DataRequired(_l("Skriv varför resultatet rättas.")), Length(max=1000)],
        render_kw={"rows": "4"},
    )
    closed: Sequence[Closed] = ()
    units: Collection[str] = ()

    def moved(self) -> list[StringField]:
        return [self[f"moved_{number}"] for number in range(len(self.closed))]

    def validate(self, **more: Any) -> bool:
        good: bool = super().validate(**more)
        for field in self.moved() if self.reorganised.data else ():
            if written(field).strip() not in self.units:
                refuse(field, _("Skriv koden för en enhet som finns nu."))
                good = False
        if not (self.reorganised.data or self.withheld.data or self.turned.data):
            refuse(self.reorganised, _("Välj vad som ska rättas."))
            good = False
        return good

    def proposal(self) -> Proposal:
        into = [written(field).strip() for field in self.moved()]
        turns = [one.split(BETWEEN) for one in self.turned.data or ()]
        return Proposal(
            reason=written(self.reason).strip(),
            reorganised=bool(self.reorganised.data),
            moved={one.code: unit for one, unit in zip(self.closed, into, strict=True)},
            withheld=list(self.withheld.data or ()),
            turned=[(scale, item) for scale, item in turns],
        )


def propose_form(
    form: Questionnaire, *, closed: Sequence[Closed], units: Collection[str], gone: Collection[str]
) -> ProposeForm:
    """`closed` units are asked for, `units` may be named; `gone` questions are shown no more."""
    fields = {
        f"moved_{number}": StringField(
            _("%(unit)s (%(code)s) räknas in i", unit=one.name, code=one.code),
            default=one.into,
            render_kw={"list": "enheter", "autocomplete": "off"},
        )
        for number, one in enumerate(closed)
    }
    made: ProposeForm = type("Asked", (ProposeForm,), fields)()
    made.closed, made.units = closed, units
    made.withheld.choices = [
        SelectChoice(item.name, wording.said(item.text))
        for item in changes.withholdable(form)
        if item.name not in gone
    ]
    made.turned.choices = [
        SelectChoice(
            f"{scale.name}{BETWEEN}{item.name}",
            _("%(scale)s: %(item)s (nu vänd)", scale=scale_name, item=wording.said(item.text))
            if is_turned
            else f"{scale_name}: {wording.said(item.text)}",
        )
        for scale, item, is_turned in changes.turnable(form)
        for scale_name in [wording.said(scale.title)]
    ]
    return made


class DecideForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    reason = TextAreaField(
        _l("Varför ska den inte göras? (om du avslår)"), [Length(max=1000)], render_kw={"rows": "3"}
    )
