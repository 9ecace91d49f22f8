"""Tables of review programmes: who leads each, and who was the university's in which round."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from dialog.storage.clock import now
from dialog.storage.privileges import may
from dialog.storage.rows import Row, primary_key, reference


class Programme(Row, table=True):
    """A review that a university leads. Name and principal stand as they are once one of its
    rounds is approved.
    """

    __tablename__ = "programme"
    __table_args__ = may("SELECT", "INSERT", "UPDATE")

    id: UUID = primary_key()
    author_id: UUID = reference("person.id")
    name: str = Field(max_length=200, unique=True)
    principal: str = Field(max_length=200)  # the university: research principal
    made_at: datetime = Field(default_factory=now)


class ProgrammePerson(Row, table=True):
    """Somebody of the university, as long as they are named; for rounds that are not approved."""

    __tablename__ = "programme_person"
    __table_args__ = may("SELECT", "INSERT", "DELETE")

    programme_id: UUID = reference("programme.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
    added_by: UUID = reference("person.id")
    added_at: datetime = Field(default_factory=now)


class ReviewPerson(Row, table=True):
    """Somebody who was the university's when the round was approved. Kept as it was then: nobody
    gets at the data by being named later.
    """

    __tablename__ = "review_person"
    __table_args__ = may("SELECT", "INSERT")

    round_id: UUID = reference("round.id", primary=True, index=False)
    person_id: UUID = reference("person.id", primary=True)
