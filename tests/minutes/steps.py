"""Minutes brought as far as a test wants them, over HTTP."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from dialog.people.models import Person
from tests.minutes.cast import PASSWORD, Cast

As = Callable[[Person], FlaskClient]


def begun(cast: Cast, as_: As) -> str:
    """The address of new minutes."""
    meeting = cast.held()
    answer = as_(cast.secretary).post(f"/moten/{meeting.id}/anteckningar")
    assert answer.status_code == 302
    return f"/anteckningar/{cast.minutes().id}"


def write(cast: Cast, as_: As, at: int, text: str, **more: Any) -> Any:
    section = cast.sections()[at]
    data = {"version": section.version, "heading": section.heading, "text": text, **more}
    address = f"/anteckningar/{section.minutes_id}/skriv/{section.id}"
    return as_(cast.secretary).post(address, data=data, headers={"Accept": "application/json"})


def circulated(cast: Cast, as_: As) -> str:
    """Minutes with a text, sent round to two attesters."""
    address = begun(cast, as_)
    assert write(cast, as_, 1, "Vi **enades**:\n\n- en sak").status_code == 200
    for person in (cast.chair, cast.other):
        as_(cast.secretary).post(f"{address}/justerare", data={"person": person.id, "vad": "till"})
    assert as_(cast.secretary).post(f"{address}/skicka", data={"reason": ""}).status_code == 302
    return address


def attest(cast: Cast, as_: As, person: Person, number: int = 1, password: str = PASSWORD) -> Any:
    address = f"/anteckningar/{cast.minutes().id}/justera"
    return as_(person).post(address, data={"number": number, "password": password})


def locked(cast: Cast, as_: As) -> str:
    address = circulated(cast, as_)
    for person in (cast.chair, cast.other):
        assert attest(cast, as_, person).status_code == 302
    return address
