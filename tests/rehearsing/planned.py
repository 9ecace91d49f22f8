"""What the tests of a rehearsal ask of a plan and its page."""

import re
from collections.abc import Iterator
from datetime import timedelta

from flask.testing import FlaskClient

from dialog.rehearsing import calendar
from dialog.surveys.models import (
    Round,
)

A_DAY = timedelta(days=1)


def days_of(round_: Round) -> calendar.Calendar:
    found = calendar.of(round_)
    assert found is not None
    return found


def text_of(client: FlaskClient, round_: Round, **asked: object) -> str:
    page = client.get(f"/begaran-pa-prov/{round_.id}", query_string=asked)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", page.text)


def parts(page: str) -> Iterator[str]:
    return (part.split("</section>")[0] for part in page.split("<section")[1:])


def section(page: str, name: str) -> str:
    return next((part for part in parts(page) if f'id="{name}"' in part), "")
