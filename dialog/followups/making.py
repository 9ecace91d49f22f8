"""The round of a meeting: made from the approved plan, given its day, approved and opened.

The steps are those of every round, through the same functions: nothing that these refuse is done.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from babel.dates import format_date
from flask_babel import gettext as _
from sqlmodel import Session, col, select

from dialog.core.errors import RefusedError
from dialog.core.questionnaire import load
from dialog.followups import planning
from dialog.followups.models import FollowUp, MeetingFollowUp
from dialog.meetings.models import Meeting, MeetingInvitation
from dialog.organisation.models import Unit
from dialog.people.models import Person, Role, RoleGrant
from dialog.settings import Settings
from dialog.storage.clock import STOCKHOLM, now, today
from dialog.surveys import result_tables
from dialog.surveys.models import Access, KeyHolder, Round, Survey
from dialog.surveys.rounds import approving, choosing, inviting
from dialog.surveys.rounds import planning as rounds
from dialog.surveys.rounds.choosing import Place

CLOSES_AT: Final = time(17)
TIMES_K: Final = 2  # so many times k are asked to come, or nobody is asked afterwards


def make(session: Session, *, meeting: Meeting, plan: FollowUp) -> MeetingFollowUp:
    """A draft for the meeting, so that its trustees can make and try their keys."""
    survey = session.get_one(Survey, plan.survey_id)
    round_ = rounds.create(
        session,
        survey=survey,
        author_id=plan.author_id,
        title=_title(plan, meeting),
        access=Access.INVITED,
        standing=plan.id,
    )
    choosing.choose(
        session,
        round_=round_,
        by=plan.author_id,
        key_holder=KeyHolder.TRUSTEES,
        places=_places(session, plan),
        standing=plan.id,
    )
    row = MeetingFollowUp(meeting_id=meeting.id, followup_id=plan.id, round_id=round_.id)
    session.add(row)
    session.flush()
    return row


def hindrance(session: Session, *, plan: FollowUp) -> str:
    """Why nothing can be made from the plan now, as a sentence; empty: nothing hinders. Whoever was
    chosen to hold a key may have another role since the plan was approved.
    """
    survey = session.get_one(Survey, plan.survey_id)
    places, authors = _places(session, plan), {plan.author_id, survey.author_id}
    try:
        choosing.check(session, places=places, authors=authors)
    except RefusedError as refused:
        return refused.sentence
    return ""


def approve(
    session: Session, *, meeting: Meeting, plan: FollowUp, round_: Round, settings: Settings
) -> None:
    """Give the round what only the meeting knows, and let it be reviewed and approved by whoever
    approved the plan. Raises RefusedError for anything that hinders any round.
    """
    approver = _approver(session, plan)
    by = plan.author_id
    rounds.change(session, round_=round_, by=by, standing=plan.id, **_values(plan, meeting))
    round_.people = len(people_of(session, meeting=meeting))
    round_.questionnaire = plan.questionnaire  # what was approved, whatever became of the survey
    rounds.submit(session, round_=round_, by=by)
    assert plan.approved_at is not None  # an approved plan
    reason = _("I förväg, med planen för flera möten: %(day)s.", day=_day(plan.approved_at))
    approving.approve(session, round_=round_, by=approver, settings=settings, reason=reason)


def open_(session: Session, *, meeting: Meeting, round_: Round, settings: Settings) -> None:
    """Ask everybody who was asked to come. Raises RefusedError when it is too late."""
    root = session.exec(
        select(Unit.id).where(Unit.depth == 0, Unit.active).order_by(col(Unit.code))
    ).first()
    if root is None:
        raise RefusedError(_("Det finns ingen organisation."))
    asked = [(person, root, "") for person in people_of(session, meeting=meeting)]
    inviting.start(session, round_=round_, by=None, settings=settings, people=asked)


def people_of(session: Session, *, meeting: Meeting) -> Sequence[UUID]:
    """Those who were asked to come and are still here. Who came is not looked at: being asked
    afterwards tells nobody that somebody was there. Nobody is asked as who represents a union: a
    round's list must not hold who does.
    """
    query = (
        select(MeetingInvitation.person_id)
        .join(Person, col(Person.id) == col(MeetingInvitation.person_id))
        .where(
            MeetingInvitation.meeting_id == meeting.id,
            col(MeetingInvitation.withdrawn).is_(False),
            col(MeetingInvitation.body_id).is_(None),
            Person.active,
        )
    )
    return session.exec(query).all()


def fewest(plan: FollowUp) -> int:
    """How many must have been asked to come. With fewer, hardly more than k would answer: a result
    would be unlikely, and what was told would be of nearly everybody in the room.
    """
    return TIMES_K * plan.k


def _places(session: Session, plan: FollowUp) -> list[Place]:
    return [
        Place(each.function, each.person_id, each.deputy_id)
        for each in planning.holders_of(session, plan=plan)
    ]


def _approver(session: Session, plan: FollowUp) -> UUID:
    """Whoever approved the plan, if they still may approve anything."""
    query = (
        select(Person.id)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(Person.id == plan.approver_id, Person.active, RoleGrant.role == Role.APPROVER)
    )
    found = session.exec(query).first()
    if found is None:
        raise RefusedError(
            _("Den som godkände planen är inte godkännare längre. Låt en ny plan godkännas.")
        )
    return found


def _title(plan: FollowUp, meeting: Meeting) -> str:
    """The questions' own title and the meeting's."""
    return f"{load(plan.questionnaire).title.in_language('sv')}: {meeting.title}"[:200]


def _values(plan: FollowUp, meeting: Meeting) -> dict[str, Any]:
    """Everything that a plan of a round holds. The worker speaks Swedish."""
    held = meeting.ends_at.astimezone(STOCKHOLM).date() if meeting.ends_at else today()
    opens = max(held, today())
    closes = opens + timedelta(days=plan.open_days)
    reminded = opens + timedelta(days=plan.remind_after or 0)
    when = _day(meeting.starts_at or now())
    about = _("Det gäller mötet ”%(title)s” %(day)s.", title=meeting.title, day=when)
    told = _("De som var kallade till mötet ”%(title)s”", title=meeting.title)
    unopened = closes + timedelta(days=plan.unopened_days)
    rows = closes + timedelta(days=plan.rows_days)
    return {
        "title": _title(plan, meeting),
        "access": Access.INVITED,
        "audience": {"told": told},
        "sender": plan.sender,
        "message": f"{plan.message}\n\n{about}".strip(),
        "opens_on": None,
        "closes_at": datetime.combine(closes, CLOSES_AT, STOCKHOLM),
        "reminders": [reminded.isoformat()] if plan.remind_after else [],
        "k": plan.k,
        "k_sensitive": rounds.K_SENSITIVE_DEFAULT,
        "key_holder": KeyHolder.TRUSTEES,
        "tables": dict(result_tables.WHOLE),
        "result_groups": [],
        "keep_list_until": closes + timedelta(days=plan.list_days),
        "keep_unopened_until": unopened,
        "keep_rows_until": rows,
        # There is no unit on the answers and no text among them; every kind has its day.
        "keep_unit_until": rows,
        "keep_texts_until": rows,
        "secrecy_note": plan.secrecy_note,
        "assessment_number": plan.assessment_number,
    }


def _day(when: datetime) -> str:
    """For example "3 september 2026"."""
    return str(format_date(when.astimezone(STOCKHOLM), "d MMMM y", locale="sv"))
