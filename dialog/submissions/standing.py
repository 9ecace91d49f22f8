"""Where a letter stands, for those who signed it: what has happened, and who has it since when. The
authority's people are told by what they do, never by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlmodel import Session, select

from dialog.core.diary.numbers import DiaryNumber
from dialog.core.submissions import Action, State
from dialog.diary import queries as diary
from dialog.diary.models import DiaryAuthority
from dialog.submissions import steps
from dialog.submissions.models import Submission, SubmissionStep
from dialog.unions.models import UnionOrganisation


@dataclass(frozen=True)
class Happened:
    """Something that happened to a letter, as those who signed it read it."""

    at: datetime
    words: str
    state: str


_HAPPENED: Final[Mapping[str, Any]] = {
    Action.SUBMIT: _l("Kom in till %(board)s."),
    Action.REGISTER: _l("Fördes in i diariet hos %(board)s."),
    Action.ASSIGN: _l("En handläggare på %(board)s fick den."),
    Action.REASSIGN: _l("En annan handläggare på %(board)s fick den."),
    Action.PREPARE: _l("Handläggaren började arbeta med svaret."),
    Action.ASK_SUPPLEMENT: _l("Handläggaren bad er om en komplettering."),
    Action.GIVE_SUPPLEMENT: _l("%(who)s lämnade kompletteringen."),
    Action.REPLY: _l("%(board)s svarade."),
    Action.JOIN: _l("Fördes ihop med ett annat ärende."),
    Action.FORWARD: _l("Lämnades över till en annan myndighet."),
    Action.CLOSE: _l("Ärendet avslutades."),
    Action.SET_ASIDE: _l("Lades åt sidan."),
}
_HOLDS: Final[Mapping[State, Any]] = {
    State.RECEIVED: _l("Registratorn på %(board)s för in den i diariet."),
    State.REGISTERED: _l("Den väntar på en handläggare på %(board)s."),
    State.ASSIGNED: _l("En handläggare på %(board)s har den."),
    State.PREPARING: _l("En handläggare på %(board)s arbetar med svaret."),
    State.SUPPLEMENT: _l("Ni har den: handläggaren väntar på er komplettering."),
    State.REPLIED: _l("%(board)s har svarat."),
    State.CLOSED: _l("Ärendet är avslutat."),
    State.JOINED: _l("Den är förd ihop med ett annat ärende."),
    State.FORWARDED: _l("Den är överlämnad till en annan myndighet."),
}


def story(session: Session, submission: Submission, board: DiaryAuthority) -> list[Happened]:
    """All that has happened since it came in, the first first."""
    names = dict(session.exec(select(UnionOrganisation.id, UnionOrganisation.name)).all())
    return [
        Happened(
            step.at,
            str(_HAPPENED[step.action]) % {"board": board.name, "who": _who(names, step)},
            step.after,
        )
        for step, _name in steps.steps_of(session, submission=submission)
        if step.action in _HAPPENED
    ]


def _who(names: Mapping[UUID, str], step: SubmissionStep) -> str:
    return names[step.organisation_id] if step.organisation_id else ""


def holder(submission: Submission, board: str) -> str:
    """Who has it now, and what they do with it."""
    return str(_HOLDS[submission.state]) % {"board": board}


def since(told: list[Happened]) -> datetime:
    """When whoever has it now got it: the first step of those that left it where it is."""
    at = told[-1].at
    for each in reversed(told):
        if each.state != told[-1].state:
            break
        at = each.at
    return at


def diary_number(session: Session, submission: Submission) -> DiaryNumber | None:
    """The number of the letter in the diary, once it is registered."""
    line = diary.line(session, line_id=submission.line_id)
    return diary.number_of_line(session, line=line) if line else None
