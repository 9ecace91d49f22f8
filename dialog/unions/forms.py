"""Forms of unions: organisations, groups, mandates, and a representative's own choices."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from dialog.core.errors import WrongInputError
from dialog.organisation.forms import UNIT_FIELD, UnitsForm
from dialog.people.accounts import clean_email
from dialog.unions.keeping import Body
from dialog.unions.mandating import Notice
from dialog.unions.models import BodyKind, UnionOrganisation
from dialog.unions.words import KINDS
from dialog.web.forms import DayField, refuse, written

_MAIL: Final = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
_DAY_NEEDED: Final = _l("Skriv ett datum, till exempel 2026-10-14.")


class _DaysForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A form where some days have to be written."""

    needed: tuple[str, ...] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name in self.needed:
            if self[name].data is None and not self[name].errors:
                refuse(self[name], _DAY_NEEDED)
        return not self.errors

    def day(self, name: str) -> date:
        """A day that was needed, after the form was validated."""
        found: date = self[name].data
        return found


class OrganisationForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    name = StringField(
        _l("Organisationens namn"),
        [DataRequired(_l("Skriv vad organisationen heter.")), Length(max=200)],
    )
    short_name = StringField(_l("Kort namn (valfritt)"), [Length(max=40)])


class BodyForm(UnitsForm):
    name = StringField(
        _l("Gruppens namn"), [DataRequired(_l("Skriv vad gruppen heter.")), Length(max=200)]
    )
    kind = RadioField(
        _l("Slag"),
        [InputRequired(_l("Välj vad det är för slags grupp."))],
        choices=[SelectChoice(kind.value, text) for kind, text in KINDS.items()],
    )
    unit = StringField(
        _l("Enhet som gruppen förhandlar för"),
        [DataRequired(_l("Skriv vilken enhet gruppen förhandlar för.")), Length(max=300)],
        render_kw=UNIT_FIELD,
    )
    secretary = EmailField(
        _l("E-postadress till gruppens sekreterare"),
        [DataRequired(_l("Skriv e-postadressen till den som är sekreterare."))],
        render_kw=_MAIL,
    )
    keep_months = IntegerField(
        _l("Månader som ett avslutat uppdrag sparas"),
        [Optional(), NumberRange(min=0, max=600, message=_l("Skriv ett antal månader, 0–600."))],
    )
    keep_decision = StringField(_l("Gallringsbeslut"), [Length(max=200)])
    unit_id: UUID | None = None

    def validate_unit(self, field: StringField) -> None:
        self.unit_id = self.unit_of(field)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        if (self.keep_months.data is None) is not (not written(self.keep_decision).strip()):
            refuse(
                self.keep_decision,
                _l("Fyll i både antalet månader och vilket beslut det är, eller inget av dem."),
            )
        return not self.errors

    def said(self) -> Body:
        assert self.unit_id is not None  # it was validated
        return Body(
            name=written(self.name),
            kind=BodyKind(self.kind.data),
            unit_id=self.unit_id,
            secretary=written(self.secretary),
            keep_months=self.keep_months.data,
            keep_decision=written(self.keep_decision),
        )


class DaysForm(_DaysForm):
    needed: tuple[str, ...] = ("starts_on",)
    starts_on = DayField(_l("Första dagen"))
    ends_on = DayField(_l("Sista dagen (tomt: tills vidare)"))
    deputy = BooleanField(_l("Är ersättare"))


class MandateForm(UnitsForm, DaysForm):
    needed = ("starts_on", "notified_on")
    person = EmailField(
        _l("E-postadress till den som företräder"),
        [DataRequired(_l("Skriv e-postadressen till den som företräder."))],
        render_kw=_MAIL,
    )
    organisation = SelectField(_l("Organisation"), choices=[])
    unit = StringField(
        _l("Enhet som uppdraget gäller"),
        [DataRequired(_l("Skriv vilken enhet uppdraget gäller.")), Length(max=300)],
        render_kw=UNIT_FIELD,
    )
    notified_on = DayField(_l("Dag då organisationen anmälde uppdraget"))
    unit_id: UUID | None = None

    def offer(self, organisations: list[UnionOrganisation]) -> None:
        self.organisation.choices = [
            SelectChoice(str(each.id), each.name) for each in organisations
        ]

    def validate_unit(self, field: StringField) -> None:
        self.unit_id = self.unit_of(field)

    def notice(self) -> Notice:
        assert self.unit_id is not None  # it was validated
        return Notice(
            person=written(self.person),
            organisation_id=UUID(self.organisation.data),
            unit_id=self.unit_id,
            starts_on=self.day("starts_on"),
            ends_on=self.ends_on.data,
            notified_on=self.day("notified_on"),
            deputy=bool(self.deputy.data),
        )


class AddressForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    email = EmailField(
        _l("E-postadress för meddelanden om uppdraget"),
        [InputRequired(_l("Skriv adressen dit meddelandena ska gå."))],
        render_kw={**_MAIL, "autocomplete": "email"},
    )
    address = ""  # as it is kept

    def validate_email(self, field: EmailField) -> None:
        try:
            self.address = clean_email(written(field))
        except WrongInputError as wrong:
            raise ValidationError(wrong.sentence) from None


class LastDayForm(_DaysForm):
    needed = ("last_day",)
    last_day = DayField(_l("Din sista dag i uppdraget"))


class ConfirmForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A button and nothing else."""
