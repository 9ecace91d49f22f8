"""Forms without a cookie: one that sends something for a receipt, and one that opens it."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, ValidationError

from dialog.core import receipts
from dialog.core.receipts import ReceiptNumber
from dialog.receipts import giving
from dialog.receipts.giving import Asked
from dialog.receipts.places import Key
from dialog.web.forms import written


class WithReceiptForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Whoever sends it need not be known: it has no cookie that another site could make use of."""

    class Meta:
        csrf = False

    form_id = HiddenField()
    code = StringField(_l("Din kod"))

    def ready(self) -> None:
        """An id and a code, for a form that is shown for the first time; then they stay."""
        self.form_id.data = str(self._id() or uuid4())
        self.code.data = receipts.read_code(written(self.code)) or giving.new_code()

    def validate_code(self, field: Any) -> None:
        if receipts.read_code(written(field)) is None or self._id() is None:
            raise ValidationError(_l("Det blev ingen kod. Ladda om sidan och skicka igen."))

    def asked(self) -> Asked:
        """After the form was validated. Raises BusyError."""
        form_id, code = self._id(), receipts.read_code(written(self.code))
        assert form_id is not None
        assert code is not None
        return giving.asked(form_id=form_id, code=code)

    def _id(self) -> UUID | None:
        with suppress(ValueError):
            return UUID(written(self.form_id))
        return None


class OpenForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    class Meta:
        csrf = False

    number = StringField(_l("Nummer"))
    code = StringField(_l("Kod"))

    def validate_number(self, field: Any) -> None:
        if receipts.read_number(written(field)) is None:
            raise ValidationError(_l("Skriv numret så här: U-2026-00012."))

    def validate_code(self, field: Any) -> None:
        if receipts.read_code(written(field)) is None:
            raise ValidationError(_l("Skriv kodens 16 siffror."))

    def given(self) -> tuple[ReceiptNumber, str]:
        """After the form was validated."""
        number = receipts.read_number(written(self.number))
        code = receipts.read_code(written(self.code))
        assert number is not None
        assert code is not None
        return number, code

    @property
    def key(self) -> Key:
        number, code = self.given()
        return Key(str(number), code)
