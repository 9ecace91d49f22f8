"""Tables of surveys, their rounds, who is invited, and what was answered."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from dialog.core.review import SubStudy
from dialog.storage.clock import STOCKHOLM, now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, choice, primary_key, reference

UNOPENED_FOR = timedelta(days=90)  # after closing, if nothing else is decided


class RoundState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    OPENED = "opened"  # its ballots were opened
    UNOPENED = "unopened"  # ended without: too few answers, or a lost key
    RELEASED = "released"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class KeyHolder(StrEnum):
    PLATFORM = "platform"
    TRUSTEES = "trustees"


class Access(StrEnum):
    """How respondents come in: by a personal invitation, by a printed code that is nobody's, by
    either of these, or by one link for all.
    """

    INVITED = "invited"
    CODES = "codes"
    BOTH = "both"
    LINK = "link"

    @property
    def mails(self) -> bool:
        """Whether people are invited by mail, each with a link of their own."""
        return self in {Access.INVITED, Access.BOTH}

    @property
    def prints(self) -> bool:
        """Whether codes are printed."""
        return self in {Access.CODES, Access.BOTH}


class Survey(Row, table=True):
    """A questionnaire that is written here and used in rounds."""

    __tablename__ = "survey"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    author_id: UUID = reference("person.id")
    title: str = Field(max_length=200)
    questionnaire: str = Field(sa_type=sa.Text)  # core.questionnaire.dump
    changed_at: datetime = Field(default_factory=now)
    version: int = 1  # grows with each change; a form that edits an older one is refused
    previous: str = Field(default="", sa_type=sa.Text)  # before the last change, to undo it
    change: str = Field(default="", max_length=40)  # what the last change was: saving.Change
    change_about: str = Field(default="", max_length=200)  # the words of what was changed
    archived: bool = False


class Round(Row, table=True):
    """One time a survey is put to people. What approval freezes stands here, copied."""

    __tablename__ = "round"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    survey_id: UUID = reference("survey.id")
    author_id: UUID = reference("person.id")
    title: str = Field(max_length=200)
    state: RoundState = choice(RoundState, name="state", default=RoundState.DRAFT, index=True)
    access: Access = choice(Access, name="access", default=Access.INVITED)
    key_holder: KeyHolder = choice(KeyHolder, name="key_holder", default=KeyHolder.PLATFORM)
    k: int = 10
    k_sensitive: int = 20
    questionnaire: str = Field(default="", sa_type=sa.Text)  # frozen at approval
    length: int = 0  # bytes of a padded plaintext
    audience: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # see organisation
    people: int = 0  # in the audience, as counted when it was chosen, submitted or approved
    tables: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # to be published
    # Units that are published together, see surveys.result_groups.
    result_groups: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    message: str = Field(default="", sa_type=sa.Text)  # the sender's own words in the mail
    sender: str = Field(default="", max_length=200)  # who stands behind the survey
    # A round of a review: of which part, and the first day on which anything may be released.
    programme_id: UUID | None = Field(default=None, foreign_key="programme.id", index=True)
    sub_study: SubStudy | None = choice(SubStudy, name="sub_study", default=None)
    released_from: date | None = None
    # Made from a plan of a room above that was approved once for many rounds (no key leads there):
    # nobody changes it or opens it by hand, and its result is not for everybody.
    standing_plan: UUID | None = None
    opens_on: date | None = None
    closes_at: datetime | None = None
    reminders: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # ISO dates
    # Retention: what is disposed of when, and what can be asked for until then.
    keep_list_until: date | None = None  # participation list
    keep_rows_until: date | None = None  # opened rows
    keep_unit_until: date | None = None  # the unit on the rows
    keep_texts_until: date | None = None  # original texts
    keep_unopened_until: date | None = None  # ballots that nobody has opened by then
    secrecy_note: str = Field(default="", max_length=1000)
    assessment_number: str = Field(default="", max_length=100)  # data protection assessment
    manifest: bytes = Field(default=b"", sa_type=sa.LargeBinary)  # core.ballots, at opening
    script: str = Field(default="", max_length=200)  # the client script's file, kept to the end
    invited: int = 0
    rate_shown: int | None = None  # issued, as counted once a day; None below k
    rate_shown_on: date | None = None
    # Code of a förvaltning -> [issued, invited], as counted that day; only those from k up.
    rate_by_unit: dict[str, list[int]] = Field(default_factory=dict, sa_type=sa.JSON)
    # The same of printed codes: used, and unit -> [used, printed]. "": stacks without a unit.
    codes_shown: int | None = None
    codes_by_unit: dict[str, list[int]] = Field(default_factory=dict, sa_type=sa.JSON)
    key_destroyed_at: datetime | None = None
    ballots_received: int | None = None
    ballots_invalid: dict[str, int] = Field(default_factory=dict, sa_type=sa.JSON)  # by reason
    tokens_issued: int | None = None  # when the ballots were opened; fewer than ballots: forged
    units_exceeded: int | None = None  # units with more ballots than tokens (corrected units)
    # Of how many the answers that would betray a level were not kept (core.disclosure.betraying).
    responses_lessened: int | None = None
    ending_note: str = Field(default="", max_length=500)  # why it ended unopened or was cancelled
    reconcile_since: datetime | None = None  # restored; may not run until reconciling.reconcile

    @property
    def unopened_until(self) -> date | None:
        """The last day on which ballots are kept that nobody has opened."""
        if self.keep_unopened_until is not None or self.closes_at is None:
            return self.keep_unopened_until
        return self.closes_at.astimezone(STOCKHOLM).date() + UNOPENED_FOR


class RoundStep(Row, table=True):
    """A transition that happened: who, when and why. Kept."""

    __tablename__ = "round_step"
    __table_args__ = may("SELECT", "INSERT")

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(default_factory=now)
    action: str = Field(default="", max_length=40)  # rounds.Action, or what was disposed of
    before: str = Field(max_length=40)
    after: str = Field(max_length=40)
    reason: str = Field(default="", max_length=1000)


class CodeStack(Row, table=True):
    """Printed codes that were made together, for a break room or a ward. Its unit and level are
    only where its answers begin to belong: whoever answers corrects them.
    """

    __tablename__ = "code_stack"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (withdrawn)", "DELETE", "MAINTAIN")

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    level: str = Field(default="", max_length=40)
    count: int
    made_at: datetime = Field(default_factory=now)
    withdrawn: bool = False


class Invitation(Row, table=True):
    """One way in: a person's, or a printed code of a stack, which is nobody's. `number` and a MAC
    make the link and the code: no secret stands here. `issued` says that a token was signed; when
    is not kept. A `withdrawn` code that was not used can be used no more.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        sa.UniqueConstraint("round_id", "number"),
        may("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN"),
    )

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    number: int  # random, 30 bits
    stack_id: UUID | None = Field(default=None, foreign_key="code_stack.id", index=True)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    level: str = Field(max_length=40)
    withdrawn: bool = False
    issued: bool = Field(default=False)
    blinded_hash: str = Field(default="", max_length=64)  # of the request that was signed
    sent: bool = False  # the invitation left for the mail server
    reminding: bool = False  # reminded in the batch under way; cleared after it: when is not kept
    mail_problem: str = Field(default="", max_length=200)


class LinkIssue(Row, table=True):
    """A token signed for somebody who came by the open link: makes a retry harmless. Also one
    signed for a printed code that a restored database has forgotten.
    """

    __tablename__ = "link_issue"
    __table_args__ = may("SELECT", "INSERT", "DELETE", "MAINTAIN")

    round_id: UUID = reference("round.id", primary=True, index=False)
    blinded_hash: str = Field(max_length=64, primary_key=True)


class ReceiptList(Row, table=True):
    """The SHA-256 of every ballot that was handed over, in the order of the hashes."""

    __tablename__ = "receipt_list"

    round_id: UUID = reference("round.id", primary=True, index=False)
    receipts: bytes = Field(sa_type=sa.LargeBinary)  # 32 bytes each


class Response(Row, table=True):
    """The closed answers of one opened ballot, coarsened: at least k share (unit, result group,
    level).
    Rows of a round are written in one transaction in random order.
    """

    __tablename__ = "response"
    # The unit is disposed of before the row; an answer is never changed.
    __table_args__ = may("SELECT", "INSERT", "UPDATE (unit_id, result_group)", "DELETE", "MAINTAIN")

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    # Code of the round's result group that it lies in; the unit is then the one above the group.
    result_group: str = Field(default="", max_length=60)
    level: str = Field(default="", max_length=40)  # empty: coarsened away
    answers: str = Field(sa_type=sa.Text)  # JSON: item -> option | [options] | number | date


class TextAnswer(Row, table=True):
    """A free text, apart from the row it came with."""

    __tablename__ = "text_answer"
    __table_args__ = may("SELECT", "INSERT", "UPDATE (unit_id)", "DELETE", "MAINTAIN")

    id: UUID = primary_key()
    round_id: UUID = reference("round.id")
    item: str = Field(max_length=40)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    level: str = Field(default="", max_length=40)
    text: str = Field(sa_type=sa.Text)
