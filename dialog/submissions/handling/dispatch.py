"""What is sent by hand: to those who wrote on paper or by mail, and who have no page here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import InputRequired

from dialog.core.errors import RefusedError
from dialog.storage.clock import today
from dialog.submissions.handling import following, queries
from dialog.submissions.handling.forms import ApproveForm, AskForm
from dialog.submissions.models import Kind, Submission
from dialog.web.forms import RequiredDayField, written

WAYS: Final = {"Med post": _l("Med post"), "Med e-post": _l("Med e-post")}  # kept in Swedish


@dataclass(frozen=True)
class Dispatch:
    """That somebody has sent it: how, and on which day in Sweden."""

    how: str
    on: date

    def __str__(self) -> str:
        return f"{self.how} {self.on}"


class ByHandForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    how = RadioField(
        _l("Hur har du skickat det?"),
        [InputRequired(_l("Välj hur det har skickats."))],
        choices=[SelectChoice(each, label) for each, label in WAYS.items()],
    )
    sent_on = RequiredDayField(_l("Vilken dag skickade du det?"))
    came_on: date | None = None  # the letter; see `to`

    def to(self, submission: Submission) -> Self:
        """Of what is sent to this letter."""
        self.came_on = queries.came_on(submission)
        return self

    def validate_sent_on(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("Den dagen har inte varit än. Skicka först."))
        if field.data and self.came_on and field.data < self.came_on:
            raise ValidationError(_l("Skrivelsen hade inte kommit in den dagen. Rätta dagen."))

    def dispatch(self) -> Dispatch:
        """After the form was validated."""
        assert self.sent_on.data is not None
        return Dispatch(written(self.how), self.sent_on.data)


class AskByHandForm(AskForm, ByHandForm):
    """A question to who wrote by mail."""


class ApproveByHandForm(ApproveForm, ByHandForm):
    """A reply that is to go to somebody who did."""


def is_by_hand(session: Session, *, submission: Submission) -> bool:
    """Whether a reply has to be sent by hand: to this letter, or one that is answered in it."""
    answered = following.answered_with(session, submission=submission)
    return any(each.kind is Kind.MAIL for each in (submission, *answered))


def require(dispatch: Dispatch | None, *, by_hand: bool) -> None:
    """Nothing counts as sent that nobody has sent. Raises RefusedError."""
    if by_hand and dispatch is None:
        raise RefusedError(_("Skrivelsen kom med post eller e-post. Säg hur svaret har skickats."))
