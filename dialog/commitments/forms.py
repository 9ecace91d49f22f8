"""The form of a new commitment, and of an owner."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length

from dialog.commitments.models import PromisedTo
from dialog.commitments.proposing import FORVALTNING, Owner, Recipient
from dialog.organisation.forms import UNIT_FIELD, UnitsForm
from dialog.organisation.queries import Node
from dialog.people.models import Person
from dialog.people.queries import person_by_email
from dialog.web.database import session
from dialog.web.forms import DayField, written

_MAIL = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}


def _person(field: EmailField) -> Person:
    """Whoever has the address. Raises ValidationError."""
    found = person_by_email(session(), email=written(field))
    if found is None or not found.active:
        raise ValidationError(
            str(_l("Det finns ingen med den adressen i organisationen. Kontrollera stavningen."))
        )
    return found


class OwnerForm(UnitsForm):
    owner_title = StringField(
        _l("Funktion som ansvarar, så som alla läser den"),
        [DataRequired(_l("Skriv vilken funktion som ansvarar.")), Length(max=200)],
    )
    owner_email = EmailField(
        _l("E-postadress till den som ansvarar"),
        [DataRequired(_l("Skriv e-postadressen till den som ansvarar."))],
        render_kw=_MAIL,
    )
    owner_unit = StringField(
        _l("Enhet som ansvarar (valfritt)"), [Length(max=300)], render_kw=UNIT_FIELD
    )
    owner_person: UUID | None = None
    owner_unit_id: UUID | None = None

    def validate_owner_email(self, field: EmailField) -> None:
        self.owner_person = _person(field).id

    def validate_owner_unit(self, field: StringField) -> None:
        self.owner_unit_id = self.unit_of(field)

    @property
    def owner(self) -> Owner:
        """As it was written, after the form was validated."""
        assert self.owner_person is not None
        return Owner(self.owner_person, written(self.owner_title), self.owner_unit_id)


class ProposeForm(OwnerForm):
    title = StringField(
        _l("Åtagandet i korthet"),
        [DataRequired(_l("Skriv kort vad som lovades.")), Length(max=200)],
    )
    question = TextAreaField(
        _l("Vad sades eller frågades? (valfritt)"), [Length(max=3000)], render_kw={"rows": "3"}
    )
    promise = TextAreaField(
        _l("Vad lovades?"),
        [DataRequired(_l("Skriv vad som lovades.")), Length(max=3000)],
        render_kw={"rows": "4"},
    )
    said_on = DayField(_l("Vilken dag lovades det?"))
    due = DayField(_l("Vilken dag ska det vara gjort? (den som ansvarar bestämmer)"))
    series = StringField(
        _l("Serie av möten (valfritt)"),
        [Length(max=200)],
        render_kw={"list": "serier", "autocomplete": "off"},
    )
    forvaltning = SelectField(_l("Förvaltning på den öppna sidan"))
    to_title = StringField(
        _l("Vilka lovades det, så som alla läser det?"),
        [
            DataRequired(_l("Skriv vilka det lovades, till exempel ”Barnmorskorna”.")),
            Length(max=200),
        ],
    )
    promised_to = RadioField(
        _l("Vem svarar sedan på om det är gjort?"),
        choices=[
            SelectChoice(PromisedTo.UNIT.value, _l("Alla i en enhet")),
            SelectChoice(PromisedTo.PERSON.value, _l("En person")),
        ],
        validators=[DataRequired(_l("Välj vem som svarar på om det är gjort."))],
    )
    to_unit = StringField(_l("Enheten"), [Length(max=300)], render_kw=UNIT_FIELD)
    to_email = EmailField(_l("Personens e-postadress"), render_kw=_MAIL)
    to_unit_id: UUID | None = None
    to_person: UUID | None = None

    def offer(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        places = [node for node in nodes if node.depth == FORVALTNING]
        self.forvaltning.choices = [
            SelectChoice("", _l("Den som det lovades, eller som ansvarar")),
            *(SelectChoice(str(node.id), node.name) for node in places),
        ]

    def validate_to_unit(self, field: StringField) -> None:
        if self.promised_to.data == PromisedTo.UNIT.value:
            self.to_unit_id = self.unit_of(field)
            if self.to_unit_id is None:
                raise ValidationError(str(_l("Skriv vilken enhet det lovades.")))

    def validate_to_email(self, field: EmailField) -> None:
        if self.promised_to.data == PromisedTo.PERSON.value:
            self.to_person = _person(field).id

    def given(self) -> dict[str, Any]:
        """What proposing takes, beside who proposes."""
        place = written(self.forvaltning)
        return {
            "title": written(self.title),
            "question": written(self.question),
            "promise": written(self.promise),
            "said_on": self.said_on.data,
            "due": self.due.data,
            "series": written(self.series),
            "forvaltning_id": UUID(place) if place else None,
            "owner": self.owner,
            "recipient": Recipient(written(self.to_title), self.to_person, self.to_unit_id),
        }
