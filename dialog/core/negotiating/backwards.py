"""Backwards: from the day of a decision to the last days for all that comes before it."""

from dataclasses import dataclass
from datetime import date, timedelta

from dialog.core.negotiating import days
from dialog.core.negotiating.rules import Event, Rules


@dataclass(frozen=True)
class Lead:
    """How many days an authority wants before the meeting of its board; the lawyer confirms them.

    `documents`: before it the documents are sent. `attestation`: so long it takes to attest the
    minutes of a negotiation. `call`: before a negotiation the call is sent.
    """

    documents: int = 7
    attestation: int = 7
    call: int = 7


@dataclass(frozen=True)
class LastDays:
    """The last day for each; `central_request` and `central_meeting` only where room is kept for a
    central negotiation.
    """

    documents: date
    attestation: date
    concluded: date
    called: date
    requested: date
    central_request: date | None = None
    central_meeting: date | None = None


def last_days(rules: Rules, *, decision: date, lead: Lead, central: bool) -> LastDays:
    """So that the board can decide on `decision`. With `central`, also if the parties do not agree
    and a central negotiation takes all the time that it may.
    """
    documents = days.on_or_before(decision - timedelta(days=lead.documents))
    attestation = documents
    ended = days.on_or_before(attestation - timedelta(days=lead.attestation))
    request_day = meeting_day = None
    concluded = ended
    meet, ask = rules.term(Event.CENTRAL_MET), rules.term(Event.CENTRAL_REQUESTED)
    if central and rules.waits:
        meeting_day = ended
        request_day = days.latest(meet.ends, by=ended) if meet else ended
        concluded = days.latest(ask.ends, by=request_day) if ask else request_day
    elif rules.waits and ask:  # without agreement, the time for asking centrally is over by then
        waited = days.latest(ask.ends, by=decision - timedelta(days=1))
        concluded = min(concluded, waited)
    met = rules.term(Event.MET)
    return LastDays(
        documents=documents,
        attestation=attestation,
        concluded=concluded,
        called=days.on_or_before(concluded - timedelta(days=lead.call)),
        requested=days.latest(met.ends, by=concluded) if met else concluded,
        central_request=request_day,
        central_meeting=meeting_day,
    )
