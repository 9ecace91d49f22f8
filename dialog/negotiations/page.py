"""What the pages of negotiations show, and who may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import abort

from dialog.core.negotiating.matters import State, possible
from dialog.negotiations import claiming, meeting_up, parties, queries, steps, words
from dialog.negotiations.models import MblMatter
from dialog.negotiations.parties import Party, may_take
from dialog.negotiations.step_pages import SLUGS
from dialog.people.permissions import InBody, may
from dialog.people.signing_in import actor, permit
from dialog.unions import acting
from dialog.unions import queries as unions
from dialog.unions.models import UnionBody
from dialog.web.database import session


@dataclass(frozen=True)
class Reader:
    """Who looks: for the employer, or for an organisation while they act in the body. Whoever acts
    there is of that organisation alone, also where they could keep the body.
    """

    keeps: bool
    organisation_id: UUID | None


@dataclass(frozen=True)
class Shown:
    """A matter as the one who looks stands to it; `mine` is their party, if it is one."""

    matter: MblMatter
    body: UnionBody
    reader: Reader
    parties: Sequence[Party]
    mine: Party | None


def body(body_id: UUID, action: str = "matter.see") -> tuple[UnionBody, Reader]:
    """The group, for somebody who may; for others its matters do not exist."""
    found = session().get(UnionBody, body_id)
    thing = unions.in_body(found) if found else InBody()
    if found is not None and not may(actor(), "matter.see", thing):
        acting.offer([found.id])
    permit(action, thing)
    found = found or abort(404)
    reader = _reader(found)
    if action == "matter.keep" and not reader.keeps:
        abort(404)
    return found, reader


def existing(matter_id: UUID, action: str = "matter.see") -> Shown:
    """The matter, for somebody who may. What is being prepared is the employer's alone."""
    matter = session().get(MblMatter, matter_id) or abort(404)
    of, reader = body(matter.body_id, action)
    if matter.state is State.PREPARED and not reader.keeps:
        abort(404)
    all_ = parties.parties_of(session(), matter_id=matter.id)
    organisation = None if reader.keeps else reader.organisation_id
    return Shown(matter, of, reader, all_, parties.mine(all_, organisation_id=organisation))


def own_party(matter_id: UUID) -> tuple[Shown, Party]:
    """The matter, for somebody whose party it concerns; for others there is no such page."""
    shown = existing(matter_id)
    return shown, shown.mine or abort(404)


def facts(shown: Shown) -> dict[str, Any]:
    """What the page of a matter knows of it."""
    matter = shown.matter
    (standing,) = queries.standings(session(), matters_=[matter])
    return {
        **frame(shown),
        "standing": standing,
        "rules": queries.rules_of(session(), matter),
        "actions": [
            (SLUGS[each], words.DOING[each])
            for each in possible(matter.state)
            if may_take(shown.mine, each) and each in SLUGS
        ],
        "claims": claiming.claims_of(session(), parties=shown.parties, own=shown.mine),
        "claiming": shown.mine is not None and matter.state in claiming.WHILE,
        "happened": happened(shown),
        "meetings": meeting_up.meetings_of(session(), matter=matter),
    }


def frame(shown: Shown) -> dict[str, Any]:
    """What every page of a matter knows."""
    return {
        "shown": shown, "matter": shown.matter, "body": shown.body, "reader": shown.reader,
        "words": words,
    }  # fmt: skip


def happened(shown: Shown) -> list[tuple[Any, str]]:
    """Each step with whose it was: the party; the employer's side is told who of theirs."""
    names: dict[UUID | None, str] = {each.row.id: each.name for each in shown.parties}
    rows = steps.STEPS.kept(session(), shown.matter)
    return [
        (row, ", ".join(filter(None, (names.get(row.party_id), who if shown.reader.keeps else ""))))
        for row, who in rows
    ]


def _reader(of: UnionBody) -> Reader:
    held = acting.now_acting()
    if held is not None and held.body.id == of.id:
        return Reader(keeps=False, organisation_id=held.organisation.id)
    return Reader(keeps=True, organisation_id=None)
