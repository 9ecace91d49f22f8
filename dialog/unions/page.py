"""What the pages of a group show, and who may see them."""

from typing import Any
from uuid import UUID

from flask import abort

from dialog.core.mandates import Standing
from dialog.organisation.models import Unit
from dialog.people.models import Person
from dialog.people.permissions import InBody, may
from dialog.people.signing_in import actor, me, permit
from dialog.unions import queries, words
from dialog.unions.models import UnionBody
from dialog.unions.queries import Held
from dialog.web.database import session


def existing(body_id: UUID, action: str = "body.see") -> UnionBody:
    """The group, for somebody who may; for others it does not exist."""
    body = session().get(UnionBody, body_id)
    permit(action, concerning(body) if body else InBody())
    return body or abort(404)


def kept(mandate_id: UUID) -> Held:
    """A mandate, for those who keep its group."""
    held = queries.held(session(), mandate_id=mandate_id)
    permit("body.keep", concerning(held.body) if held else InBody())
    return held or abort(404)


def own(mandate_id: UUID) -> Held:
    """One's own mandate; another's does not exist."""
    held = queries.held(session(), mandate_id=mandate_id)
    if held is None or held.person.id != me():
        abort(404)
    return held


def concerning(body: UnionBody) -> InBody:
    return queries.in_body(body)


def facts(body: UnionBody) -> dict[str, Any]:
    """What the page of a group knows of it: ended mandates only for those who record them."""
    all_ = queries.mandates_of(session(), body=body)
    by_standing = {
        standing: [each for each in all_ if each.standing is standing]
        for standing in words.STANDINGS
    }
    keeping = may(actor(), "body.keep", concerning(body))
    if not keeping and not may(actor(), "body.see"):
        by_standing[Standing.ENDED] = []
    return {
        "body": body,
        "concerning": concerning(body),
        "unit": session().get_one(Unit, body.unit_id),
        "secretary": session().get_one(Person, body.secretary_id),
        "mandates": by_standing,
        "keeping": keeping,
        "words": words,
    }
