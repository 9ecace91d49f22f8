"""What the staff application tells the ballot box about a round, in a signed file."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dialog.core.ballots.encoding import canonical, decode, encode


class BoxState(StrEnum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    DONE = "done"  # the ballots were opened, or never will be: they can be erased


@dataclass(frozen=True)
class Announcement:
    """`sequence` grows with each announcement of a round: an older file is not believed again.
    Ballots are taken until `posting_until`, if the round is not paused.
    """

    round_id: UUID
    manifest: bytes
    state: BoxState
    sequence: int
    posting_until: datetime | None


def dump(announcement: Announcement) -> bytes:
    until = announcement.posting_until
    return canonical(
        {
            "round": str(announcement.round_id),
            "manifest": encode(announcement.manifest),
            "state": announcement.state.value,
            "sequence": announcement.sequence,
            "posting_until": until.isoformat() if until else None,
        }
    )


def load(data: bytes) -> Announcement:
    """Raises ValueError for anything else than an announcement."""
    try:
        read = json.loads(data)
        until = read["posting_until"]
        parsed = datetime.fromisoformat(until) if until else None
        if parsed is not None and parsed.utcoffset() != timedelta(0):
            raise ValueError("a time that is not UTC")
        return Announcement(
            round_id=UUID(read["round"]),
            manifest=decode(read["manifest"]),
            state=BoxState(read["state"]),
            sequence=int(read["sequence"]),
            posting_until=parsed,
        )
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError("not an announcement") from wrong


def refusal(announcement: Announcement, now: datetime) -> str | None:
    """Why no ballot is taken now: "paused" or "closed"; None while ballots are taken."""
    if announcement.state is BoxState.PAUSED:
        return "paused"
    until = announcement.posting_until
    if announcement.state is BoxState.DONE or (until is not None and now >= until):
        return "closed"
    if announcement.state is BoxState.CLOSED and until is None:
        return "closed"
    return None


def due(announcement: Announcement, now: datetime) -> bool:
    """Whether the ballots are to be handed over: closed, and the time to post has passed."""
    return announcement.state is BoxState.CLOSED and refusal(announcement, now) == "closed"
