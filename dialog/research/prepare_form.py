"""The form by which a round is made ready for researchers."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, IntegerField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, NumberRange

from dialog.core.questionnaire import Kind, items, load
from dialog.exports.package.variables import Form
from dialog.research import coded_rounds
from dialog.research.coded_rounds import Coded
from dialog.research.models import RoundData
from dialog.surveys.models import Round
from dialog.web.forms import MultiCheckboxField, written
from dialog.web.i18n import language

ALWAYS: Final = (coded_rounds.UNIT, coded_rounds.LEVEL)


def proposed(round_: Round, coded: Coded) -> RoundData:
    """A place to start: what is asked of the respondent rather than of what they think, as far as
    that can be seen. Numbers, and choices that belong to no scale and have no order.
    """
    form = load(round_.questionnaire)
    in_scales = {name for scale in form.scales for name in scale.items}
    asked = {
        item.name
        for item in items(form)
        if item.name == item.question
        and item.name not in in_scales
        and not item.sensitive
        and (
            item.kind is Kind.NUMBER
            or (item.kind is Kind.SINGLE and all(option.value is None for option in item.options))
        )
    }
    names = [variable.name for variable in coded.eligible if variable.name in asked]
    return RoundData(
        round_id=round_.id, author_id=round_.author_id, quasi=[*ALWAYS, *names], k=round_.k
    )


class PrepareForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    quasi = MultiCheckboxField(_l("Vad skulle någon kunna kännas igen på?"))
    k = IntegerField(
        _l("Minsta grupp (k)"),
        [InputRequired(_l("Skriv ett tal."))],
        render_kw={"inputmode": "numeric"},
    )
    l = IntegerField(  # noqa: E741 - its name in the literature
        _l("Minsta antal olika känsliga svar i en grupp (l)"),
        [
            InputRequired(_l("Skriv ett tal. 1 ställer inget krav.")),
            NumberRange(1, 10, _l("Skriv ett tal från 1 till 10.")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    t = StringField(_l("Största avstånd till alla svar (t)"), render_kw={"inputmode": "decimal"})
    files = FileField(_l("Egna hierarkier"))

    def __init__(self, round_: Round, coded: Coded, data: RoundData) -> None:
        super().__init__(data={"quasi": data.quasi, "k": data.k, "l": data.l, "t": _said(data.t)})
        self.least = round_.k
        self.quasi.choices = [
            SelectChoice(variable.name, variable.label.in_language(language()))
            for variable in coded.eligible
            if variable.name not in ALWAYS and (variable.form is Form.NUMBER or variable.categories)
        ]

    def validate_k(self, field: IntegerField) -> None:
        if field.data is not None and not self.least <= field.data <= 100:  # noqa: PLR2004 - as a round's k
            message = _l("Skriv ett tal från %(least)s till 100.", least=self.least)
            raise ValidationError(message)

    def validate_t(self, field: StringField) -> None:
        try:
            right = 0 < float(written(field).replace(",", ".") or 1) <= 1
        except ValueError:
            right = False
        if not right:
            raise ValidationError(_l("Skriv ett tal mellan 0 och 1. 1 ställer inget krav."))

    def values(self) -> dict[str, Any]:
        return {
            "quasi": self.quasi.data or [],
            "k": self.k.data,
            "l": self.l.data,
            "t": float(written(self.t).replace(",", ".") or 1),
        }


def _said(number: float) -> str:
    return f"{number:g}"
