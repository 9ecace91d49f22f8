"""Tables of what is asked after meetings: the plan that is approved once, and each meeting's."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference


class PlanState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"  # each meeting's round is made from it, unchanged
    ENDED = "ended"  # another took its place, or it was not wanted any more


class Outcome(StrEnum):
    """Why a meeting's questions were never put."""

    NONE = ""
    FEW_ASKED = "few-asked"  # so few were asked to come that hardly anything could be shown
    NO_KEYS = "no-keys"  # the trustees had not made them when the time was out
    LATE = "late"  # the meeting was ended in Dialog when answering would have closed already


class FollowUp(Row, table=True):
    """A plan for what is asked after the meetings of a series (None: of those in no series that
    has one of its own). Days are counted from when the answers close, but for the first two.
    """

    __tablename__ = "followup"
    __table_args__ = (
        sa.CheckConstraint("open_days BETWEEN 2 AND 30", name="open_days"),
        sa.CheckConstraint("rows_days >= unopened_days", name="rows_days"),
        may("SELECT", "INSERT", "UPDATE"),
    )

    id: UUID = primary_key()
    series_id: UUID | None = Field(default=None, foreign_key="meeting_series.id", index=True)
    state: PlanState = choice(PlanState, name="state", default=PlanState.DRAFT, index=True)
    author_id: UUID = reference("person.id")
    survey_id: UUID = reference("survey.id")
    questionnaire: str = Field(default="", sa_type=sa.Text)  # as it was submitted
    sender: str = Field(default="", max_length=200)
    message: str = Field(default="", sa_type=sa.Text)  # in the mail, above the meeting's name
    k: int = 10
    open_days: int = 7  # how long people can answer, from the day of the meeting
    remind_after: int | None = 3  # days after the meeting; None: nobody is reminded
    list_days: int = 14  # the participation list
    unopened_days: int = 30  # ballots that nobody has opened
    rows_days: int = 90  # the answers
    secrecy_note: str = Field(default="", max_length=1000)
    assessment_number: str = Field(default="", max_length=100)
    approver_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    approved_at: datetime | None = None
    created_at: datetime = Field(default_factory=now)


class FollowUpHolder(Row, table=True):
    """Who is to hold a key of each round that is made from the plan; see surveys' Trustee."""

    __tablename__ = "followup_holder"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    followup_id: UUID = reference("followup.id", primary=True, index=False)
    place: int = Field(primary_key=True)
    function: str = Field(max_length=100)
    person_id: UUID = reference("person.id")
    deputy_id: UUID = reference("person.id")


class FollowUpStep(Row, table=True):
    """A transition that happened to a plan: who, when and why. Kept."""

    __tablename__ = "followup_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    followup_id: UUID = reference("followup.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = Field(default_factory=now)
    action: str = Field(max_length=40)
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", max_length=1000)


class MeetingFollowUp(Row, table=True):
    """The round that was made for a meeting. The only row that joins the two."""

    __tablename__ = "meeting_followup"
    __table_args__ = may("SELECT", "INSERT", "UPDATE", "DELETE")

    meeting_id: UUID = reference("meeting.id", primary=True, index=False)
    followup_id: UUID = reference("followup.id")
    round_id: UUID = Field(foreign_key="round.id", unique=True)
    outcome: Outcome = choice(Outcome, name="outcome", default=Outcome.NONE)
    problem: str = Field(default="", max_length=500)  # what hinders it now
