"""Writing a round's opened answers where they may stand, and without what may not stand there."""

import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col

from dialog.core.disclosure.betraying import Items, betraying
from dialog.core.disclosure.joining import coarsen_joined, join
from dialog.core.questionnaire import Questionnaire, load
from dialog.surveys import result_groups
from dialog.surveys.models import Response, Round, TextAnswer
from dialog.surveys.opening.ballots import Ballots, Place
from dialog.surveys.places import Tree

CHUNK = 1000  # rows in one statement
_RANDOM = secrets.SystemRandom()
Where = Mapping[Place, Mapping[str, Any]]


def write(session: Session, *, round_: Round, found: Ballots, places: Tree) -> int:
    """All responses and texts of the round, each kind in an order of its own that nobody knows.
    Returns how many responses stand at a place where answers that would betray a level are not
    kept (core.disclosure.betraying), whether they had such answers or not.
    """
    where = _where(round_, found=found, places=places)
    form = load(round_.questionnaire)
    connection = session.connection()
    # There can be none, for a cut-off attempt was rolled back; but two opened rounds in one would
    # be worse than a useless statement.
    connection.execute(sa.delete(Response).where(col(Response.round_id) == round_.id))
    connection.execute(sa.delete(TextAnswer).where(col(TextAnswer.round_id) == round_.id))
    for rows in _chunks(_responses(found, where, form)):
        connection.execute(sa.insert(Response), rows)
    for rows in _chunks(_texts(found, where, form)):
        connection.execute(sa.insert(TextAnswer), rows)
    left_out = _left_out(form, where)
    return sum(number for place, number in found.places.items() if left_out[place])


def _where(round_: Round, *, found: Ballots, places: Tree) -> dict[Place, dict[str, Any]]:
    """Where the answers from each place are stored, as columns of a row."""
    groups = result_groups.of(round_)
    above = join(places.parents, groups)
    stored = coarsen_joined(found.places, parents=places.parents, groups=groups, k=round_.k)
    where: dict[Place, dict[str, Any]] = {}
    for place, (at, level) in stored.items():
        group = at if at is not None and at not in places.ids else ""
        unit = above[group] if group else at
        where[place] = {
            "round_id": round_.id,
            "unit_id": places.ids[unit] if unit is not None else None,
            "result_group": group,
            "level": level,
        }
    return where


def _left_out(form: Questionnaire, where: Where, *, of_texts: bool = False) -> dict[Place, Items]:
    """The items of each place that would tell apart those who are stored together."""
    places = {
        place: (str(at["unit_id"]) + ("" if of_texts else at["result_group"]), at["level"])
        for place, at in where.items()
    }
    return betraying(form, places)


def _responses(found: Ballots, where: Where, form: Questionnaire) -> Iterator[dict[str, Any]]:
    left_out = _left_out(form, where)
    order = list(range(len(found)))
    _RANDOM.shuffle(order)
    for index in order:
        place, answers = found.closed(index)
        if left_out[place]:
            kept = {k: v for k, v in json.loads(answers).items() if k not in left_out[place]}
            answers = json.dumps(kept, separators=(",", ":"), ensure_ascii=False)
        yield {"id": uuid4(), "answers": answers, **where[place]}


def _texts(found: Ballots, where: Where, form: Questionnaire) -> Iterator[dict[str, Any]]:
    left_out = _left_out(form, where, of_texts=True)
    order = list(range(len(found.texts)))
    _RANDOM.shuffle(order)
    for index in order:
        place, item, text = found.text(index)
        if item in left_out[place]:
            continue
        # Texts are never shown below verksamhet: the unit above the group is near enough.
        at = {name: value for name, value in where[place].items() if name != "result_group"}
        yield {"id": uuid4(), "item": item, "text": text, **at}


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
