"""The form where it is decided who holds a round's keys."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlmodel import Session
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Length

from dialog.people.models import Person
from dialog.surveys.holders import trustees_of
from dialog.surveys.models import KeyHolder, Round
from dialog.surveys.rounds.choosing import Place
from dialog.surveys.rounds.key_holders import FEWEST, MOST
from dialog.web.forms import refuse, written

NUMBERS = range(1, MOST + 1)


class Held(Protocol):
    """A place that is kept somewhere."""

    place: int
    function: str
    person_id: UUID
    deputy_id: UUID


class PlacesForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """Two or three places, each with a function, who holds the key and who else could."""

    function_1 = StringField(_l("Funktion"), [Length(max=100)])
    person_1 = SelectField(_l("Nyckelhållare"))
    deputy_1 = SelectField(_l("Ersättare"))
    function_2 = StringField(_l("Funktion"), [Length(max=100)])
    person_2 = SelectField(_l("Nyckelhållare"))
    deputy_2 = SelectField(_l("Ersättare"))
    function_3 = StringField(_l("Funktion"), [Length(max=100)])
    person_3 = SelectField(_l("Nyckelhållare"))
    deputy_3 = SelectField(_l("Ersättare"))

    def offer(self, people: Sequence[Person]) -> None:
        """Let `people` be chosen from."""
        for number in NUMBERS:
            for field in (self[f"person_{number}"], self[f"deputy_{number}"]):
                field.choices = [
                    SelectChoice("", _l("Ingen vald")),
                    *(SelectChoice(str(who.id), f"{who.name} ({who.email})") for who in people),
                ]

    def validate(self, extra_validators: Any = None) -> bool:
        """A place is whole or empty, and two must be whole when trustees hold keys."""
        fine = bool(super().validate(extra_validators))
        if not self.wants_places:
            return fine
        for number in NUMBERS:
            given = [bool(field.data) for field in self.place(number)]
            if all(given) or (number > FEWEST and not any(given)):
                continue
            for field, present in zip(self.place(number), given, strict=True):
                if not present:
                    refuse(field, self._missing(field))
                    fine = False
        return fine

    def place(self, number: int) -> tuple[Any, Any, Any]:
        return self[f"function_{number}"], self[f"person_{number}"], self[f"deputy_{number}"]

    @property
    def wants_places(self) -> bool:
        return True

    def places(self) -> list[Place]:
        """Those that are filled in."""
        return [
            Place(written(function).strip(), UUID(person.data), UUID(deputy.data))
            for function, person, deputy in map(self.place, NUMBERS)
            if function.data and person.data and deputy.data
        ]

    def _missing(self, field: Any) -> Any:
        if field.name.startswith("function"):
            return _l("Skriv nyckelhållarens funktion, till exempel skyddsombud.")
        if field.name.startswith("person"):
            return _l("Välj en nyckelhållare.")
        return _l("Välj en ersättare.")


class KeysForm(PlacesForm):
    key_holder = RadioField(
        _l("Vem håller nycklarna till svaren?"),
        choices=[
            SelectChoice(KeyHolder.TRUSTEES.value, _l("Nyckelhållare och plattformen")),
            SelectChoice(KeyHolder.PLATFORM.value, _l("Bara plattformen")),
        ],
    )

    @property
    def wants_places(self) -> bool:
        return bool(self.key_holder.data == KeyHolder.TRUSTEES.value)

    def values(self) -> dict[str, Any]:
        """What `choosing.choose` takes."""
        return {"key_holder": KeyHolder(self.key_holder.data), "places": self.places()}


def filled(places: Iterable[Held]) -> dict[str, str]:
    """What stands in the fields of the places when the form is opened."""
    found = {}
    for each in places:
        found[f"function_{each.place}"] = each.function
        found[f"person_{each.place}"] = str(each.person_id)
        found[f"deputy_{each.place}"] = str(each.deputy_id)
    return found


def initial(session: Session, round_: Round) -> dict[str, Any]:
    """What stands in the form when it is opened."""
    trustees = trustees_of(session, round_id=round_.id)
    return {"key_holder": round_.key_holder.value, **filled(trustees)}
