"""Forms of sign-in, accounts and people."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    PasswordField,
    SelectMultipleField,
    StringField,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired, Length, ValidationError

from dialog.core.errors import WrongInputError
from dialog.people.accounts import clean_email
from dialog.people.models import Role
from dialog.people.password_links import find
from dialog.people.passwords import LONGEST, fault
from dialog.web.database import reading

EMAIL_MISSING = _("Skriv din e-postadress.")
LINK_GONE = _(
    "Koden stämmer inte, är redan använd eller för gammal. Be om en ny under Glömt lösenordet."
)


class SignInForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    email = EmailField(
        _("E-postadress"),
        [InputRequired(EMAIL_MISSING)],
        render_kw={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"},
    )
    password = PasswordField(
        _("Lösenord"),
        [InputRequired(_("Skriv ditt lösenord.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ForgotForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    email = EmailField(
        _("E-postadress"),
        [InputRequired(EMAIL_MISSING)],
        render_kw={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"},
    )

    def validate_email(self, field: EmailField) -> None:
        _check_email(field)


class NewPasswordForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """By a link: the password is judged when it is known whose it is."""

    email = ""

    code = StringField(
        _("Kod"),
        [InputRequired(_("Skriv koden som står i mejlet."))],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"},
    )
    new_password = PasswordField(
        _("Nytt lösenord"),
        [InputRequired(_("Skriv ett lösenord."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_code(self, field: StringField) -> None:
        with reading() as db:
            found = find(db, typed=field.data or "")
        if found is None:
            raise ValidationError(LINK_GONE)
        self.email = found[0].email

    def validate_new_password(self, field: PasswordField) -> None:
        if self.email and (wrong := fault(field.data or "", email=self.email)):
            raise ValidationError(wrong)


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    password = PasswordField(
        _("Lösenordet du har nu"),
        [InputRequired(_("Skriv lösenordet du har nu.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        _("Nytt lösenord"),
        [InputRequired(_("Skriv ett nytt lösenord."))],
        render_kw={"autocomplete": "new-password"},
    )

    def __init__(self, *, email: str) -> None:
        super().__init__()
        self._email = email

    def validate_new_password(self, field: PasswordField) -> None:
        if wrong := fault(field.data or "", email=self._email):
            raise ValidationError(wrong)


class RolesField(SelectMultipleField):
    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Roller"), choices=[SelectChoice(role.value) for role in Role], **kwargs)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(value) for value in self.data or ())


class RolesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    roles = RolesField()


class PersonForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    name = StringField(
        _("Namn"),
        [InputRequired(_("Skriv personens namn.")), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _("E-postadress"),
        [InputRequired(_("Skriv personens e-postadress."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    roles = RolesField()

    def validate_email(self, field: EmailField) -> None:
        _check_email(field)


def _check_email(field: EmailField) -> None:
    try:
        clean_email(field.data or "")
    except WrongInputError as wrong:
        raise ValidationError(wrong.sentence) from None
