"""A step of a matter, as a browser takes it."""

from datetime import date
from uuid import UUID

from flask.testing import FlaskClient


def take(client: FlaskClient, matter: UUID, slug: str, day: date, **more: str) -> int:
    data = {"day": day.isoformat(), **more}
    return client.post(f"/forhandlingar/{matter}/{slug}", data=data).status_code
