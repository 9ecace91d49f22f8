"""How it stands with what is asked after a meeting, in a sentence."""

from typing import Any

from flask_babel import gettext as _
from sqlmodel import Session

from dialog.followups import making
from dialog.followups.models import FollowUp, Outcome
from dialog.followups.queries import Asked
from dialog.meetings.models import Meeting, MeetingState
from dialog.meetings.states import AHEAD, COMING
from dialog.surveys.models import Round, RoundState
from dialog.web.i18n import moment

RELEASED = (RoundState.RELEASED, RoundState.ARCHIVED)


def sentence(
    session: Session, meeting: Meeting, asked: Asked | None, *, plan: FollowUp | None
) -> str:
    """`plan` is the one that counts for the meeting now."""
    if asked is None:
        return str(_before(session, meeting, plan))
    if asked.row.outcome is not Outcome.NONE:
        return str(_never(asked))
    return str(
        _of_round(meeting, asked.round_) + (f" {asked.row.problem}" if asked.row.problem else "")
    )


def _before(session: Session, meeting: Meeting, plan: FollowUp | None) -> Any:
    """Nothing was made for the meeting."""
    if not meeting.asks_after:
        return _("Inga frågor ställs efter mötet.")
    if meeting.state is MeetingState.CANCELLED:
        return _("Mötet är inställt. Inga frågor ställs.")
    if meeting.state not in AHEAD:
        return _("Inga frågor ställdes. De var inte förberedda när mötet hölls.")
    if plan is None:
        return _("Frågorna kan inte ställas ännu. Det finns ingen godkänd plan för dem.")
    if meeting.starts_at is None:
        return _("Frågorna förbereds när mötet har fått en dag.")
    why = making.hindrance(session, plan=plan)
    return (
        _("Frågorna kan inte förberedas ännu. %(why)s", why=why)
        if why
        else _("Frågorna förbereds.")
    )


def _never(asked: Asked) -> Any:
    words = {
        Outcome.FEW_ASKED: _(
            "Inga frågor ställdes. Färre än %(number)s var kallade, så det var inte troligt att"
            " tillräckligt många skulle svara.",
            number=making.TIMES_K * asked.round_.k,
        ),
        Outcome.NO_KEYS: _(
            "Inga frågor ställdes. Nyckelhållarna hade inte gjort klart sina nycklar en vecka efter"
            " mötet."
        ),
        Outcome.LATE: _(
            "Inga frågor ställdes. Mötet avslutades här först när svarstiden hade gått ut."
        ),
    }
    return words[asked.row.outcome]


def _of_round(meeting: Meeting, round_: Round) -> Any:
    closes = moment(round_.closes_at) if round_.closes_at else ""
    begun = meeting.state not in COMING
    words = {
        RoundState.DRAFT: _("Frågorna väntar på att nyckelhållarna ska bli klara med sina nycklar.")
        if begun
        else _("De som är kallade får frågorna när mötet har slutat."),
        RoundState.REVIEW: _("Frågorna förbereds."),
        RoundState.APPROVED: _("De som är kallade får frågorna när mötet har slutat."),
        RoundState.OPEN: _("De som var kallade kan svara till %(closes)s.", closes=closes),
        RoundState.PAUSED: _("Enkäten är pausad."),
        RoundState.CLOSED: _("Svarstiden är slut. Nu ska nyckelhållarna öppna svaren."),
        RoundState.OPENED: _("Svaren är öppnade, och resultatet görs."),
        RoundState.RELEASED: _("Svaren finns att läsa."),
        RoundState.ARCHIVED: _("Svaren finns att läsa."),
        RoundState.UNOPENED: round_.ending_note,
        RoundState.CANCELLED: _(
            "Inga frågor ställdes. Omgången avbröts: %(why)s", why=round_.ending_note
        ),
    }
    return words[round_.state]
